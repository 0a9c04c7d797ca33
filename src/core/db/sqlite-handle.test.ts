import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { renameSync } from "node:fs";
import { eq } from "drizzle-orm";
import { openDatabase, openWriter } from "@/core/db/open";
import { setting } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let db: Db;

beforeEach(async () => {
  database = await temporaryDatabase();
  db = database.db;
});
afterEach(() => database[Symbol.asyncDispose]());

const put = (on: Db, key: string) => on.insert(setting).values({ key, value: true });
const keys = async () => (await db.select({ key: setting.key }).from(setting)).map((row) => row.key).sort();
const reasonOf = (failing: Promise<unknown>) => failing.then(() => "it worked", messageOf);
const insert = `INSERT INTO setting ("key", value) VALUES (?, 'true')`;
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe("a transaction", () => {
  test("commits all of its writes and returns what the body returns", async () => {
    const result = await db.transaction(async (tx) => {
      await put(tx, "a");
      await tick();
      await put(tx, "b");
      return 7;
    });
    expect(result).toBe(7);
    expect(await keys()).toEqual(["a", "b"]);
  });

  test("leaves nothing behind when its body throws after an await", async () => {
    const failing = db.transaction(async (tx) => {
      await put(tx, "a");
      await tick();
      throw new Error("stop");
    });
    expect(await reasonOf(failing)).toContain("stop");
    expect(await keys()).toEqual([]);
  });

  test("reads its own writes, while an outer read sees what is committed, and an outer write waits", async () => {
    const order: string[] = [];
    const rows = async () => (await db.raw.all(`SELECT "key" FROM setting`)).length;
    const { promise: asked, resolve: goOn } = Promise.withResolvers<void>();
    const writing = db.transaction(async (tx) => {
      await put(tx, "a");
      await asked;
      order.push(`inside ${(await tx.select().from(setting)).length}`);
    });
    await Promise.resolve();
    const outside = put(db, "b").then(() => order.push("written"));
    order.push(`outside ${(await keys()).length} ${await rows()}`);
    goOn();
    await Promise.all([writing, outside]);
    expect(order).toEqual(["outside 0 0", "inside 1", "written"]);
    expect([await keys(), await rows()]).toEqual([["a", "b"], 2]);
  });

  test("keeps an outer read waiting where the database cannot be opened a second time", async () => {
    const order: string[] = [];
    const moved = `${database.path}.moved`;
    renameSync(database.path, moved);
    const writing = db.transaction(async (tx) => {
      await put(tx, "a");
      await tick();
      order.push("inside");
    });
    await Promise.resolve();
    const outside = keys().then((found) => order.push(`outside ${found.length}`));
    await Promise.all([writing, outside]);
    renameSync(moved, database.path);
    expect(order).toEqual(["inside", "outside 1"]);
  });

  test("does not take an outer write with it when it rolls back", async () => {
    const failing = db.transaction(async (tx) => {
      await put(tx, "a");
      await tick();
      throw new Error("stop");
    });
    const outside = put(db, "kept").then(() => undefined);
    expect(await reasonOf(failing)).toContain("stop");
    await outside;
    expect(await keys()).toEqual(["kept"]);
  });

  test("refuses the outer handle inside its body instead of waiting for itself", async () => {
    const wrong = db.transaction(async () => void (await put(db, "a")));
    expect(await reasonOf(wrong)).toContain("use its own handle");
    const alsoWrong = db.transaction(() => db.transaction(async () => undefined));
    expect(await reasonOf(alsoWrong)).toContain("use its own handle");
    expect(await keys()).toEqual([]);
  });

  test("refuses its handle once it is over", async () => {
    let leaked: Db | undefined;
    await db.transaction(async (tx) => void (leaked = tx));
    if (leaked === undefined) throw new Error("the body did not run");
    expect(await reasonOf(leaked.raw.run("DELETE FROM setting"))).toContain("is over");
  });

  test("lets code that it started and outlived it use the outer handle", async () => {
    let later: Promise<void> | undefined;
    await db.transaction(async () => {
      later = tick().then(async () => void (await put(db, "later")));
    });
    await db.transaction(async (tx) => {
      await tick();
      await tick();
      await put(tx, "second");
    });
    await later;
    expect(await keys()).toEqual(["later", "second"]);
  });
});

