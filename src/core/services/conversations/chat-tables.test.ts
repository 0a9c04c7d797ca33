/** Channels with their messages, on a real database. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { eq, like } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import { channel, chat, idsOf, key, message, messages, talkDatabase, talkMessage } from "@test/chat";

let database: Awaited<ReturnType<typeof talkDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await talkDatabase();
  ({ db } = database);
  await chat.save(db, [
    channel("c", { newestRead: "10" }),
    channel("d", { newestRead: "20" }),
    channel("c", { account: "b", newestRead: "30" }),
  ]);
  await messages.save(db, [message(10), message(20, { channelId: "d" }), message(30, { account: "b" })]);
});
afterEach(() => database[Symbol.asyncDispose]());

const marksOf = async (account = "a") =>
  Object.fromEntries((await chat.channels(db, account)).map((row) => [row.id, row.newestRead]));
const staleOnes = async () => idsOf((await chat.channels(db, "a")).filter(({ stale }) => stale));

test("a channel that is listed again keeps how far it was read, until that is forgotten for the account", async () => {
  await chat.save(db, [channel("c", { name: "renamed" })]);
  expect((await chat.channels(db, "a"))[0]).toMatchObject({ name: "renamed", newestRead: "10" });
  await chat.forgetReading(db, "a");
  expect(await marksOf()).toEqual({ c: null, d: null });
  expect(await marksOf("b")).toEqual({ c: "30" });
});

test("forgetting how far channels were read may take more with it", async () => {
  await chat.forgetReading(db, "a", { name: "?" });
  expect((await chat.channels(db, "a")).map(({ name }) => name)).toEqual(["?", "?"]);
});

test("channels in which something is said are stale until they are shown anew", async () => {
  const { raw, channelId } = talkMessage;
  await chat.markStale(db, "a", []);
  expect(await staleOnes()).toEqual([]);
  const many = Array.from({ length: 60 }, (_, at) => like(raw, `%never ${at}%`));
  await chat.markStale(db, "a", [...many, eq(raw, "Note 10"), like(raw, "%20%")]);
  expect(await staleOnes()).toEqual(["c", "d"]);
  await chat.shownAnew(db, key);
  expect(await staleOnes()).toEqual(["d"]);
  await chat.markStale(db, "a", [like(raw, "Note%")], eq(channelId, "c"));
  expect(await staleOnes()).toEqual(["c", "d"]);
});

test("a channel that leaves takes its messages along, and its row where it is gone", async () => {
  await chat.leave(db, key, "refused");
  expect((await chat.channels(db, "a"))[0]).toMatchObject({ id: "c", access: "refused", newestRead: null });
  expect([...(await messages.counts(db, "a")).keys()]).toEqual(["d"]);
  await chat.leave(db, { ...key, channelId: "d" }, "gone");
  expect(idsOf(await chat.channels(db, "a"))).toEqual(["c"]);
  expect((await messages.counts(db, "b")).get("c")).toBe(1);
});
