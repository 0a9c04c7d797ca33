import { describe, expect, test } from "bun:test";
import { createLogger } from "@/core/services/logger";
import { createLogMemory } from "./log-memory";

describe("the remembered log", () => {
  test("holds the newest lines, newest first", () => {
    const memory = createLogMemory(5);
    const log = createLogger({ level: "info", write: memory.take });
    for (let at = 0; at < 20; at++) log.info(`line ${at}`);
    expect(memory.read(3).map((line) => line.message)).toEqual(["line 19", "line 18", "line 17"]);
  });

  test("forgets the oldest", () => {
    const memory = createLogMemory(10);
    const log = createLogger({ level: "info", write: memory.take });
    for (let at = 0; at < 100; at++) log.info(`line ${at}`);
    const kept = memory.read(1_000);
    expect(kept.length).toBeLessThanOrEqual(11);
    expect(kept[0]?.message).toBe("line 99");
  });
});
