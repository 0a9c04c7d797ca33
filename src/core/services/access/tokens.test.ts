import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { InputError, NotFoundError } from "@/core/models/errors";
import { createTokens, hasAdminToken, hasUnrevokedToken } from "./tokens";

const ci = { name: "ci", scope: "read" } as const;

/** Tokens of a new database, and a clock that a test can move. */
async function place() {
  const database = await temporaryDatabase();
  let time = Date.parse("2026-05-01T12:00:00.000Z");
  const tokens = createTokens(database.db, () => new Date(time));
  return {
    db: database.db,
    tokens,
    at: () => new Date(time),
    pass: (ms: number) => void (time += ms),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe("an API token", () => {
  test("is shown once, kept as a hash, and told by its ends", async () => {
    await using at = await place();
    const { token, hint, id } = await at.tokens.create(ci);
    expect(token).toMatch(/^st_[A-Za-z0-9_-]{43}$/);
    expect(hint).toBe(`${token.slice(0, 7)}…${token.slice(-4)}`);
    expect(JSON.stringify(await at.tokens.list())).not.toContain(token.slice(7, -4));
    expect(JSON.stringify(await at.db.raw.all("SELECT * FROM accessToken"))).not.toContain(
      token.slice(7, -4),
    );
    expect(await at.tokens.use(token)).toMatchObject({ id, name: "ci", scope: "read" });
  });

  test("never twice the same", async () => {
    await using at = await place();
    const made = await Promise.all(Array.from({ length: 20 }, () => at.tokens.create(ci)));
    expect(new Set(made.map(({ token }) => token)).size).toBe(20);
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
  });

  test("that was changed, cut, lengthened or made up is none", async () => {
    await using at = await place();
    const { token } = await at.tokens.create(ci);
    const other = token.endsWith("A") ? "B" : "A";
    for (const wrong of [
      token.slice(0, -1) + other,
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      ` ${token}`,
      `st_${"A".repeat(43)}`,
      "st_",
      "",
    ]) {
      expect(await at.tokens.use(wrong)).toBeUndefined();
    }
  });

  test("ends when it expires, and cannot be made expired", async () => {
    await using at = await place();
    const { token } = await at.tokens.create({ ...ci, expiresAt: "2026-05-01T13:00:00Z" });
    at.pass(3_599_000);
    expect(await at.tokens.use(token)).toBeDefined();
    at.pass(1_000);
    expect(await at.tokens.use(token)).toBeUndefined();
    await expect(at.tokens.create({ ...ci, expiresAt: "2026-05-01T13:00:00Z" })).rejects.toThrow(InputError);
  });

  test("ends when it is revoked, for good", async () => {
    await using at = await place();
    const { token, id } = await at.tokens.create(ci);
    const first = await at.tokens.revoke(id);
    at.pass(60_000);
    expect((await at.tokens.revoke(id)).revokedAt).toBe(first.revokedAt);
    expect(await at.tokens.use(token)).toBeUndefined();
    await expect(at.tokens.revoke("nosuch")).rejects.toThrow(NotFoundError);
  });

  test("notes its last use to the minute", async () => {
    await using at = await place();
    const { token } = await at.tokens.create(ci);
    const lastUse = async () => (await at.tokens.list())[0]?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    await at.tokens.use(token);
    const first = at.at().toISOString();
    at.pass(59_000);
    await at.tokens.use(token);
    expect(await lastUse()).toBe(first);
    at.pass(1_000);
    await at.tokens.use(token);
    expect(await lastUse()).toBe(at.at().toISOString());
  });

  test("guards the server until it is revoked, also when it has expired; only a living admin's lets one in", async () => {
    await using at = await place();
    expect(await hasUnrevokedToken(at.db)).toBe(false);
    const { id } = await at.tokens.create({
      name: "a",
      scope: "admin",
      expiresAt: "2026-05-01T13:00:00.000Z",
    });
    expect(await hasAdminToken(at.db, at.at())).toBe(true);
    at.pass(7_200_000);
    expect([await hasUnrevokedToken(at.db), await hasAdminToken(at.db, at.at())]).toEqual([true, false]);
    await at.tokens.revoke(id);
    expect(await hasUnrevokedToken(at.db)).toBe(false);
    await at.tokens.create({ name: "s", scope: "sync" });
    expect([await hasUnrevokedToken(at.db), await hasAdminToken(at.db, at.at())]).toEqual([true, false]);
  });
});
