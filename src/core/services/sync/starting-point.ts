import { forgetSeen, readCheckpoint, type StreamKey } from "@/core/db/queries/sync-state";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { checkpointMode, enumeratesIn } from "./checkpoint-mode";
import { askForFullPass } from "./full-pass";
import { restartCounts } from "./run-counts";
import type { Stream } from "./stream";

/** A listing left off longer ago than this starts over: too much may have changed behind its cursor. */
const RESUME_WITHIN_MS = 3_600_000;

/** In plain words, for the row that tells why the next sync reads everything. */
const LEFT_OFF = "The first full sync was left off before its end.";

export interface StartingPoint {
  cursor: JsonValue | null;
  /** What an earlier part of this listing left: it goes on with both. */
  watermark: JsonValue | null;
  incomplete: string | null;
}

const fromTheStart: StartingPoint = { cursor: null, watermark: null, incomplete: null };

/** Where a run reads a stream from; "done" when there is nothing left to read in it. */
export async function startingPoint<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  key: StreamKey,
): Promise<StartingPoint | "done"> {
  const checkpoint = await readCheckpoint(db, key, checkpointMode(stream, context.mode));
  const enumerates = enumeratesIn(stream, context.mode);
  if (checkpoint === undefined) {
    if (!enumerates) await askWhereFullWasLeftOff(db, context, stream, key);
    return fromTheStart;
  }
  const { cursor, watermark, incomplete } = checkpoint;
  if (stream.lane === "own") return checkpoint.done ? "done" : { cursor, watermark, incomplete };
  if (checkpoint.runId === context.runId) {
    if (checkpoint.done) return "done";
    const fresh = Date.now() - Date.parse(checkpoint.updatedAt) < RESUME_WITHIN_MS;
    if (!enumerates || (fresh && stream.resume !== "restart")) return { cursor, watermark, incomplete };
    await forgetSeen(db, context.runId, stream.name);
    await restartCounts(db, context.runId);
    return fromTheStart;
  }
  return enumerates ? fromTheStart : { cursor, watermark: null, incomplete: null };
}

/**
 * The first full listing was left off, so that nothing says where changes begin: this sync reads everything without
 * looking for deletions. What the other one brought and is gone since, only one more full sync takes out.
 */
async function askWhereFullWasLeftOff<Item>(
  db: Db,
  { integration, account }: SyncContext,
  { lane, enumerates }: Stream<Item>,
  key: StreamKey,
): Promise<void> {
  if (lane === "own" || !enumerates.includes("full")) return;
  const full = await readCheckpoint(db, key, "full");
  if (full?.done === false) await askForFullPass(db, { integration, account }, LEFT_OFF);
}
