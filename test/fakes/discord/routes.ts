/** The routes of Discord's API that a reader of messages needs, over a world. */
import { ChannelType } from "discord-api-types/v10";
import { HISTORY, MANAGE_THREADS, maySee, mayDo } from "./permissions";
import {
  applicationShape,
  channelShape,
  guildShape,
  memberShape,
  messageShape,
  partialGuildShape,
  threadShape,
} from "./shapes";
import { compareIds } from "./snowflake";
import type { DiscordWorld, FakeChannel, FakeGuild } from "./world";

/** A refusal in Discord's words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

interface Asked {
  world: DiscordWorld;
  ids: string[];
  query: URLSearchParams;
}

type Answer = (asked: Asked) => unknown;

/** By template; `:id` stands for an id. */
export const routes: Record<string, Answer> = {
  "/users/@me": ({ world }) => world.bot,
  "/applications/@me": ({ world }) => applicationShape(world),
  "/users/@me/guilds": ({ world, query }) => {
    const { limit, after } = range(query, 200);
    const joined = [...world.guilds.values()].filter((guild) => guild.joined);
    joined.sort((a, b) => compareIds(a.id, b.id));
    const above = joined.filter((guild) => compareIds(guild.id, after ?? "0") > 0);
    return above.slice(0, limit).map((guild) => partialGuildShape(world, guild));
  },
  "/guilds/:id": (asked) => guildShape(guildOf(asked)),
  "/guilds/:id/channels": (asked) =>
    channelsOf(asked)
      .filter((channel) => channel.thread === undefined)
      .map(channelShape),
  "/guilds/:id/threads/active": (asked) => {
    const active = channelsOf(asked).filter(
      (one) => one.thread?.archived === false && maySee(asked.world, one),
    );
    active.sort((a, b) => compareIds(b.id, a.id));
    return { threads: active.map(threadShape), members: [], has_more: false };
  },
  "/guilds/:id/members": (asked) => {
    const guild = guildOf(asked);
    if (!asked.world.membersIntent) throw new Refusal(403, 50001, "Missing Access");
    const { limit, after } = range(asked.query, 1_000);
    const ids = [...guild.members.keys()].sort(compareIds).filter((id) => compareIds(id, after ?? "0") > 0);
    return ids.slice(0, limit).flatMap((id) => memberOf(asked.world, guild, id) ?? []);
  },
  "/guilds/:id/members/:id": (asked) => {
    const member = memberOf(asked.world, guildOf(asked), asked.ids[1] ?? "");
    if (member === undefined) throw new Refusal(404, 10007, "Unknown Member");
    return member;
  },
  "/channels/:id": (asked) => {
    const channel = channelOf(asked);
    return channel.thread === undefined ? channelShape(channel, 0) : threadShape(channel);
  },
  "/channels/:id/messages": (asked) => messages(asked),
  "/channels/:id/messages/:id": (asked) => {
    const channel = channelOf(asked);
    if (!mayDo(asked.world, channel, HISTORY)) throw new Refusal(403, 50013, "Missing Permissions");
    const found = channel.messages.find((message) => message.id === asked.ids[1]);
    if (found === undefined) throw new Refusal(404, 10008, "Unknown Message");
    return messageShape(asked.world, channel, found);
  },
  "/channels/:id/threads/archived/public": (asked) => {
    const channel = channelOf(asked);
    needs(asked, channel, HISTORY);
    return archived(asked, (thread) => thread.type !== ChannelType.PrivateThread);
  },
  "/channels/:id/threads/archived/private": (asked) => {
    needs(asked, channelOf(asked), HISTORY | MANAGE_THREADS);
    return archived(asked, (thread) => thread.type === ChannelType.PrivateThread);
  },
  "/channels/:id/users/@me/threads/archived/private": (asked) => {
    needs(asked, channelOf(asked), HISTORY);
    return joined(asked);
  },
};

