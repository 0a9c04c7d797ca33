/** Reads one channel, page by page: what is new and young upwards, what lies behind downwards. */
import { ForbiddenError, MissingError, TooLargeError } from "@/core/services/http/errors";
import type { RenderedArtifact } from "@/core/models/artifact";
import { PermanentError } from "@/core/models/errors";
import { believeGone } from "@/core/services/conversations/believe-gone";
import { type ArtifactPages, leavingPage } from "@/core/services/conversations/channel-pages";
import { accessAfter } from "@/core/services/conversations/chat-stream";
import type { Page } from "@/core/services/sync/stream";
import { type DiscordApi, PAGE } from "../api";
import { messages } from "../db/messages";
import { type ChannelRow, chat } from "../db/queries";
import { compareIds, highestOf, idBefore } from "../models/snowflake";
import { compare, type Compared, HIGHEST_ID, type Interval } from "./compare";
import { keyOf, messagePage, type Reading } from "./message-page";
import { channelNotice, openNotices } from "./notices";

export interface Walk extends Reading {
  api: DiscordApi;
  runId: string;
  /** Messages below are not read. */
  floor: string;
  /** From this id on messages are read again for edits and deletions. */
  young: string;
}

/** The rights in a channel changed since they were worked out; the next sync works them out anew. */
class HistoryClosedError extends PermanentError {}

/** What an error says of the channel that was read. */
export function endOf({ channel }: Walk, error: unknown): string | Page<RenderedArtifact> | undefined {
  if (error instanceof TooLargeError) return tooLargePage(channel);
  return error instanceof HistoryClosedError ? "closed" : accessAfter(error);
}

/** "closed", "refused" and "no history" may come back; "gone" and "left out" are for good. */
export async function farewellPage(
  { db, channel }: Reading,
  access: string,
): Promise<Page<RenderedArtifact>> {
  const key = keyOf(channel);
  const notices = await openNotices(db, key, { from: "0", to: HIGHEST_ID });
  return leavingPage({ db, key, tables: chat }, access, [...notices, channelNotice(channel.id)]);
}

/** The channel is left where it stands; the others are read. */
function tooLargePage({ id, name }: ChannelRow): Page<RenderedArtifact> {
  const reason = `#${name} cannot be read any further: Discord's answer is larger than is taken. What was read of it stays.`;
  return {
    items: [],
    failures: [{ key: channelNotice(id), reason }],
    cursor: { channel: id, tooLarge: true },
  };
}

/** What was posted since the last time, and again what is young. The first time: the newest page. */
export async function* readRecent(walk: Walk): ArtifactPages {
  const { api, channel, runId } = walk;
  if (channel.readInRun === runId) return;
  if (channel.newestRead === null) {
    yield* readNewest(walk);
    return;
  }
  const youngest = await messages.firstAbove(walk.db, keyOf(channel), idBefore(walk.young));
  const hasNews = compareIds(channel.lastMessageId ?? "0", channel.newestRead) > 0;
  if (youngest === undefined && !hasNews) return;
  let after =
    [youngest === undefined ? channel.newestRead : idBefore(youngest), channel.newestRead].toSorted(
      compareIds,
    )[0] ?? "0";
  for (;;) {
    const page = await api.messages(channel.id, { after });
    const top = page[0]?.id ?? after;
    const full = page.length === PAGE;
    const compared = await compareSafely(walk, page, { from: idAfter(after), to: full ? top : HIGHEST_ID });
    // The newest message that the channel names may have been deleted: then nothing above is left to read.
    const named = full ? "0" : (channel.lastMessageId ?? "0");
    channel.newestRead = highestOf(top, channel.newestRead, named);
    const fields = { newestRead: channel.newestRead, ...(full ? {} : { readInRun: runId }) };
    yield await messagePage(walk, compared, fields, { runId, channel: channel.id, after });
    if (!full) return;
    after = top;
  }
}

async function* readNewest(walk: Walk): ArtifactPages {
  const { api, channel, runId } = walk;
  const page = channel.lastMessageId === null ? [] : await api.messages(channel.id);
  const newestRead = highestOf(page[0]?.id ?? "0", channel.lastMessageId ?? "0");
  yield await lowerPage(walk, page, HIGHEST_ID, { newestRead, readInRun: runId });
}

/** Older messages, down to the beginning or to the floor. */
export async function* readOlder(walk: Walk): ArtifactPages {
  const { api, channel } = walk;
  while (channel.readDownTo === null || compareIds(channel.readDownTo, walk.floor) > 0) {
    const before = channel.oldestRead ?? HIGHEST_ID;
    if (before === "0") return;
    const page = await api.messages(channel.id, { before });
    yield await lowerPage(walk, page, idBefore(before), {});
  }
}

/** A page that ends at `to` and says everything between its lowest message and there. */
async function lowerPage(walk: Walk, page: Answer, to: string, more: Partial<ChannelRow>) {
  const { channel, floor, runId } = walk;
  const lowest = page.at(-1)?.id ?? "0";
  const ends = page.length < PAGE || compareIds(lowest, floor) <= 0;
  const kept = page.filter(({ id }) => compareIds(id, floor) >= 0);
  const compared = await compareSafely(walk, kept, { from: ends ? "0" : lowest, to });
  const before = { ...channel };
  channel.readDownTo = ends ? floor : null;
  const fields = {
    ...more,
    oldestRead: ends ? (kept.at(-1)?.id ?? floor) : lowest,
    readDownTo: channel.readDownTo,
  };
  const made = await messagePage(walk, compared, fields, {
    runId,
    channel: channel.id,
    before: before.oldestRead,
  });
  Object.assign(channel, fields);
  return made;
}

type Answer = Awaited<ReturnType<DiscordApi["messages"]>>;

/** Compares, and does not believe without asking that much is gone. */
export async function compareSafely(walk: Walk, page: Answer, interval: Interval): Promise<Compared> {
  const { db, scene, channel, api, floor } = walk;
  const compared = await compare(db, keyOf(channel), scene, page, interval);
  await believeGone({
    gone: [...compared.deleted],
    isRead: (id) => compareIds(id, floor) >= 0,
    isEmpty: page.length === 0,
    isThere: (id) => isThere(api, channel.id, id),
    service: "Discord",
    channel: channel.name,
  });
  return compared;
}

/** @throws HistoryClosedError where the right to read history is missing, without which a channel looks empty. */
async function isThere(api: DiscordApi, channelId: string, id: string): Promise<boolean> {
  try {
    await api.message(channelId, id);
    return true;
  } catch (error) {
    if (error instanceof MissingError) return false;
    if (error instanceof ForbiddenError)
      throw new HistoryClosedError("The right to read history is gone.", { cause: error });
    throw error;
  }
}

export function idAfter(id: string): string {
  return String(BigInt(id) + 1n);
}
