/**
 * One page: compare with what is stored, render what is new or changed, then commit everything in one transaction
 * together with the cursor. What a killed process had not committed is simply read again.
 */
import { storedItems, type StoredItem } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { nextTurn } from "@/lib/next-turn";
import { commitPage, type PagePlan } from "./commit-page";
import { at } from "./failpoint";
import { isOutdated, newestByKey } from "./newest";
import { noticeKeys } from "./page-keys";
import { renderAll } from "./render-items";
import type { PageCounts } from "./run-counts";
import type { Page, Stream } from "./stream";

/** Applies one page. Throws what stops the sync; item failures are recorded and do not. */
export async function applyPage<Item>(
  db: Db,
  context: SyncContext,
  stream: Stream<Item>,
  page: Page<Item>,
  plan: PagePlan,
): Promise<PageCounts> {
  const streamKey = { integration: context.integration, account: context.account, stream: stream.name };
  const items = newestByKey(stream, page.items);
  const noticed = noticeKeys(page);
  const stored = await storedItems(db, streamKey, [...items.keys(), ...noticed]);
  const now = new Date().toISOString();
  const changed = [...items].filter(
    ([key, item]) =>
      needsReading(stored.get(key), stream.version(item), now) && !isOutdated(stream, item, stored.get(key)),
  );
  const { rendered, failures, lost } = await renderAll(context, stream, changed);
  const known = new Set(changed.map(([key]) => key));
  const stillFailing = [...items.keys()].filter(
    (key) => !known.has(key) && stored.get(key)?.state === "failed",
  );
  const work = {
    streamKey,
    stored,
    rendered,
    failures: [...(page.failures ?? []).map((notice) => ({ ...notice, version: "" })), ...failures],
    lost,
    seen: [...items.keys(), ...noticed],
    quiet: items.size - changed.length - stillFailing.length,
    stillFailing: stillFailing.length,
  };
  await at(context, "page rendered");
  // Until here and from here on a page takes some milliseconds each: others get their turn in between.
  await nextTurn();
  return db.transaction((tx) => commitPage(tx, context, stream, page, work, plan));
}

function needsReading(stored: StoredItem | undefined, version: string, now: string): boolean {
  if (stored === undefined || stored.version !== version) return true;
  if (stored.state === "live" || stored.state === "skipped") return false;
  return stored.nextAttemptAt === null || stored.nextAttemptAt <= now;
}
