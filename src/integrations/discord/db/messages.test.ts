/** Rows of messages and channels on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { messageSchema } from "../models/api";
import { orderKey } from "../models/snowflake";
import { answersTo, firstOfType, type MessageRow, messages } from "./messages";
import { channelsOf, type ChannelRow, chat, deleteServer, markStale } from "./queries";

const key = { account: "bot", channelId: "20" };

function row(id: string, change: Partial<MessageRow> = {}): MessageRow {
  const raw = messageSchema.parse({
    id,
    type: 0,
    author: { id: "10", username: "ann" },
    timestamp: "2026-03-03T14:00:00+00:00",
    content: `Note ${id}`,
  });
  return {
    ...key,
    id,
    orderKey: orderKey(id),
    serverId: "1",
    type: 0,
    said: true,
    authorId: "10",
    authorName: "ann",
    content: `Note ${id}`,
    createdAt: "2026-03-03T14:00:00.000Z",
    editedAt: null,
    replyTo: null,
    artifact: null,
    reactions: 0,
    attachments: 0,
    raw,
    ...change,
  };
}

function channel(id: string, change: Partial<ChannelRow> = {}): ChannelRow {
  return {
    account: "bot",
    id,
    serverId: "1",
    parentId: null,
    type: 0,
    kind: "text channel",
    name: `channel-${id}`,
    topic: null,
    tags: [],
    tagIds: [],
    tagNames: {},
    archived: false,
    archivedAt: null,
    lastMessageId: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    access: "readable",
    newestRead: null,
    oldestRead: null,
    readDownTo: null,
    readInRun: null,
    listedInRun: null,
    archiveMark: null,
    stale: false,
    position: 0,
    ...change,
  };
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await temporaryDatabase();
  ({ db } = database);
});
afterEach(() => database[Symbol.asyncDispose]());

describe("messages of a channel", () => {
  beforeEach(async () => {
    await messages.save(db, [
      row("9"),
      row("10", { said: false, type: 7 }),
      row("100", { replyTo: "9", artifact: "a" }),
      row("18446744073709551615", { replyTo: "100", artifact: "b" }),
      row("50", { channelId: "21", replyTo: "9" }),
      row("60", { account: "other" }),
    ]);
  });

  test("stand in the order of their ids, however long these are", async () => {
    expect(idsOf(await messages.store(db, key).between("0", "9".repeat(20)))).toEqual([
      "9",
      "10",
      "100",
      "18446744073709551615",
    ]);
    expect(idsOf(await messages.store(db, key).between("10", "100"))).toEqual(["10", "100"]);
    expect(await messages.firstAbove(db, key, "10")).toBe("100");
    expect(await messages.firstAbove(db, key, "18446744073709551615")).toBeUndefined();
  });

  test("are had beside an id, nearest first, without Discord's own notices", async () => {
    expect(idsOf(await messages.store(db, key).beside("below", "100", 5))).toEqual(["9"]);
    expect(idsOf(await messages.store(db, key).beside("above", "9", 1))).toEqual(["100"]);
  });

  test("are found by id, by kind and by what they answer, in their channel alone", async () => {
    expect(idsOf(await messages.find(db, key, ["9", "50", "60", "7"]))).toEqual(["9"]);
    expect(await messages.find(db, key, [])).toEqual([]);
    expect((await firstOfType(db, key, 7))?.id).toBe("10");
    expect(await answersTo(db, key, ["9", "100"])).toEqual(["100", "18446744073709551615"]);
  });

  test("say in which artifacts they are shown, and can be shown in others", async () => {
    expect((await messages.artifacts(db, key)).sort()).toEqual(["a", "b"]);
    await messages.change(db, key, ["9", "100"], { artifact: "c" });
    expect((await messages.artifacts(db, key)).sort()).toEqual(["b", "c"]);
  });

  test("are counted by channel", async () => {
    expect([...(await messages.counts(db, "bot"))]).toEqual([
      ["20", 4],
      ["21", 1],
    ]);
  });

  test("are replaced when they are written again, and leave alone or all together", async () => {
    await messages.save(db, [row("9", { content: "Edited" })]);
    expect((await messages.find(db, key, ["9"]))[0]?.content).toBe("Edited");
    await messages.remove(db, key, ["9"]);
    expect(idsOf(await messages.store(db, key).between("0", "100"))).toEqual(["10", "100"]);
    await messages.clear(db, key);
    expect([...(await messages.counts(db, "bot")).keys()]).toEqual(["21"]);
    expect([...(await messages.counts(db, "other")).keys()]).toEqual(["20"]);
  });
});

describe("channels", () => {
  beforeEach(async () => {
    await chat.save(db, [channel("20"), channel("21"), channel("22", { serverId: "2" })]);
  });
  const staleOnes = async () => idsOf((await channelsOf(db, "bot")).filter(({ stale }) => stale)).sort();

  test("keep how far they were read when they are listed again, until it is forgotten", async () => {
    await chat.change(db, "bot", ["20"], { newestRead: "500", readDownTo: "0", readInRun: "r1" });
    await chat.save(db, [channel("20", { name: "renamed", topic: "New" })]);
    const [listed] = await channelsOf(db, "bot", "1");
    expect(listed).toMatchObject({
      name: "renamed",
      topic: "New",
      newestRead: "500",
      readDownTo: "0",
      readInRun: "r1",
    });
    await chat.forgetReading(db, "bot");
    expect((await channelsOf(db, "bot", "1"))[0]).toMatchObject({
      name: "renamed",
      newestRead: null,
      readDownTo: null,
    });
  });

  test("in which renamed people wrote or renamed things are spoken of are stale, in their server alone", async () => {
    await messages.save(db, [
      row("1", { authorId: "77" }),
      row("2", { channelId: "21", content: "Ask <@!78>, <@&30> or see <#40>." }),
      row("3", { channelId: "22", serverId: "2", authorId: "77" }),
    ]);
    const nobody = { users: [], roles: [], channels: [] };
    await markStale(db, "bot", "1", nobody);
    expect(await staleOnes()).toEqual([]);
    await markStale(db, "bot", "1", { ...nobody, users: ["77"] });
    expect(await staleOnes()).toEqual(["20"]);
    for (const renamed of [{ users: ["78"] }, { roles: ["30"] }, { channels: ["40"] }]) {
      await chat.change(db, "bot", ["21"], { stale: false });
      await markStale(db, "bot", "1", { ...nobody, ...renamed });
      expect(await staleOnes()).toEqual(["20", "21"]);
    }
  });

  test("are marked by hand, many at once; a server leaves without its channels' messages being touched", async () => {
    await chat.change(db, "bot", ["20", "22", "99"], { stale: true });
    expect(await staleOnes()).toEqual(["20", "22"]);
    await deleteServer(db, "bot", "1");
    expect(idsOf(await channelsOf(db, "bot")).sort()).toEqual(["20", "21", "22"]);
  });
});
