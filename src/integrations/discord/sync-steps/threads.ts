/** Archived threads, which no listing of a server names: each channel is asked for its own. */
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import type { Page, Stream } from "@/core/services/sync/stream";
import { sideBySide } from "@/lib/side-by-side";
import type { ArchivedKind, DiscordApi } from "../api";
import { channelsOf, type ChannelRow, chat } from "../db/queries";
import type { ApiChannel } from "../models/api";
import { holdsPosts, holdsThreads, isThread } from "../models/channel-types";
import { MANAGE_THREADS, rightsIn, type Standing } from "../models/permissions";
import { threadRow } from "./channel-rows";

const AT_ONCE = 4;
/** Archiving that comes late into the listing is met again by the next sync, in milliseconds. */
const OVERLAP_MS = 600_000;

/** What the streams of one sync share. */
export interface ThreadReading {
  context: SyncContext;
  api: DiscordApi;
  /** Whether the bot may manage the threads of a channel, as far as this sync worked that out. */
  managesThreads: Map<string, boolean>;
}

/** Works the right out for channels as they are listed. */
export function noteThreadRights(
  managesThreads: ThreadReading["managesThreads"],
  standing: Standing,
  channels: readonly ApiChannel[],
): void {
  for (const channel of channels)
    managesThreads.set(channel.id, (rightsIn(standing, channel) & MANAGE_THREADS) !== 0n);
}

interface Lister extends ThreadReading {
  db: Db;
  channel: ChannelRow;
}

export function threadsStream(reading: ThreadReading): Stream<never> {
  const { context } = reading;
  return {
    name: "threads",
    enumerates: [],
    key: () => "",
    version: () => "",
    render: () => null,
    async *pages({ db }) {
      const channels = await channelsOf(db, context.account);
      const open = channels.filter(
        ({ type, access, listedInRun }) =>
          holdsThreads(type) && access === "readable" && listedInRun !== context.runId,
      );
      yield* sideBySide(
        open.map((channel) => () => archivedOf({ ...reading, db, channel })),
        AT_ONCE,
      );
    },
  };
}

async function* archivedOf(lister: Lister): AsyncGenerator<Page<never>, void, undefined> {
  const { api, db, context, channel, managesThreads } = lister;
  const { account, serverId, id } = channel;
  const stored = new Map((await channelsOf(db, account, serverId)).map((row) => [row.id, row]));
  const own = [...stored.values()].filter((row) => isThread(row.type) && row.parentId === id);
  const mark = context.mode === "full" ? null : channel.archiveMark;
  const met = new Set<string>();
  let newest = channel.archiveMark ?? "";
  for (const kind of kindsOf(channel, managesThreads.get(id))) {
    // Joined threads are listed by their ids, which tell nothing of when they were archived.
    for await (const threads of listing(api, id, kind, kind === "joined" ? null : mark)) {
      const rows = threads.map((thread) => threadRow({ account, serverId, stored }, thread, channel));
      for (const row of rows) {
        met.add(row.id);
        if ((row.archivedAt ?? "") > newest) newest = row.archivedAt ?? "";
      }
      yield pageOf(rows, { channel: id, kind, met: met.size });
    }
  }
  const unmet = own.filter(
    (row) => row.archived && !met.has(row.id) && (mark === null || row.archivedAt === null),
  );
  const settled = await Promise.all(unmet.map((row) => lookUp(lister, stored, row)));
  const end = { channel: id, done: true };
  yield {
    ...pageOf(settled, end),
    save: async (tx) => {
      await chat.save(tx, settled);
      await chat.change(tx, account, [id], {
        listedInRun: context.runId,
        archiveMark: newest === "" ? null : newest,
      });
    },
  };
}

function pageOf(rows: readonly ChannelRow[], cursor: Page<never>["cursor"]): Page<never> {
  return { items: [], cursor, save: (tx) => chat.save(tx, rows) };
}

/**
 * Announcement channels and forums have no private threads. Without the right to manage threads, only those that the bot
 * has joined can be listed; where that is known, nothing is asked for that Discord would refuse.
 */
function kindsOf({ type }: ChannelRow, managesThreads: boolean | undefined): ArchivedKind[] {
  if (type !== 0 || holdsPosts(type)) return ["public"];
  return ["public", managesThreads === false ? "joined" : "private"];
}

/** Pages of one listing, latest archived first, down to what an earlier sync has met. */
async function* listing(
  api: DiscordApi,
  channelId: string,
  kind: ArchivedKind,
  mark: string | null,
): AsyncGenerator<ApiChannel[], void, undefined> {
  let before: string | undefined;
  for (;;) {
    let page: Awaited<ReturnType<DiscordApi["archivedThreads"]>>;
    try {
      page = await api.archivedThreads(channelId, kind, before);
    } catch (error) {
      if (!(error instanceof ForbiddenError)) throw error;
      if (kind === "private") yield* listing(api, channelId, "joined", null);
      return;
    }
    yield page.threads;
    const last = page.threads.at(-1);
    const archivedAt = last?.thread_metadata?.archive_timestamp ?? "";
    if (!page.has_more || last === undefined) return;
    if (mark !== null && Date.parse(archivedAt) < Date.parse(mark) - OVERLAP_MS) return;
    before = kind === "joined" ? last.id : archivedAt;
  }
}

/** A thread that no listing names: deleted, out of sight, or overlooked. */
async function lookUp(
  lister: Lister,
  stored: ReadonlyMap<string, ChannelRow>,
  row: ChannelRow,
): Promise<ChannelRow> {
  try {
    return threadRow({ ...row, stored }, await lister.api.channel(row.id), lister.channel);
  } catch (error) {
    if (error instanceof MissingError) return { ...row, access: "gone" };
    if (error instanceof ForbiddenError) return { ...row, access: "closed" };
    throw error;
  }
}