describe("transactions side by side", () => {
  test("run one after another, however many are started at once", async () => {
    let open = 0;
    let most = 0;
    const all = Array.from({ length: 50 }, (_, index) =>
      db.transaction(async (tx) => {
        most = Math.max(most, ++open);
        await put(tx, `key${index}`);
        if (index % 3 === 0) await tick();
        open--;
        if (index % 5 === 0) throw new Error("stop");
      }),
    );
    const ended = await Promise.allSettled(all);
    expect(most).toBe(1);
    expect(ended.filter((one) => one.status === "rejected").map((one) => String(one.reason))).toEqual(
      Array.from({ length: 10 }, () => "Error: stop"),
    );
    expect(await keys()).toHaveLength(40);
  });

  test("keep their writes apart from single queries that race with them", async () => {
    const work = Array.from({ length: 60 }, (_, index) =>
      index % 2 === 0
        ? put(db, `single${index}`).then(() => undefined)
        : db
            .transaction(async (tx) => {
              await put(tx, `lost${index}`);
              throw new Error("stop");
            })
            .catch(() => undefined),
    );
    await Promise.all(work);
    const found = await keys();
    expect(found).toHaveLength(30);
    expect(found.every((key) => key.startsWith("single"))).toBe(true);
  });
});

describe("a transaction inside a transaction", () => {
  test("is a savepoint: its failure undoes its own writes only", async () => {
    await db.transaction(async (tx) => {
      await put(tx, "before");
      const inner = tx.transaction(async (deeper) => {
        await put(deeper, "undone");
        throw new Error("stop");
      });
      expect(await reasonOf(inner)).toContain("stop");
      await tx.transaction(async (deeper) => void (await put(deeper, "after")));
    });
    expect(await keys()).toEqual(["after", "before"]);
  });

  test("is undone with the outer one", async () => {
    const failing = db.transaction(async (tx) => {
      await tx.transaction(async (deeper) => void (await put(deeper, "a")));
      throw new Error("stop");
    });
    expect(await reasonOf(failing)).toContain("stop");
    expect(await keys()).toEqual([]);
  });

  test("keeps two savepoints that are started at once apart", async () => {
    await db.transaction(async (tx) => {
      await Promise.allSettled([
        tx.transaction(async (deeper) => {
          await put(deeper, "undone");
          await tick();
          throw new Error("stop");
        }),
        tx.transaction(async (deeper) => void (await put(deeper, "kept"))),
      ]);
    });
    expect(await keys()).toEqual(["kept"]);
  });

  test("refuses the handle of the transaction around it", async () => {
    const wrong = db.transaction((tx) => tx.transaction(async () => void (await put(tx, "a"))));
    expect(await reasonOf(wrong)).toContain("use its own handle");
  });
});

test("the query builder upserts, counts and returns rows through the handle", async () => {
  for (const value of [1, 2]) {
    await db
      .insert(setting)
      .values({ key: "a", value })
      .onConflictDoUpdate({ target: setting.key, set: { value } });
  }
  expect(await db.select().from(setting).where(eq(setting.key, "a"))).toEqual([{ key: "a", value: 2 }]);
  expect(await db.$count(setting)).toBe(1);
  expect(await db.delete(setting).returning({ key: setting.key })).toEqual([{ key: "a" }]);
  expect((await db.raw.run("DELETE FROM setting")).changes).toBe(0);
});

