import { expect, test } from "bun:test";
import { createLogger, silentLogger, type LogLevel } from "./logger";

/** A logger, and what it has written, parsed. */
function logger(level: LogLevel = "debug") {
  const lines: string[] = [];
  const log = createLogger({ level, write: (line) => void lines.push(line) });
  return { log, lines, events: () => lines.map((line) => JSON.parse(line)) };
}

test("writes one JSON object a line, with time, level, message and fields", () => {
  const { log, events } = logger();
  log.info("Synced.", { items: 3 });
  expect(events()).toEqual([{ time: expect.any(String), level: "info", message: "Synced.", items: 3 }]);
});

test("leaves out what is below its level", () => {
  const { log, events } = logger("warn");
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  expect(events().map((event) => event.message)).toEqual(["c", "d"]);
});

test("a child adds its fields to every event, and the event's own win", () => {
  const { log, events } = logger();
  log.child({ run: "r1" }).child({ integration: "Files" }).info("a", { run: "r2" });
  expect(events()[0]).toMatchObject({ run: "r2", integration: "Files" });
});

test("foreign text cannot forge a line or colour the terminal", () => {
  const { log, lines } = logger();
  log.info('x\n{"level":"error","message":"forged"}', { title: "\u001b[31mred\r\n" });
  expect(lines).toHaveLength(1);
  for (const control of ["\n", "\r", "\u001b"]) expect(lines[0]).not.toContain(control);
});

test("secrets are hidden, wherever a caller puts them", () => {
  const { log, lines } = logger();
  const canary = "CANARY0123456789abcdef";
  log.error(`refused: Bearer ${canary}`, { apiKey: canary, error: new Error(`sk-${canary}`) });
  log.child({ accessToken: canary }).info("child");
  expect(lines.join()).not.toContain(canary);
});

test("the silent logger says nothing and does not throw", () => {
  expect(() => silentLogger.child({}).error("x", { a: 1 })).not.toThrow();
});
