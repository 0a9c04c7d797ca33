import { and, eq, gt, isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Insights } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { type ArtifactRow, readArtifacts, storeInsights } from "./artifact-rows";
import { insightsOf } from "./insights-of";

export interface ParseStepOptions {
  account?: string | undefined;
  log?: Logger | undefined;
  signal?: AbortSignal | undefined;
}

/** Ids read at once; the scan for waiting artifacts is repeated only once a page. */
const PAGE = 5_000;
/** Artifacts read, distilled and written at once: some milliseconds, then others get their turn. */
const BATCH = 25;

interface Counts {
  parsed: number;
  failed: number;
}

/**
 * Gives key points, questions and entities to every live artifact whose content changed since it last had them.
 * Works offline; insights that the source provided take the place of extracted ones. Nothing waiting, nothing
 * written. An artifact that fails is logged, counted and tried again by the next call; one that changes meanwhile
 * is left waiting.
 *
 * @throws the signal's reason when it is aborted; what is done until then stays.
 */
export async function parseStep(
  integration: string,
  db: Db,
  options: ParseStepOptions = {},
): Promise<Counts> {
  const counts = { parsed: 0, failed: 0 };
  for (let after = ""; ;) {
    const ids = await waitingIds(integration, db, options.account, after);
    for (let start = 0; start < ids.length; start += BATCH) {
      options.signal?.throwIfAborted();
      await parseBatch(db, ids.slice(start, start + BATCH), options.log, counts);
      await new Promise(setImmediate);
    }
    if (ids.length < PAGE) return counts;
    after = ids.at(-1) ?? after;
  }
}

async function waitingIds(
  integration: string,
  db: Db,
  account: string | undefined,
  after: string,
): Promise<string[]> {
  const rows = await db
    .select({ id: mdArtifacts.id })
    .from(mdArtifacts)
    .where(
      and(
        eq(mdArtifacts.integration, integration),
        account === undefined ? undefined : eq(mdArtifacts.account, account),
        isNull(mdArtifacts.deletedAt),
        isNull(mdArtifacts.insightHash),
        gt(mdArtifacts.id, after),
      ),
    )
    .orderBy(mdArtifacts.id)
    .limit(PAGE);
  return rows.map((row) => row.id);
}

async function parseBatch(
  db: Db,
  ids: readonly string[],
  log: Logger | undefined,
  counts: Counts,
): Promise<void> {
  const done: { row: ArtifactRow; insights: Insights; state: "offline" | "provided" }[] = [];
  for (const row of await readArtifacts(db, ids, (id, error) => fail(log, counts, id, error))) {
    try {
      done.push({ row, ...insightsOf(row) });
    } catch (error) {
      fail(log, counts, row.id, error);
    }
  }
  if (done.length === 0) return;
  counts.parsed += await db.transaction(async (tx) => {
    let stored = 0;
    for (const { row, insights, state } of done) if (await storeInsights(tx, row, insights, state)) stored++;
    return stored;
  });
}

function fail(log: Logger | undefined, counts: Counts, artifactId: string, error: unknown): void {
  counts.failed++;
  log?.warn("An artifact got no key points, questions and entities. The next sync tries it again.", {
    artifactId,
    error: messageOf(error),
  });
}
