/** From a page of Gong's answer to a page of the stream: what is left out, and which transcripts are needed. */
import type { SyncMode } from "@/core/models/sync";
import type { Db } from "@/core/models/database";
import { ItemError } from "@/core/models/errors";
import type { ItemNotice, PendingNotice } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import type { GongApi } from "../api";
import { knownCalls } from "../db/queries";
import { type Call, type CallItem, callSchema, type Monologue, startOf } from "../models/models";
import { DAY_MS } from "./window";

/** How long a call may wait for its transcript: after that there will be none. */
const TRANSCRIPT_WITHIN_MS = 14 * DAY_MS;

export interface ItemsRequest {
  db: Db;
  account: string;
  api: GongApi;
  mode: SyncMode;
  includePrivate: boolean;
  /** Calls that were asked for their transcript in vain by this sync; more are added. */
  inVain: Set<string>;
}

export interface ItemsPage {
  items: CallItem[];
  skipped: ItemNotice[];
  failures: ItemNotice[];
  /** Calls among the items whose transcript may still come. */
  pending: PendingNotice[];
  /** Set when an entry had no id, so that it cannot be told which call it is of. */
  incomplete?: string;
}

/**
 * @param at the time by Gong's clock.
 */
export async function toItems(
  entries: readonly unknown[],
  at: Date,
  request: ItemsRequest,
): Promise<ItemsPage> {
  const calls = entries.flatMap((entry) => callSchema.safeParse(entry).data ?? []);
  const nameless = entries.length - calls.length;
  const skipped = calls.flatMap((call) => leftOut(call, at, request.includePrivate));
  const out = new Set(skipped.map(({ key }) => key));
  const taken = calls.filter((call) => !out.has(call.metaData.id));
  const { items, failures } = await withTranscripts(taken, request);
  return {
    items,
    skipped,
    failures,
    pending: items
      .filter((item) => mayGetTranscript(item, at))
      .map(({ id }) => ({ key: id, reason: AWAITED })),
    ...(nameless === 0
      ? {}
      : {
          incomplete: `Gong listed ${nameless} calls in a shape that is not known here; they were passed over.`,
        }),
  };
}

const AWAITED = "Gong has no transcript of this call yet.";

function mayGetTranscript({ call, transcriptHash }: CallItem, at: Date): boolean {
  const began = Date.parse(startOf(call) ?? "");
  return transcriptHash === null && at.getTime() - began < TRANSCRIPT_WITHIN_MS;
}

function leftOut(call: Call, at: Date, includePrivate: boolean): ItemNotice[] {
  const { metaData } = call;
  const key = metaData.id;
  if (metaData.isPrivate === true && !includePrivate) return [{ key, reason: "The call is private." }];
  const starts = startOf(call);
  if (starts !== undefined && starts > at.toISOString() && (metaData.duration ?? 0) === 0)
    return [{ key, reason: "The call has not taken place yet." }];
  return [];
}

/** A transcript is read for calls that are new or changed, and for those that had none; in a full sync for all. */
async function withTranscripts(
  calls: readonly Call[],
  { db, account, api, mode, inVain }: ItemsRequest,
): Promise<{ items: CallItem[]; failures: ItemNotice[] }> {
  const ids = calls.map((call) => call.metaData.id);
  const known = await knownCalls(db, account, ids);
  const items: CallItem[] = calls.map((call) => {
    const { id } = call.metaData;
    const detailsHash = hashJson(lasting(call));
    const before = known.get(id);
    const stays = mode === "incremental" && before?.detailsHash === detailsHash;
    return {
      id,
      call,
      detailsHash,
      transcript: undefined,
      transcriptHash: stays ? before.transcriptHash : null,
    };
  });
  const wanted = items.filter((item) => item.transcriptHash === null);
  const transcripts = await api.transcripts(wanted.map(({ id }) => id).filter((id) => !inVain.has(id)));
  const failures: ItemNotice[] = [];
  for (const item of wanted) {
    const found = transcripts.get(item.id) ?? [];
    if (found === "too large") failures.push({ key: item.id, reason: tooLarge(item.id) });
    else setTranscript(item, found);
    if (item.transcriptHash === null) inVain.add(item.id);
  }
  const failed = new Set(failures.map(({ key }) => key));
  return { items: items.filter(({ id }) => !failed.has(id)), failures };
}

/** Notes on an item what was said. */
function setTranscript(item: CallItem, found: readonly Monologue[]): void {
  item.transcript = found.filter(({ sentences }) => sentences.length > 0);
  item.transcriptHash = item.transcript.length === 0 ? null : hashJson(item.transcript);
}

/** The item with its transcript, read now where the listing left it out. @throws ItemError when it is too large. */
export async function withOwnTranscript(item: CallItem, api: GongApi): Promise<CallItem> {
  if (item.transcript !== undefined) return item;
  const found = (await api.transcripts([item.id])).get(item.id) ?? [];
  if (found === "too large") throw new ItemError(tooLarge(item.id));
  setTranscript(item, found);
  return item;
}

function tooLarge(id: string): string {
  return `The transcript of call ${id} is too large to be read.`;
}

/** Everything of a call but links that are made anew each time it is asked for. */
function lasting({ media: _links, ...call }: Call): unknown {
  return call;
}