describe("statements run together", () => {
  test("are all there, and see each other", async () => {
    const seen = await db.raw.together((sql) => {
      expect(sql.run(insert, ["a"])).toEqual({ changes: 1 });
      sql.run(insert, ["b"]);
      return sql.all("SELECT count(*) AS n FROM setting");
    });
    expect(seen).toEqual([{ n: 2 }]);
    expect(await keys()).toEqual(["a", "b"]);
  });

  test("leave nothing behind when one fails", async () => {
    const failing = db.raw.together((sql) => {
      sql.run(insert, ["a"]);
      sql.run(insert, ["a"]);
    });
    expect(await reasonOf(failing)).toContain("UNIQUE");
    expect(await keys()).toEqual([]);
  });

  test("inside a transaction are undone alone, or with it", async () => {
    await db.transaction(async (tx) => {
      await put(tx, "kept");
      const failing = tx.raw.together((sql) => {
        sql.run(insert, ["lost"]);
        throw new Error("stop");
      });
      expect(await reasonOf(failing)).toContain("stop");
    });
    const outer = db.transaction(async (tx) => {
      await tx.raw.together((sql) => sql.run(insert, ["gone"]));
      throw new Error("stop");
    });
    await outer.catch(() => undefined);
    expect(await keys()).toEqual(["kept"]);
  });

  test("wait until an open transaction is over", async () => {
    const writing = db.transaction(async (tx) => {
      await put(tx, "a");
      await tick();
      throw new Error("stop");
    });
    const together = db.raw.together((sql) => sql.run(insert, ["b"]));
    await writing.catch(() => undefined);
    await together;
    expect(await keys()).toEqual(["b"]);
  });

  test("may not wait, and may not come later", async () => {
    const waiting = db.raw.together(async (sql) => {
      sql.run(insert, ["a"]);
      await tick();
      return sql.run(insert, ["b"]);
    });
    expect(await reasonOf(waiting)).toContain("must not wait");
    const kept = await db.raw.together((sql) => sql);
    expect(() => kept.run(insert, ["c"])).toThrow("are over");
    await tick();
    expect(await keys()).toEqual([]);
  });
});

describe("the turn to write, lent to another connection", () => {
  test("keeps other writes waiting, while reads see what is committed", async () => {
    const writer = openWriter(db.raw.path);
    const [begun, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const order: string[] = [];
    const lending = db.raw.lendWriting(async () => {
      await writer.db.transaction(async (tx) => {
        await put(tx, "lent");
        begun.resolve();
        await goesOn.promise;
      });
      order.push("lent");
    });
    await begun.promise;
    const others = [
      put(db, "own"),
      db.transaction((tx) => put(tx, "transaction")),
      db.raw.together((sql) => sql.run(insert, ["together"])),
    ].map((write) => write.then(() => order.push("other")));
    await tick();
    expect(await keys()).toEqual([]);
    expect(await db.raw.snapshot((all) => all(`SELECT count(*) AS n FROM setting`))).toEqual([{ n: 0 }]);
    goesOn.resolve();
    await Promise.all([lending, ...others]);
    expect(order).toEqual(["lent", "other", "other", "other"]);
    expect(await keys()).toEqual(["lent", "own", "together", "transaction"]);
    writer.close();
  });

  test("waits for an open transaction, and comes back when its body throws", async () => {
    const order: string[] = [];
    const open = db.transaction(async (tx) => {
      await tick();
      await put(tx, "a");
      order.push("transaction");
    });
    const lent = db.raw.lendWriting(() => {
      order.push("lent");
      return Promise.reject(new Error("stop"));
    });
    expect(await reasonOf(lent)).toBe("stop");
    await open;
    expect(order).toEqual(["transaction", "lent"]);
    await put(db, "b");
    expect(await keys()).toEqual(["a", "b"]);
  });

  test("is refused inside a transaction, and to writes of its own body", async () => {
    const inside = db.transaction((tx) => tx.raw.lendWriting(() => Promise.resolve()));
    expect(await reasonOf(inside)).toContain("outside of transactions only");
    expect(await reasonOf(db.raw.lendWriting(() => put(db, "a")))).toContain("use its own handle");
    expect(await keys()).toEqual([]);
  });
});

test("reads of a snapshot see one state, whatever another process commits meanwhile", async () => {
  const other = openDatabase(database.path);
  const write = (key: string) =>
    other.db.raw.run(`INSERT INTO setting ("key", value) VALUES (?, 'true')`, [key]);
  await write("before");
  const count = `SELECT count(*) AS n FROM setting`;
  let written: Promise<unknown> | undefined;
  const seen = await db.raw.snapshot((all) => {
    const first = all(count);
    written = write("meanwhile");
    return [first, all(count)];
  });
  await written;
  other.close();
  expect(seen).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  expect(await keys()).toEqual(["before", "meanwhile"]);
  await db.transaction(async (tx) => {
    await put(tx, "own");
    expect(await tx.raw.snapshot((all) => all(count))).toEqual([{ n: 3 }]);
  });
  const failing = db.raw.snapshot(() => {
    throw new Error("stop");
  });
  expect(await reasonOf(failing)).toBe("stop");
  expect(await db.raw.snapshot((all) => all(count))).toEqual([{ n: 3 }]);
});
