import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { ABSOLUTE_MS, createSessions, IDLE_MS } from "./sessions";

async function place() {
  const database = await temporaryDatabase();
  let time = Date.parse("2026-05-01T12:00:00.000Z");
  return {
    db: database.db,
    sessions: createSessions(database.db, () => new Date(time)),
    pass: (ms: number) => void (time += ms),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe("a session", () => {
  test("has an id that is kept as a hash alone", async () => {
    await using at = await place();
    const { id } = await at.sessions.start();
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await at.sessions.use(id)).toBe(true);
    const rows = JSON.stringify(await at.db.raw.all("SELECT * FROM accessSession"));
    expect(rows).not.toContain(id);
  });

  test("is never started under an id from outside", async () => {
    await using at = await place();
    const chosen = "A".repeat(43);
    const { id } = await at.sessions.start(chosen);
    expect(id).not.toBe(chosen);
    expect(await at.sessions.use(chosen)).toBe(false);
    for (const odd of ["", "x", `${id}A`, "../x", "'; DROP TABLE accessSession"]) {
      expect(await at.sessions.use(odd)).toBe(false);
    }
  });

  test("replaces the one before", async () => {
    await using at = await place();
    const first = await at.sessions.start();
    const second = await at.sessions.start(first.id);
    expect(await at.sessions.use(first.id)).toBe(false);
    expect(await at.sessions.use(second.id)).toBe(true);
  });

  test("ends when it is not used, and lives on when it is", async () => {
    await using at = await place();
    const { id } = await at.sessions.start();
    at.pass(IDLE_MS - 1_000);
    expect(await at.sessions.use(id)).toBe(true);
    at.pass(IDLE_MS - 1_000);
    expect(await at.sessions.use(id)).toBe(true);
    at.pass(IDLE_MS);
    expect(await at.sessions.use(id)).toBe(false);
    at.pass(-IDLE_MS);
    expect(await at.sessions.use(id)).toBe(false);
  });

  test("ends in any case after its absolute time", async () => {
    await using at = await place();
    const { id } = await at.sessions.start();
    const step = IDLE_MS / 2;
    for (let used = 0; used + step < ABSOLUTE_MS; used += step) {
      at.pass(step);
      expect(await at.sessions.use(id)).toBe(true);
    }
    at.pass(step);
    expect(await at.sessions.use(id)).toBe(false);
  });

  test("ends by logging out, here or everywhere", async () => {
    await using at = await place();
    const [a, b, c] = [await at.sessions.start(), await at.sessions.start(), await at.sessions.start()];
    await at.sessions.end(a.id);
    expect(await at.sessions.use(a.id)).toBe(false);
    expect(await at.sessions.use(b.id)).toBe(true);
    expect(await at.sessions.endAll()).toBe(2);
    expect([await at.sessions.use(b.id), await at.sessions.use(c.id)]).toEqual([false, false]);
  });

  test("makes room: there are never more than a hundred", async () => {
    await using at = await place();
    const first = await at.sessions.start();
    for (let index = 0; index < 100; index++) {
      at.pass(1_000);
      await at.sessions.start();
    }
    expect(await at.sessions.use(first.id)).toBe(false);
    expect(await at.db.raw.all("SELECT count(*) AS total FROM accessSession")).toEqual([{ total: 100 }]);
  });
});
