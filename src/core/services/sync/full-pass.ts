/** Why an account's next sync must read everything, whatever is asked for: what changed since is not to be had. */
import { and, eq, inArray, isNotNull, max } from "drizzle-orm";
import { z } from "zod";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { readSetting, removeSetting, saveSetting } from "@/core/db/queries/settings";
import { setting, syncCheckpoint } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";
import { stableId } from "@/lib/hash";
import { DAY_MS } from "@/lib/time";
import { forgetHeld } from "./held-removals";

export interface Source {
  integration: string;
  account: string;
}

/** Earlier versions noted the reason alone, mostly where an account was connected anew. */
const askedSchema = z.union([
  z.object({ reason: z.string(), anew: z.boolean() }),
  z.string().transform((reason) => ({ reason, anew: true })),
]);
const keyOf = (source: Source) => `fullSync.${stableId(source.integration, source.account)}`;

/**
 * Makes the account's next sync a full one; `reason` in plain words. Holds until a full sync has ended well; what it was
 * asked for first stays its reason.
 */
export async function askForFullPass(db: Db, source: Source, reason: string): Promise<void> {
  const value = { reason, anew: false };
  await db
    .insert(setting)
    .values({ key: keyOf(source), value })
    .onConflictDoNothing();
}

/** The same, because the account was connected anew and may lead somewhere else at its source. */
export async function askBecauseAnew(db: Db, source: Source, reason: string): Promise<void> {
  await saveSetting(db, keyOf(source), { reason, anew: true });
}

/** Under which the time of an account's last full sync is kept: its run may be cleared away before the next one. */
export const lastFullKey = (source: Source) =>
  `fullSync.last.${stableId(source.integration, source.account)}`;

/**
 * A full sync of the account has ended well: nobody waits for one any more. One that had to leave out a part of a
 * listing has looked for no deletions there, so it changes nothing: whoever waited for it waits on.
 */
export async function fullPassEnded(
  tx: Db,
  source: Source,
  runId: string,
  now: Date = new Date(),
): Promise<void> {
  if (await leftSomethingOut(tx, source, runId)) return;
  await removeSetting(tx, keyOf(source));
  await forgetHeld(tx, source);
  await saveSetting(tx, lastFullKey(source), now.toISOString());
}

/** Whether a listing of this run was incomplete. */
async function leftSomethingOut(tx: Db, { integration, account }: Source, runId: string): Promise<boolean> {
  const incomplete = and(
    eq(syncCheckpoint.integration, integration),
    eq(syncCheckpoint.account, account),
    eq(syncCheckpoint.mode, "full"),
    eq(syncCheckpoint.runId, runId),
    isNotNull(syncCheckpoint.incomplete),
  );
  return (await tx.$count(syncCheckpoint, incomplete)) > 0;
}

/** Everything of the account is removed: what was said of its full syncs as well. */
export async function forgetFullPasses(db: Db, source: Source): Promise<void> {
  await db.delete(setting).where(inArray(setting.key, [keyOf(source), lastFullKey(source)]));
}

/** Why this account's next sync must be a full one, if it must: it was asked for, or changes have been forgotten. */
export async function whyFull(
  db: Db,
  integration: Pick<Integration, "config" | "keepsChangesForDays">,
  account: string,
  now: Date = new Date(),
): Promise<string | undefined> {
  const source = { integration: integration.config.integration, account };
  return (await asked(db, source))?.reason ?? forgotten(db, integration.keepsChangesForDays, source, now);
}

/** Why the account was connected anew, when it was and no full sync has ended well since. */
export async function connectedAnew(db: Db, source: Source): Promise<string | undefined> {
  const found = await asked(db, source);
  return found?.anew === true ? found.reason : undefined;
}

async function asked(db: Db, source: Source): Promise<z.infer<typeof askedSchema> | undefined> {
  return askedSchema.safeParse(await readSetting(db, keyOf(source))).data;
}

async function forgotten(
  db: Db,
  days: number | undefined,
  { integration, account }: Source,
  now: Date,
): Promise<string | undefined> {
  if (days === undefined) return undefined;
  const ofAccount = and(eq(syncCheckpoint.integration, integration), eq(syncCheckpoint.account, account));
  const [row] = await db
    .select({ last: max(syncCheckpoint.updatedAt) })
    .from(syncCheckpoint)
    .where(ofAccount);
  const last = Date.parse(row?.last ?? "");
  if (Number.isNaN(last) || now.getTime() - last <= days * DAY_MS) return undefined;
  const silent = Math.floor((now.getTime() - last) / DAY_MS);
  return `Nothing was read for ${silent} days, and the source keeps its changes for ${days}.`;
}

/** Says in a row why a run reads everything although less was asked for. */
export async function noteFullPass(db: Db, runId: string, source: Source, reason: string): Promise<void> {
  await upsertSyncTask(db, {
    id: stableId("full pass", runId),
    runId,
    ...source,
    step: "full-pass",
    status: "SUCCESS",
    error: `${reason} A full sync reads everything instead.`,
  });
}
