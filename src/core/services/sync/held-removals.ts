/**
 * Removals that wait for a person. Remembered apart from runs: a later sync that looks for no deletions ends well, and
 * must not pass for their end. A complete listing of the same stream that holds none is.
 */
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { HELD_REMOVALS } from "@/core/db/queries/runs";
import type { StreamKey } from "@/core/db/queries/sync-state";
import { readSetting, removeSetting, saveSetting } from "@/core/db/queries/settings";
import { setting } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { stableId } from "@/lib/hash";
import type { Source } from "./full-pass";

const heldSchema = z.object({ stream: z.string(), runId: z.string(), reason: z.string() });
type Held = z.infer<typeof heldSchema>;

const keyOf = ({ integration, account }: Source) => `${HELD_REMOVALS}${stableId(integration, account)}`;

/** Remembers what a run held; `reason` in plain words. */
export async function keepHeld(tx: Db, source: Source, held: Held): Promise<void> {
  await saveSetting(tx, keyOf(source), held);
}

/** Why removals of the account wait, when they do. */
export async function heldReason(db: Db, source: Source): Promise<string | undefined> {
  return heldSchema.safeParse(await readSetting(db, keyOf(source))).data?.reason;
}

/** The stream was listed as a whole, and nothing was held. */
export async function heldNoMore(db: Db, key: StreamKey): Promise<void> {
  const ofStream = sql`json_extract(${setting.value}, '$.stream') = ${key.stream}`;
  await db.delete(setting).where(and(eq(setting.key, keyOf(key)), ofStream));
}

/** Everything of the account was listed, or is gone. */
export async function forgetHeld(tx: Db, source: Source): Promise<void> {
  await removeSetting(tx, keyOf(source));
}
