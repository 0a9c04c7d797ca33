import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { InputError, RateLimitedError } from "@/core/models/errors";
import type { Db } from "@/core/models/database";
import { createLogger } from "@/core/services/logger";
import { createAccess } from "./access";
import { createLoginLimiter } from "./login-limiter";
import { createOwnerPassword } from "./password";
import { createSessions } from "./sessions";

const right = "correct horse battery";

async function place() {
  const database = await temporaryDatabase();
  return {
    db: database.db,
    password: createOwnerPassword(database.db, createLoginLimiter()),
    sessions: createSessions(database.db),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe("the owner's password", () => {
  test("is kept as an argon2id hash and recognised", async () => {
    await using at = await place();
    expect(await at.password.isSet()).toBe(false);
    expect(await at.password.check(right, "::1")).toBe(false);
    await at.password.set(right);
    const [row] = await at.db.raw.all("SELECT passwordHash FROM accessOwner");
    expect(row?.["passwordHash"]).toStartWith("$argon2id$v=19$m=19456,t=2");
    expect(await at.password.check(right, "::1")).toBe(true);
    expect(await at.password.check(`${right} `, "::1")).toBe(false);
    expect(await at.password.check(right.toUpperCase(), "::1")).toBe(false);
  });

  test("counts at every character, however long", async () => {
    await using at = await place();
    const long = "ü".repeat(200);
    await at.password.set(`${long}a`);
    expect(await at.password.check(`${long}b`, "::1")).toBe(false);
    expect(await at.password.check(`${long}a`, "::1")).toBe(true);
  });

  test("is not taken when it is short or endless", async () => {
    await using at = await place();
    await expect(at.password.set("short")).rejects.toThrow(InputError);
    await expect(at.password.set("x".repeat(513))).rejects.toThrow(InputError);
    expect(await at.password.isSet()).toBe(false);
  });

  test("ends every session when it is changed or removed", async () => {
    await using at = await place();
    await at.password.set(right);
    const before = await at.sessions.start();
    await at.password.set(`${right}!`);
    expect(await at.sessions.use(before.id)).toBe(false);
    const after = await at.sessions.start();
    expect(await at.password.remove()).toBe(true);
    expect(await at.sessions.use(after.id)).toBe(false);
    expect([await at.password.isSet(), await at.password.remove()]).toEqual([false, false]);
  });

  test("cannot be tried many at once, not even with the right one among them", async () => {
    await using at = await place();
    await at.password.set(right);
    const tries = [...Array.from({ length: 8 }, (_, index) => `wrong ${index}`), right];
    const results = await Promise.allSettled(tries.map((text) => at.password.check(text, "10.0.0.9")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ status: "rejected", reason: expect.any(RateLimitedError) });
  });
});

test("a login with the password of a moment ago gives no session that outlives its change", async () => {
  await using at = await place();
  await at.password.set(right);
  let isFirst = true;
  const transaction: Db["transaction"] = async (body) => {
    // Between the look at the password and the session: somebody sets another one, which ends all sessions.
    if (isFirst) {
      isFirst = false;
      await at.password.set("another one altogether");
    }
    return at.db.transaction(body);
  };
  const late: Db = Object.assign(Object.create(at.db), { transaction });
  const access = createAccess({ db: late, log: createLogger({ level: "error", write: () => undefined }) });
  expect(await access.logIn(right, "::1")).toBeUndefined();
  expect(await at.db.raw.all("SELECT * FROM accessSession")).toEqual([]);
  const { id } = (await access.logIn("another one altogether", "::1")) ?? {};
  expect(await access.sessions.use(id ?? "")).toBe(true);
});
