/** From a page of Gong's answer to a page of the stream: what is left out, and which transcripts are needed. */
import type { SyncMode } from "@/core/models/sync";
import type { Db } from "@/core/models/database";
import { ItemError } from "@/core/models/errors";
import type { ItemNotice, PendingNotice } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { DAY_MS } from "@/lib/time";
import type { GongApi } from "../api";
import { knownCalls } from "../db/queries";
import { type Call, type CallItem, callSchema, startOf } from "../models/models";

/** How long a call may wait for its transcript: after that there will be none. */
const TRANSCRIPT_WITHIN_MS = 14 * DAY_MS;

export interface ItemsRequest {
  db: Db;
  account: string;
  api: GongApi;
  mode: SyncMode;
  includePrivate: boolean;
  /** Ids of the chosen workspaces; empty: all. */
  workspaces: readonly string[];
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
  const skipped = calls.flatMap((call) => leftOut(call, at, request));
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

function leftOut(
  call: Call,
  at: Date,
  { includePrivate, workspaces }: Pick<ItemsRequest, "includePrivate" | "workspaces">,
): ItemNotice[] {
  const { metaData } = call;
  const key = metaData.id;
  if (metaData.isPrivate === true && !includePrivate) return [{ key, reason: "The call is private." }];
  if (isElsewhere(call, workspaces))
    return [{ key, reason: "The call is in a workspace that was not chosen." }];
  const starts = startOf(call);
  if (starts !== undefined && starts > at.toISOString() && (metaData.duration ?? 0) === 0)
    return [{ key, reason: "The call has not taken place yet." }];
  return [];
}

/** Whether a call was moved, or asked for by its id, out of the workspaces that were chosen. */
export function isElsewhere({ metaData: { workspaceId } }: Call, chosen: readonly string[]): boolean {
  return chosen.length > 0 && !!workspaceId && !chosen.includes(workspaceId);
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
  const lacking = items.filter((item) => item.transcriptHash === null);
  await readTranscripts(lacking, api, inVain);
  for (const item of lacking) if (item.transcriptHash === null) inVain.add(item.id);
  const failed = lacking.filter(({ transcript }) => transcript === undefined);
  return {
    items: items.filter((item) => !failed.includes(item)),
    failures: failed.map(({ id }) => ({ key: id, reason: tooLarge(id) })),
  };
}

/** Reads what was said where the listing left it out, for all at once. */
export function completeTranscripts(items: readonly CallItem[], api: GongApi): Promise<void> {
  return readTranscripts(
    items.filter(({ transcript }) => transcript === undefined),
    api,
  );
}

/** Notes on items what was said; those that are too large stay without. */
async function readTranscripts(
  items: readonly CallItem[],
  api: GongApi,
  inVain: ReadonlySet<string> = new Set(),
): Promise<void> {
  const found = await api.transcripts(items.map(({ id }) => id).filter((id) => !inVain.has(id)));
  for (const item of items) {
    const said = found.get(item.id) ?? [];
    if (said === "too large") continue;
    item.transcript = said.filter(({ sentences }) => sentences.length > 0);
    item.transcriptHash = item.transcript.length === 0 ? null : hashJson(item.transcript);
  }
}

/** @throws ItemError for a call whose transcript is too large. */
export function assertTranscript({ id, transcript }: CallItem): void {
  if (transcript === undefined) throw new ItemError(tooLarge(id));
}

function tooLarge(id: string): string {
  return `The transcript of call ${id} is too large to be read.`;
}

/** Everything of a call but links that are made anew each time it is asked for. */
function lasting({ media: _links, ...call }: Call): unknown {
  return call;
}
