/** Reads the pages that the listing met, then those that they led to, round by round. */
import { z } from "zod";
import { batches } from "@/lib/batches";
import { type PageRow, pagesByIds, readPagesAfter, roundOf } from "../db/queries";
import { discover } from "./discover";
import type { Listing, Step, StepPage } from "./listing";
import { type PageItem, toItem } from "./page-item";
import { hasLeftScope, OUTSIDE, placeInScope } from "./scope";
import { Tree } from "./tree";

const BATCH = 40;
/** Rounds of following links; pages that are further away are met by the next sync. */
const MOST_ROUNDS = 20;

const placeSchema = z.object({ round: z.number(), inBlocks: z.boolean(), afterId: z.string() });
type Place = z.infer<typeof placeSchema>;

const beginningOf = (round: number): Place => ({ round, inBlocks: false, afterId: "" });

export const readListed: Step = {
  name: "content",
  async *run(listing, at): AsyncGenerator<StepPage> {
    const stored = placeSchema.safeParse(at);
    let place = stored.success ? stored.data : beginningOf(0);
    for (; place.round < MOST_ROUNDS; place = beginningOf(place.round + 1)) {
      const found = place.round === 0 || (await discover(listing, place.round));
      let pages = 0;
      for await (const page of readRound(listing, place)) {
        pages++;
        yield page;
      }
      // A listing that was begun again may meet pages of later rounds that are known by now.
      if (!found && pages === 0) return;
    }
  },
};

/**
 * Pages of a round, each when its place is known if that can be: first what the listings place by themselves, then what
 * stands in blocks of pages that were read, step by step, and last what stands in none that may be seen.
 */
async function* readRound(listing: Listing, from: Place): AsyncGenerator<StepPage> {
  const { db, context, startedAt } = listing;
  const { round } = from;
  const tree = await Tree.load(db, context.account);
  const pages = await roundOf(db, context.account, listing.id, round);
  const isPlaced = ({ pageId }: { pageId: string }) => !tree.isInBlock(pageId);
  if (!from.inBlocks) {
    const ids = pages.filter(isPlaced).map(({ pageId }) => pageId);
    const left = ids.filter((id) => id > from.afterId);
    yield* readIds(listing, tree, left, (afterId) => ({ round, inBlocks: false, afterId }));
  }
  // Where this was left off depends on what had been read by then, so all that was not read since is looked at again.
  let left = pages.filter((page) => !isPlaced(page) && page.readAt !== startedAt).map(({ pageId }) => pageId);
  while (left.length > 0) {
    const known = left.filter((id) => !tree.isAdrift(id));
    const next = known.length > 0 ? known : left;
    yield* readIds(listing, tree, next, (afterId) => ({ round, inBlocks: true, afterId }));
    const done = new Set(next);
    left = left.filter((id) => !done.has(id));
  }
}

async function* readIds(
  listing: Listing,
  tree: Tree,
  ids: readonly string[],
  placeAfter: (id: string) => Place,
): AsyncGenerator<StepPage> {
  for (const some of batches(ids, BATCH)) {
    const rows = await pagesByIds(listing.db, listing.context.account, some);
    const page = await pageOf(listing, rows, tree);
    yield { at: placeAfter(some.at(-1) ?? ""), ...page };
    // What was read by now says where others stand.
    for (const { row, fetched } of page.items)
      for (const { id, contains } of fetched?.links ?? []) if (contains) tree.place(id, row.pageId);
  }
}

async function pageOf(listing: Listing, rows: readonly PageRow[], tree: Tree) {
  const items: PageItem[] = [];
  const skipped: { key: string; reason: string }[] = [];
  for (const row of rows) {
    const outside = await placeInScope(listing, row, tree);
    if (outside === undefined) items.push(toItem(row, tree, listing));
    else skipped.push({ key: row.pageId, reason: outside });
  }
  return { items, skipped };
}

const HEADS = 500;

/**
 * Writes pages again whose title, place or properties read differently by now, without asking for their content. Those
 * that are no longer below the chosen pages are left out.
 */
export const refreshHeads: Step = {
  name: "headings",
  async *run(listing, at): AsyncGenerator<StepPage> {
    const { db, context } = listing;
    const tree = await Tree.load(db, context.account);
    let after = typeof at === "string" ? at : "";
    for (;;) {
      const rows = await readPagesAfter(db, context.account, after, HEADS);
      if (rows.length === 0) return;
      after = rows.at(-1)?.pageId ?? after;
      const left = rows.filter((row) => hasLeftScope(listing, row, tree));
      const items = rows
        .filter((row) => !left.includes(row))
        .map((row) => withStoredBody(toItem(row, tree, listing)));
      yield {
        at: after,
        items: items.filter((item) => item.headHash !== item.row.headHash),
        skipped: left.map(({ pageId }) => ({ key: pageId, reason: OUTSIDE })),
      };
    }
  },
};

function withStoredBody(item: PageItem): PageItem {
  return { ...item, read: false, mark: item.row.bodyMark ?? "" };
}
