/** A table of messages that threads share with their channel, on a real database. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import { idsOf, key, message as row, messages, talkDatabase, talkMessage as talk } from "@test/chat";

let database: Awaited<ReturnType<typeof talkDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await talkDatabase();
  ({ db } = database);
  await messages.save(db, [
    row("30", { artifact: "conv:30" }),
    row("10"),
    row("20", { said: false }),
    row("40", { inChannel: false, threadArtifact: "thread:30" }),
    row("50", { channelId: "other" }),
    row("60", { account: "b" }),
  ]);
});
afterEach(() => database[Symbol.asyncDispose]());

test("a channel's own talk is had by range and beside an id, without notices, threads and other channels", async () => {
  const store = messages.store(db, key);
  expect(idsOf(await store.between("10", "40"))).toEqual(["10", "20", "30"]);
  expect(idsOf(await store.beside("below", "40", 5))).toEqual(["30", "10"]);
  expect(idsOf(await store.beside("above", "10", 5))).toEqual(["30"]);
  expect(idsOf(await store.beside("below", "40", 1))).toEqual(["30"]);
  expect(store.line(row("10"))).toEqual({ id: "10", at: 10, lot: expect.any(Number), length: 7 });
});

test("rows and ids are found by a condition, those of threads as well", async () => {
  expect(idsOf(await messages.rows(db, key))).toEqual(["10", "20", "30", "40"]);
  expect(idsOf(await messages.rows(db, key, undefined, { limit: 2, newestFirst: true }))).toEqual([
    "40",
    "30",
  ]);
  expect(await messages.ids(db, key, eq(talk.said, true))).toEqual(["10", "30", "40"]);
  expect(await messages.firstAbove(db, key, "30")).toBe("40");
  expect(idsOf(await messages.find(db, key, ["40", "50", "99"]))).toEqual(["40"]);
});

test("artifacts are those of all columns that name one, each once", async () => {
  await messages.change(db, key, ["10", "20"], { artifact: "conv:30" });
  expect((await messages.artifacts(db, key)).sort()).toEqual(["conv:30", "thread:30"]);
});

test("what is removed or cleared takes nothing of other channels and accounts with it", async () => {
  await messages.remove(db, key, ["10", "50", "60"]);
  expect(await messages.counts(db, "a")).toEqual(
    new Map([
      ["c", 3],
      ["other", 1],
    ]),
  );
  await messages.clear(db, key);
  expect([...(await messages.counts(db, "a")).keys()]).toEqual(["other"]);
  expect([...(await messages.counts(db, "b")).keys()]).toEqual(["c"]);
});

test("channels are found by what is said in them", async () => {
  const where = eq(talk.raw, "Note 50");
  expect(await messages.channelsWith(db, "a", where)).toEqual(["other"]);
  expect((await messages.channelsWith(db, "a", eq(talk.said, true))).sort()).toEqual(["c", "other"]);
  expect(await messages.channelsWith(db, "b", where)).toEqual([]);
});

test("hundreds are changed and removed at once", async () => {
  const many = Array.from({ length: 450 }, (_, at) => row(String(1_000 + at)));
  await messages.save(db, many);
  await messages.change(db, key, idsOf(many), { artifact: "conv:1000" });
  expect(await messages.ids(db, key, eq(talk.artifact, "conv:1000"))).toHaveLength(450);
  await messages.remove(db, key, idsOf(many));
  expect(await messages.counts(db, "a")).toEqual(
    new Map([
      ["c", 4],
      ["other", 1],
    ]),
  );
});
