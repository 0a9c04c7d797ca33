/** Reads one channel, page by page: what is new and young from the top, what lies behind further down. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { ForbiddenError } from "@/core/services/http/errors";
import { type ArtifactPages, leavingPage } from "@/core/services/conversations/channel-pages";
import { accessAfter } from "@/core/services/conversations/chat-stream";
import type { Page } from "@/core/services/sync/stream";
import { type ChannelRow, chat } from "../db/queries";
import { HIGHEST, shifted } from "../models/timestamp";
import { BEGINNING, keyOf, messagePage, type Reading } from "./message-page";
import { threadPages } from "./thread-pages";

export interface Walk extends Reading {
  runId: string;
  /** So far back from the newest message everything is read again, in microseconds. */
  reread: number;
}

/** What an error says of the channel that was read. */
export function endOf({ channel }: Walk, error: unknown): string | Page<RenderedArtifact> | undefined {
  const why = error instanceof ForbiddenError ? error.detail : undefined;
  if (why === "is_archived") return archivedPage(channel);
  // The next listing says whether the app was invited again.
  return why === "not_in_channel" ? "not joined" : accessAfter(error);
}

/** What was posted since the last time, and again what is young. The first time: the newest page. */
export async function* readRecent(walk: Walk): ArtifactPages {
  const { api, channel, runId, floor } = walk;
  const { newestRead, backTo } = channel;
  // A sync that was stopped has read what is new of some channels already, but maybe not all that answers it.
  if (channel.readInRun === runId) {
    yield* threadPages(walk);
    return;
  }
  if (newestRead === null || backTo === null) {
    yield* readDownward(walk, HIGHEST);
    return;
  }
  const bounds = [
    shifted(newestRead, -walk.reread),
    backTo === BEGINNING ? floor : shifted(backTo, -1),
    floor,
  ];
  const oldest = bounds.toSorted().at(-1) ?? floor;
  let top = newestRead;
  for (let latest = HIGHEST; ;) {
    const { messages, has_more, is_limited } = await api.history(channel.id, { oldest, latest });
    const lowest = messages.at(-1)?.ts ?? latest;
    top = [top, messages[0]?.ts ?? top].toSorted().at(-1) ?? top;
    // What a plan hides is not deleted.
    const from = has_more === true || is_limited === true ? lowest : shifted(oldest, 1);
    const range = { from, to: shifted(latest, -1) };
    const fields = has_more === true ? {} : { newestRead: top, readInRun: runId };
    yield await messagePage(walk, messages, range, fields, { runId, channel: channel.id, latest });
    if (has_more !== true) break;
    latest = lowest;
  }
  Object.assign(channel, { newestRead: top, readInRun: runId });
  yield* threadPages(walk);
}

/** Older messages, down to the beginning or to the floor. */
export async function* readOlder(walk: Walk): ArtifactPages {
  const { channel } = walk;
  while (channel.backTo !== null && channel.backTo !== BEGINNING) yield* readDownward(walk, channel.backTo);
}

/** One page below `latest`, and the threads that begin on it. */
async function* readDownward(walk: Walk, latest: string): ArtifactPages {
  const { api, channel, runId, floor } = walk;
  const { messages, has_more, is_limited } = await api.history(channel.id, { oldest: floor, latest });
  const lowest = messages.at(-1)?.ts ?? latest;
  const first = channel.newestRead === null ? { newestRead: messages[0]?.ts ?? floor, readInRun: runId } : {};
  const fields = { ...first, backTo: has_more === true ? lowest : BEGINNING };
  const from = has_more === true || is_limited === true ? lowest : BEGINNING;
  const provisional = channel.backTo === null && has_more === true;
  const after = { ...walk, channel: { ...channel, backTo: provisional ? null : fields.backTo } };
  yield await messagePage(after, messages, { from, to: shifted(latest, -1) }, fields, {
    runId,
    channel: channel.id,
    latest,
  });
  Object.assign(channel, fields);
  yield* threadPages(walk);
}

export function farewellPage({ db, channel }: Reading, access: string): Promise<Page<RenderedArtifact>> {
  return leavingPage({ db, key: keyOf(channel), tables: chat }, access);
}

/** A channel that can no longer be read, and no longer changes: what is known of it stays. */
function archivedPage({ account, id }: ChannelRow): Page<RenderedArtifact> {
  const access = "archived";
  return {
    items: [],
    cursor: { channel: id, access },
    save: (tx) => chat.change(tx, account, [id], { access }),
  };
}