/** Newest first, whatever is asked: with `after`, those just above it. Without the right to read history, nothing. */
function messages(asked: Asked): unknown {
  const { world, query } = asked;
  const channel = channelOf(asked);
  if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia)
    throw new Refusal(400, 50008, "Cannot send messages in a non-text channel");
  const { limit, after, before } = range(query, 100, 50);
  if (!mayDo(world, channel, HISTORY)) return [];
  const all = channel.messages;
  const end = before === null ? all.length : placeOf(all, before);
  const start = after === null ? Math.max(0, end - limit) : placeOf(all, after, true);
  const taken = after === null ? all.slice(start, end) : all.slice(start, start + limit);
  return taken.map((message) => messageShape(world, channel, message)).toReversed();
}

/** Index of the first message with at least, or above, an id. */
function placeOf(all: FakeChannel["messages"], id: string, above = false): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compareIds(all[middle]?.id ?? "0", id);
    if (order < 0 || (above && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function archived(asked: Asked, wanted: (thread: FakeChannel) => boolean): unknown {
  const { limit, text } = range(asked.query, 100, 50, 2);
  const before = text === null ? Number.POSITIVE_INFINITY : Date.parse(text);
  if (Number.isNaN(before)) throw new Refusal(400, 50035, "Invalid Form Body");
  const found = threadsOf(asked).filter(
    (thread) => wanted(thread) && (thread.thread?.archivedAt ?? 0) < before,
  );
  found.sort((a, b) => (b.thread?.archivedAt ?? 0) - (a.thread?.archivedAt ?? 0));
  return pageOf(found, limit);
}

function joined(asked: Asked): unknown {
  const { limit, before } = range(asked.query, 100, 50, 2);
  const found = threadsOf(asked).filter(
    (thread) =>
      thread.type === ChannelType.PrivateThread &&
      thread.thread?.members.has(asked.world.bot.id) === true &&
      (before === null || compareIds(thread.id, before) < 0),
  );
  found.sort((a, b) => compareIds(b.id, a.id));
  return pageOf(found, limit);
}

function pageOf(found: FakeChannel[], limit: number) {
  return { threads: found.slice(0, limit).map(threadShape), members: [], has_more: found.length > limit };
}

function threadsOf({ world, ids }: Asked): FakeChannel[] {
  return [...world.channels.values()].filter(
    (one) => one.parentId === ids[0] && one.thread?.archived === true,
  );
}

function guildOf({ world, ids }: Asked): FakeGuild {
  const guild = world.guilds.get(ids[0] ?? "");
  if (guild === undefined || !guild.joined) throw new Refusal(404, 10004, "Unknown Guild");
  return guild;
}

function channelsOf(asked: Asked): FakeChannel[] {
  const guild = guildOf(asked);
  return [...asked.world.channels.values()].filter((channel) => channel.guildId === guild.id);
}

function channelOf(asked: Asked): FakeChannel {
  const channel = asked.world.channels.get(asked.ids[0] ?? "");
  if (channel === undefined) throw new Refusal(404, 10003, "Unknown Channel");
  if (!maySee(asked.world, channel)) throw new Refusal(403, 50001, "Missing Access");
  return channel;
}

function needs({ world }: Asked, channel: FakeChannel, wanted: bigint): void {
  if (!mayDo(world, channel, wanted)) throw new Refusal(403, 50013, "Missing Permissions");
}

function memberOf(world: DiscordWorld, guild: FakeGuild, id: string) {
  const user = world.users.get(id);
  const member = guild.members.get(id);
  return user === undefined || member === undefined ? undefined : memberShape(user, member);
}

function range(query: URLSearchParams, most: number, usual = most, least = 1) {
  const limit = Number(query.get("limit") ?? usual);
  if (!Number.isInteger(limit) || limit < least || limit > most)
    throw new Refusal(400, 50035, "Invalid Form Body");
  const text = query.get("before");
  const id = (name: string) => {
    const value = query.get(name);
    if (value !== null && !/^\d{1,20}$/.test(value) && name === "after")
      throw new Refusal(400, 50035, "Invalid Form Body");
    return value;
  };
  return { limit, after: id("after"), before: text, text };
}
