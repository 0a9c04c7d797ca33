import { describe, expect, test } from "bun:test";
import type { ChannelRow } from "../db/queries";
import { channelSchema } from "../models/api";
import { discordOptionsSchema } from "../models/models";
import { READ_MESSAGE_HISTORY, type Standing, VIEW_CHANNEL } from "../models/permissions";
import { belowRenamed, channelRows, followParents, looksDifferent, threadRow } from "./channel-rows";

const everything = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
const standing: Standing = {
  botId: "7",
  roles: [],
  guild: {
    id: "1",
    name: "Acme",
    owner_id: "99",
    roles: [{ id: "1", name: "@everyone", permissions: String(everything) }],
  },
};
const closedToAll = [{ id: "1", type: 0, allow: "0", deny: String(VIEW_CHANNEL) }];
const withoutHistory = [{ id: "1", type: 0, allow: "0", deny: String(READ_MESSAGE_HISTORY) }];
const channel = (id: string, more: Record<string, unknown> = {}) =>
  channelSchema.parse({ id, type: 0, name: `channel-${id}`, ...more });

function rows(
  channels: ReturnType<typeof channel>[],
  { options = {}, stored = [] }: { options?: Record<string, string>; stored?: readonly ChannelRow[] } = {},
): ChannelRow[] {
  const listing = { account: "bot", serverId: "1", stored: new Map(stored.map((row) => [row.id, row])) };
  return channelRows(listing, channels, standing, discordOptionsSchema.parse(options));
}
const accessBy = (list: readonly ChannelRow[]) =>
  Object.fromEntries(list.map(({ id, access }) => [id, access]));
const only = (list: readonly ChannelRow[]): ChannelRow => {
  const [row] = list;
  if (row === undefined) throw new Error("There is no row.");
  return row;
};

describe("a channel is", () => {
  test("readable, closed or without history by its rights; a category is one", () => {
    const list = rows([
      channel("10", { type: 4 }),
      channel("11"),
      channel("12", { permission_overwrites: closedToAll }),
      channel("13", { permission_overwrites: withoutHistory }),
      channel("14", { type: 2 }),
    ]);
    expect(accessBy(list)).toEqual({
      10: "category",
      11: "readable",
      12: "closed",
      13: "no history",
      // Voice takes the right to connect, also for reading.
      14: "closed",
    });
  });

  test("nameless where the bot may not see it, and a category where nothing in it can be seen", () => {
    const secret = { topic: "Who goes", permission_overwrites: closedToAll };
    const list = rows([
      channel("10", { type: 4, ...secret }),
      channel("11", { parent_id: "10", ...secret }),
      channel("12", { type: 4, ...secret }),
      channel("13", { parent_id: "12" }),
      channel("14", { type: 15, available_tags: [{ id: "1", name: "layoffs" }], ...secret }),
      channel("15", { type: 2, topic: "Stand-up" }),
    ]);
    const told = list.map(({ id, name, topic, tagNames }) => [id, name, topic, Object.values(tagNames)]);
    expect(told).toEqual([
      ["10", "10", null, []],
      ["11", "11", null, []],
      ["12", "channel-12", "Who goes", []],
      ["13", "channel-13", null, []],
      ["14", "14", null, []],
      // It is seen, though not let in.
      ["15", "channel-15", "Stand-up", []],
    ]);
  });

  test("left out by name, id or category; what is excluded wins", () => {
    const channels = [
      channel("10", { type: 4, name: "Work" }),
      channel("11", { name: "general", parent_id: "10" }),
      channel("12", { name: "secret", parent_id: "10" }),
      channel("13", { name: "lounge" }),
    ];
    expect(accessBy(rows(channels, { options: { channels: "work", exclude: "#Secret" } }))).toMatchObject({
      11: "readable",
      12: "left out",
      13: "left out",
    });
    expect(accessBy(rows(channels, { options: { channels: "13" } }))).toMatchObject({
      11: "left out",
      13: "readable",
    });
    expect(accessBy(rows(channels, { options: { exclude: "10" } }))).toMatchObject({
      11: "left out",
      13: "readable",
    });
  });

  test("left alone once Discord refused it although its rights allow it", () => {
    const before = { ...only(rows([channel("11")])), access: "refused" };
    expect(only(rows([channel("11")], { stored: [before] })).access).toBe("refused");
    const closed = rows([channel("11", { permission_overwrites: closedToAll })], { stored: [before] });
    expect(only(closed).access).toBe("closed");
  });
});

