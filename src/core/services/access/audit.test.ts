import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { createLogger, silentLogger } from "@/core/services/logger";
import { createAuditLog } from "./audit";

const done = { actor: "owner", action: "token.create", outcome: "ok" } as const;
const refused = { actor: "guest", action: "login", outcome: "refused" } as const;

describe("the audit log", () => {
  test("gives its lines newest first, filtered and in pages", async () => {
    await using database = await temporaryDatabase();
    const audit = createAuditLog(database.db, silentLogger);
    for (const target of ["a", "b", "c"]) await audit.record({ ...done, target });
    await audit.record({ ...refused, address: "10.0.0.1", requestId: "r1" });
    const all = await audit.list({});
    expect([all.total, all.events.map(({ target }) => target)]).toEqual([4, [null, "c", "b", "a"]]);
    expect(all.events[0]).toMatchObject({ ...refused, address: "10.0.0.1", requestId: "r1" });
    const page = await audit.list({ action: "token.create", limit: 1, offset: 1 });
    expect([page.total, page.events.map(({ target }) => target)]).toEqual([3, ["b"]]);
    expect((await audit.list({ outcome: "refused" })).total).toBe(1);
    expect((await audit.list({ since: "2999-01-01T00:00:00.000Z" })).total).toBe(0);
  });

  test("keeps no secret and no line break that came with a name", async () => {
    await using database = await temporaryDatabase();
    const audit = createAuditLog(database.db, silentLogger);
    await audit.record({ ...done, target: `st_${"c".repeat(43)}\n2026 forged`, actor: "x".repeat(500) });
    const [event] = (await audit.list({})).events;
    expect(event?.target).toBe("[redacted] 2026 forged");
    expect(event?.actor).toHaveLength(200);
  });

  test("cannot be changed", async () => {
    await using database = await temporaryDatabase();
    await createAuditLog(database.db, silentLogger).record(done);
    await expect(database.db.raw.run("UPDATE auditEvent SET actor = 'nobody'")).rejects.toThrow(
      "append-only",
    );
  });

  test("is bounded, and a flood of refusals does not push out what was done", async () => {
    await using database = await temporaryDatabase();
    const audit = createAuditLog(database.db, silentLogger, 5);
    await audit.record(done);
    for (let index = 0; index < 19; index++) await audit.record({ ...refused, target: String(index) });
    const { events } = await audit.list({ outcome: "refused" });
    expect(events.map(({ target }) => target)).toEqual(["18", "17", "16", "15", "14"]);
    expect((await audit.list({ outcome: "ok" })).total).toBe(1);
  });

  test("never stops what it writes about, and says when a line is missing", async () => {
    const database = await temporaryDatabase();
    const lines: string[] = [];
    const log = createLogger({ level: "error", write: (line) => void lines.push(line) });
    const audit = createAuditLog(database.db, log);
    await database[Symbol.asyncDispose]();
    await audit.record(done);
    expect(lines.join("")).toContain("audit log could not be written");
  });
});
