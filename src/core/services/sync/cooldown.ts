import { and, between, count, desc, eq, min } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { RateLimitedError } from "@/core/models/errors";
import { HOUR_MS } from "@/lib/time";
import { CLOCK_SLACK_MS } from "./lease";

/** Full syncs of one account that may be asked for within an hour, over HTTP and MCP together. */
const FULL_SYNCS_AN_HOUR = 30;

/**
 * Keeps somebody with a token, or an agent that follows a text's orders, from reading a source whole over and over: that
 * costs the provider's limits, and what a model takes for changed items. Schedules and the command line are not asked.
 * Accounts count one by one: each has its own limits, and a source may have more of them than may be asked for of one.
 *
 * @throws RateLimitedError when there were too many full syncs of `account`, or of any where none is named.
 */
export async function refuseRestless(
  db: Db,
  { integration, account }: { integration: string; account?: string | undefined },
  now: number = Date.now(),
): Promise<void> {
  const since = new Date(now - HOUR_MS).toISOString();
  // What a clock that was far ahead has dated says nothing of the last hour.
  const until = new Date(now + CLOCK_SLACK_MS).toISOString();
  const [row] = await db
    .select({ count: count(), first: min(syncRun.createdAt) })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.integration, integration),
        account === undefined ? undefined : eq(syncRun.account, account),
        eq(syncRun.mode, "full"),
        between(syncRun.createdAt, since, until),
      ),
    )
    .groupBy(syncRun.account)
    .orderBy(desc(count()))
    .limit(1);
  if (row === undefined || row.count < FULL_SYNCS_AN_HOUR) return;
  throw new RateLimitedError(
    `${integration} was read whole ${row.count} times within an hour.`,
    new Date(Date.parse(row.first ?? since) + HOUR_MS),
    { action: "Read what changed with an incremental sync, or wait." },
  );
}
