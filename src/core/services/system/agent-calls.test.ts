import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { keepingLogger } from "@test/provider";
import { createAgentCalls } from "./agent-calls";

const call = (tool: string, over = {}) => ({
  way: "http" as const,
  tool,
  outcome: "ok" as const,
  client: "careful-agent/1",
  ...over,
});

describe("the calls of agents", () => {
  test("are the newest of each way, newest first, and outlive the process", async () => {
    await using database = await temporaryDatabase();
    const log = keepingLogger();
    const before = createAgentCalls({ ...database, log });
    before.take(call("by hand", { way: "stdio" }));
    for (let at = 0; at < 60; at++) {
      before.take(call(`tool ${at}`));
      if (at % 10 === 0) await before.flush();
    }
    await before.flush();
    const calls = await createAgentCalls({ ...database, log }).read();
    expect(calls).toHaveLength(51);
    expect(calls.filter(({ way }) => way === "http").map(({ tool }) => tool)).toEqual(
      Array.from({ length: 50 }, (_, place) => `tool ${59 - place}`),
    );
    expect(calls.at(-1)?.tool).toBe("by hand");
  });

  test("are written by themselves a moment later", async () => {
    await using database = await temporaryDatabase();
    const memory = createAgentCalls({ ...database, log: keepingLogger() }, 1);
    memory.take(call("semantic_search"));
    await Bun.sleep(0);
    const other = createAgentCalls({ ...database, log: keepingLogger() });
    while ((await other.read()).length === 0) await Bun.sleep(1);
    expect(await other.read()).toMatchObject([{ tool: "semantic_search" }]);
  });

  test("name a client in one short line, whatever it calls itself", async () => {
    await using database = await temporaryDatabase();
    const memory = createAgentCalls({ ...database, log: keepingLogger() });
    memory.take(call("x".repeat(500), { client: `evil\n\u001B[31m${"x".repeat(500)}` }));
    memory.take(call("quiet", { client: null }));
    const [quiet, evil] = await memory.read();
    expect(quiet?.client).toBeNull();
    expect(evil?.client?.length).toBeLessThanOrEqual(80);
    expect(evil?.tool).toHaveLength(80);
    for (const mark of ["\n", "\u001B"]) expect(evil?.client).not.toContain(mark);
  });

  test("that cannot be written cost no answer: the log says so", async () => {
    const database = await temporaryDatabase();
    const log = keepingLogger();
    const memory = createAgentCalls({ ...database, log });
    memory.take(call("late"));
    await database[Symbol.asyncDispose]();
    await memory.flush();
    expect(JSON.stringify(log.lines)).toContain("Calls of agents could not be kept.");
  });
});