describe("a channel's row", () => {
  test("keeps how far it was read, and takes over what the listing says", () => {
    const before = { ...only(rows([channel("11")])), newestRead: "500", readDownTo: "0", archiveMark: "x" };
    const after = only(
      rows([channel("11", { topic: "Cranes", last_message_id: "600", position: 4 })], { stored: [before] }),
    );
    expect(after).toMatchObject({ newestRead: "500", readDownTo: "0", archiveMark: "x" });
    expect(after).toMatchObject({ topic: "Cranes", lastMessageId: "600", position: 4, kind: "text channel" });
  });

  test("is stale when what is shown of it differs, and only then", () => {
    const before = only(rows([channel("11")]));
    const again = (more: Record<string, unknown>) =>
      only(rows([channel("11", more)], { stored: [before] })).stale;
    expect(before.stale).toBe(false);
    expect(again({ last_message_id: "600", position: 9 })).toBe(false);
    expect(again({ name: "renamed" })).toBe(true);
    expect(again({ topic: "new" })).toBe(true);
    expect(again({ parent_id: "10" })).toBe(true);
    expect(looksDifferent(before, { ...before, tags: ["solved"] })).toBe(true);
    const stale = rows([channel("11")], { stored: [{ ...before, stale: true }] });
    expect(only(stale).stale).toBe(true);
  });

  test("of a kind of tomorrow, or without a name, is a row all the same", () => {
    expect(only(rows([channel("18446744073709551615", { type: 77, name: null })]))).toMatchObject({
      id: "18446744073709551615",
      kind: "channel",
      name: "18446744073709551615",
    });
  });
});

describe("threads", () => {
  const forum = only(rows([channel("20", { type: 15, available_tags: [{ id: "1", name: "solved" }] })]));
  const post = (more: Record<string, unknown> = {}) =>
    threadRow(
      { account: "bot", serverId: "1", stored: new Map() },
      channel("30", { type: 11, parent_id: "20", applied_tags: ["1", "2"], ...more }),
      forum,
    );

  test("have the rights of their channel, and the names of its tags", () => {
    expect(post()).toMatchObject({
      access: "readable",
      tags: ["solved"],
      tagIds: ["1", "2"],
      archived: false,
    });
    const archived = { archived: true, archive_timestamp: "2026-03-03T14:00:00+00:00" };
    expect(post({ thread_metadata: archived })).toMatchObject({
      archived: true,
      archivedAt: "2026-03-03T14:00:00.000Z",
    });
  });

  test("follow their channel where it is closed, gone or has its tags renamed", () => {
    expect(followParents([forum], [post()])).toEqual([]);
    expect(followParents([{ ...forum, access: "closed" }], [post()])).toMatchObject([{ access: "closed" }]);
    expect(followParents([], [post()])).toMatchObject([{ access: "gone" }]);
    expect(followParents([{ ...forum, tagNames: { 1: "done" } }], [post()])).toMatchObject([
      { tags: ["done"], stale: true },
    ]);
    expect(followParents([forum], [{ ...post(), access: "gone" }])).toEqual([]);
  });

  test("below a renamed channel are rendered again: its name is in their title", () => {
    const stored = new Map([forum, post()].map((row) => [row.id, row]));
    expect(belowRenamed(stored, [{ ...forum, name: "answers" }])).toEqual(["30"]);
    expect(belowRenamed(stored, [forum])).toEqual([]);
  });
});
