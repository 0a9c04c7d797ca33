/** What a listing says of channels and threads, as rows: what is new, under another name, closed or gone. */
import type { ChannelRow } from "../db/queries";
import type { ApiChannel } from "../models/api";
import { CATEGORY, isThread, kindOfChannel } from "../models/channel-types";
import { type DiscordOptions, isNamed } from "../models/models";
import { accessOf, rightsIn, type Standing, VIEW_CHANNEL } from "../models/permissions";
import { timeOfId } from "../models/snowflake";

export interface Listing {
  account: string;
  serverId: string;
  /** Rows by id as they are stored. */
  stored: ReadonlyMap<string, ChannelRow>;
}

/** Rows of a server's channels, without threads. */
export function channelRows(
  listing: Listing,
  channels: readonly ApiChannel[],
  standing: Standing,
  options: DiscordOptions,
): ChannelRow[] {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const seen = seenAmong(channels, standing);
  return channels.map((channel) => {
    const access = isWanted(options, channel, byId.get(channel.parent_id ?? ""))
      ? accessOf(rightsIn(standing, channel), channel.type)
      : "left out";
    const known = seen.has(channel.id) ? channel : { ...channel, ...nameless };
    return rowOf(listing, known, channel.type === CATEGORY ? "category" : access, undefined);
  });
}

/** What is not told of a channel that the bot may not see: Discord lists it all the same, with everything about it. */
const nameless = { name: null, topic: null, available_tags: null };

/** Ids of channels that the bot may see; a category shows where something in it does. */
function seenAmong(channels: readonly ApiChannel[], standing: Standing): Set<string> {
  const seen = channels.filter((channel) => (rightsIn(standing, channel) & VIEW_CHANNEL) !== 0n);
  return new Set(seen.flatMap(({ id, parent_id: category }) => (category ? [id, category] : [id])));
}

/** A thread's row: it is as open as its channel, since it would not be listed otherwise. */
export function threadRow(listing: Listing, thread: ApiChannel, parent: ChannelRow): ChannelRow {
  return rowOf(listing, thread, parent.access, parent);
}

function isWanted(options: DiscordOptions, channel: ApiChannel, parent: ApiChannel | undefined): boolean {
  const names = [channel.id, channel.name, parent?.id, parent?.name];
  if (isNamed(options.exclude, ...names)) return false;
  return options.channels.length === 0 || isNamed(options.channels, ...names);
}

function rowOf(
  { account, serverId, stored }: Listing,
  channel: ApiChannel,
  access: string,
  parent: ChannelRow | undefined,
): ChannelRow {
  const before = stored.get(channel.id);
  const meta = channel.thread_metadata;
  const tagIds = channel.applied_tags ?? [];
  const archivedAt = meta?.archived === true ? (meta.archive_timestamp ?? null) : null;
  const row = {
    ...(before ?? unread),
    account,
    id: channel.id,
    serverId,
    parentId: channel.parent_id ?? null,
    type: channel.type,
    kind: kindOfChannel(channel.type),
    name: channel.name ?? channel.id,
    topic: channel.topic ?? null,
    tagIds,
    tags: tagIds.flatMap((id) => parent?.tagNames[id] ?? []),
    tagNames: Object.fromEntries((channel.available_tags ?? []).map(({ id, name }) => [id, name])),
    archived: meta?.archived ?? false,
    archivedAt: archivedAt === null ? null : new Date(archivedAt).toISOString(),
    lastMessageId: channel.last_message_id ?? null,
    createdAt: new Date(timeOfId(channel.id)).toISOString(),
    access: stillRefused(before, access),
    position: channel.position,
  };
  return { ...row, stale: row.stale || (before !== undefined && looksDifferent(before, row)) };
}

const unread = {
  newestRead: null,
  oldestRead: null,
  readDownTo: null,
  readInRun: null,
  listedInRun: null,
  archiveMark: null,
  stale: false,
};

/** A channel that Discord refused although its rights allow it is left alone for the day. */
function stillRefused(before: ChannelRow | undefined, access: string): string {
  return before?.access === "refused" && access === "readable" ? "refused" : access;
}

/** Rows of threads that follow from their channel's: closed, gone or left out with it, or with tags renamed. */
export function followParents(rows: readonly ChannelRow[], threads: readonly ChannelRow[]): ChannelRow[] {
  const parents = new Map(rows.map((row) => [row.id, row]));
  return threads.flatMap((thread) => {
    const parent = parents.get(thread.parentId ?? "");
    const access = parent?.access ?? "gone";
    const tags = thread.tagIds.flatMap((id) => parent?.tagNames[id] ?? []);
    const own = thread.access === "gone" || thread.access === "refused" ? thread.access : access;
    if (own === "closed")
      return thread.access === own && thread.name === thread.id ? [] : [closedRow(thread)];
    const renamed = tags.join("\n") !== thread.tags.join("\n");
    return own === thread.access && !renamed
      ? []
      : [{ ...thread, access: own, tags, stale: thread.stale || renamed }];
  });
}

/** True when what is shown of a channel's messages differs. */
export function looksDifferent(before: ChannelRow, row: Omit<ChannelRow, "stale">): boolean {
  const shown = (one: Omit<ChannelRow, "stale">) => [
    one.name,
    one.topic,
    one.parentId,
    one.tags,
    one.archived,
    one.type,
  ];
  return JSON.stringify(shown(before)) !== JSON.stringify(shown(row));
}

/** What is kept of a channel or thread while the bot may not see it. */
export function closedRow(row: ChannelRow): ChannelRow {
  return { ...row, access: "closed", name: row.id, topic: null, tags: [], tagNames: {} };
}

/** Channels that were closed until now: of their threads only the ids are known, so all are to be listed again. */
export function openedAgain(stored: ReadonlyMap<string, ChannelRow>, rows: readonly ChannelRow[]): string[] {
  return rows.flatMap(({ id, access }) =>
    access !== "closed" && stored.get(id)?.access === "closed" ? [id] : [],
  );
}

/** Threads below channels whose name is in their title. */
export function belowRenamed(stored: ReadonlyMap<string, ChannelRow>, rows: readonly ChannelRow[]): string[] {
  const renamed = new Set(
    rows.filter(({ id, name }) => (stored.get(id)?.name ?? name) !== name).map(({ id }) => id),
  );
  return [...stored.values()]
    .filter(({ type, parentId }) => isThread(type) && renamed.has(parentId ?? ""))
    .map(({ id }) => id);
}
