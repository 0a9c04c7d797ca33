/**
 * Sources of which incremental syncs cannot see everything (old deletions, edits that the source does not date) say when
 * a full one is due. It needs no schedule of its own: the next scheduled incremental sync becomes a full one.
 */
import { and, eq, gte } from "drizzle-orm";
import { z } from "zod";
import { readSetting } from "@/core/db/queries/settings";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { lastFullKey, type Source } from "@/core/services/sync/full-pass";
import { parseTimer } from "./timer";

/** A full sync that was due and did not end well is tried again after this time, in milliseconds; incremental ones go on. */
const AGAIN_MS = 6 * 3_600_000;

const timeSchema = z.iso.datetime();

/** When the account's regular full sync is due: `now` or before where none has ended yet. Undefined: it has none. */
export async function fullSyncDueAt(
  db: Db,
  config: Pick<IntegrationConfig, "integration" | "fullSyncAt">,
  account: string,
): Promise<Date | undefined> {
  if (config.fullSyncAt === undefined) return undefined;
  const last = await lastFullSync(db, { integration: config.integration, account });
  return last === undefined ? new Date(0) : parseTimer(config.fullSyncAt).next(last);
}

/** Why the account's next scheduled sync is to read everything, in plain words, if its regular full sync is due. */
export async function whyFullNow(
  db: Db,
  config: Pick<IntegrationConfig, "integration" | "fullSyncAt">,
  account: string,
  now: Date,
): Promise<string | undefined> {
  const due = await fullSyncDueAt(db, config, account);
  if (due === undefined || config.fullSyncAt === undefined || due > now) return undefined;
  if (await triedSince(db, config.integration, account, new Date(now.getTime() - AGAIN_MS))) return undefined;
  const { integration } = config;
  return due.getTime() === 0
    ? `${integration} has to be read as a whole now and then, and has not been yet.`
    : `${integration} is read as a whole now and then: ${config.fullSyncAt}.`;
}

/**
 * When the account was last read as a whole. Kept by itself: runs are cleared away, and one that succeeded may have had
 * to leave something out.
 */
async function lastFullSync(db: Db, source: Source): Promise<Date | undefined> {
  const last = timeSchema.safeParse(await readSetting(db, lastFullKey(source))).data;
  return last === undefined ? undefined : new Date(last);
}

async function triedSince(db: Db, integration: string, account: string, since: Date): Promise<boolean> {
  const [run] = await db
    .select({ id: syncRun.id })
    .from(syncRun)
    .where(and(ofAccount({ integration, account }), gte(syncRun.createdAt, since.toISOString())))
    .limit(1);
  return run !== undefined;
}

/** The account's full syncs. */
function ofAccount({ integration, account }: Source) {
  return and(eq(syncRun.integration, integration), eq(syncRun.account, account), eq(syncRun.mode, "full"));
}
