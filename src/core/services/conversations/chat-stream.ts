/**
 * The messages of a chat as a stream: first what is new everywhere, then what lies behind, so that the latest talk is
 * searchable first. How far each channel has been read stands in its row, written with each page, so a sync that was
 * stopped goes on where it stood. A full sync forgets these marks and compares everything again.
 */
import { z } from "zod";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { artifactStream } from "@/core/services/sync/artifact-stream";
import type { Page, Stream } from "@/core/services/sync/stream";
import { sideBySide } from "@/lib/side-by-side";
import type { ArtifactPages } from "./channel-pages";
import type { StoredChannel } from "./chat-tables";
import {
  doneToday,
  historyPages,
  historyPlaceSchema,
  type HistorySlice,
  placeOfToday,
} from "./history-slice";

/** How a chat is read. `Walk` is what reading one channel takes. */
export interface ChatReading<Channel extends StoredChannel, Walk> {
  tables: {
    channels: (db: Db, account: string) => Promise<Channel[]>;
    change: (tx: Db, account: string, ids: readonly string[], fields: { stale: true }) => Promise<void>;
    messages: { counts: (db: Db, account: string) => Promise<Map<string, number>> };
  };
  /** Raised when the same messages are shown differently from now on, so that all are shown again once; 1 if left out. */
  rendering?: number;
  /** Forgets how far channels were read: `ChatTables.forgetReading`, as a full sync begins. */
  forget: (tx: Db) => Promise<void>;
  /** Called once a sync, for what all channels are read by. */
  walks: (db: Db) => Promise<WalkOf<Channel, Walk>> | WalkOf<Channel, Walk>;
  /** Whether what was read of a channel is no longer to be served. */
  leaves: (channel: Channel) => boolean;
  leave: (walk: Walk, access: string) => Promise<Page<RenderedArtifact>>;
  /**
   * What an error says of a channel that is being read: how it is to leave, or the last page of it in this sync.
   * Undefined where it says nothing of this channel alone: then it ends the sync. `accessAfter` knows the usual ones.
   */
  endOf: (walk: Walk, error: unknown) => string | Page<RenderedArtifact> | undefined;
  /** Those of all channels that are read, in the order in which they are. */
  open: (all: readonly Channel[]) => Channel[];
  /**
   * Ways of reading, of which each goes through all channels before the next one begins: what is new, what is old.
   * Both begin at the marks in the channel's row, so that one that is through gives no page.
   */
  passes: readonly ((walk: Walk) => ArtifactPages)[];
  /** Channels that are read at once. */
  atOnce: number;
  /** Pages of a stale channel, whose row is given as it stands by then. */
  showAgain: (walk: Walk, channel: Channel) => ArtifactPages;
  /** How old edits and deletions are looked for, where the source tells nobody of them. */
  slice?: HistorySlice<Channel, Walk>;
}

export type WalkOf<Channel, Walk> = (channel: Channel) => Promise<Walk> | Walk;

/** `runId` tells whether a full sync has begun anew; `history` is how far the slice of old messages has come; `rendering`, how they are shown. */
const cursorSchema = z.object({
  runId: z.string(),
  history: historyPlaceSchema.nullish().catch(null),
  rendering: z.number().catch(1),
});

export function chatStream<Channel extends StoredChannel, Walk>(
  { account, runId, mode }: Pick<SyncContext, "account" | "runId" | "mode">,
  chat: ChatReading<Channel, Walk>,
): Stream<RenderedArtifact> {
  return artifactStream("messages", async function* ({ db, cursor }) {
    const { tables, slice, rendering = 1 } = chat;
    const before = cursorSchema.safeParse(cursor).data;
    let history = before?.history ?? null;
    const marked = (page: Page<RenderedArtifact>): Page<RenderedArtifact> => ({
      ...page,
      cursor: { runId, rendering, at: page.cursor, history: history === null ? null : { ...history } },
      // A full sync reads everything, so the day's slice of history is read with it.
      ...(mode === "full" && slice ? { watermark: { runId, rendering, history: doneToday() } } : {}),
    });
    if (before !== undefined && before.rendering !== rendering) {
      const held = await tables.messages.counts(db, account);
      const shown = (await tables.channels(db, account)).filter(
        (row) => held.has(row.id) && !chat.leaves(row),
      );
      const ids = shown.map(({ id }) => id);
      const save = (tx: Db) => tables.change(tx, account, ids, { stale: true });
      yield marked({ items: [], cursor: "another look", save });
    }
    if (mode === "full" && before?.runId !== runId)
      yield marked({ items: [], cursor: "begin", save: chat.forget });
    const walkOf = await chat.walks(db);
    const whileOpen = untilItEnds(chat);
    for await (const page of channelsInTurn(db, account, chat, walkOf, whileOpen)) yield marked(page);
    if (mode === "full" || slice === undefined) return;
    const held = await tables.messages.counts(db, account);
    const place = placeOfToday(history, held, slice.pageSize);
    history = place;
    const complete = (await tables.channels(db, account)).filter(
      (row) => held.has(row.id) && slice.isComplete(row),
    );
    const again = async function* (channel: Channel): ArtifactPages {
      const walk = await walkOf(channel);
      yield* whileOpen(channel.id, walk, slice.readAgain(walk, place));
    };
    for await (const page of historyPages(complete, place, again)) yield marked(page);
  });
}

/** What leaves, then what is read, then what only looks different because names changed. */
async function* channelsInTurn<Channel extends StoredChannel, Walk>(
  db: Db,
  account: string,
  { tables, leaves, leave, open, passes, atOnce, showAgain }: ChatReading<Channel, Walk>,
  walkOf: WalkOf<Channel, Walk>,
  whileOpen: WhileOpen<Walk>,
): ArtifactPages {
  const all = await tables.channels(db, account);
  const held = await tables.messages.counts(db, account);
  for (const channel of all.filter(leaves))
    if (held.has(channel.id) || channel.access === "gone")
      yield await leave(await walkOf(channel), channel.access);
  const walks = new Map<string, Walk>();
  for (const channel of open(all)) walks.set(channel.id, await walkOf(channel));
  for (const read of passes) {
    const channels = [...walks].map(
      ([id, walk]) =>
        () =>
          whileOpen(id, walk, read(walk)),
    );
    yield* sideBySide(channels, atOnce);
  }
  for (const channel of await tables.channels(db, account))
    if (channel.stale) yield* showAgain(await walkOf(channel), channel);
}

type WhileOpen<Walk> = (id: string, walk: Walk, pages: ArtifactPages) => ArtifactPages;

/** Pages of channels; an error that is one channel's own ends that one, of which nothing more is asked then. */
function untilItEnds<Channel extends StoredChannel, Walk>({
  endOf,
  leave,
}: ChatReading<Channel, Walk>): WhileOpen<Walk> {
  const ended = new Set<string>();
  return async function* (id, walk, pages) {
    if (ended.has(id)) return;
    try {
      yield* pages;
    } catch (error) {
      const end = endOf(walk, error);
      if (end === undefined) throw error;
      ended.add(id);
      yield typeof end === "string" ? await leave(walk, end) : end;
    }
  };
}

/** How a channel that the source no longer shows is to leave; undefined for errors that say nothing of the kind. */
export function accessAfter(error: unknown): "refused" | "gone" | undefined {
  if (error instanceof ForbiddenError) return "refused";
  return error instanceof MissingError ? "gone" : undefined;
}
