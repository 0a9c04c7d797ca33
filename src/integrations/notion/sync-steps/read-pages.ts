/** Reads the pages that the listing met, then those that they led to, round by round. */
import { z } from "zod";
import { type PageRow, pagesOfRound, readPagesAfter } from "../db/queries";
import { discover } from "./discover";
import type { Listing, Step, StepPage } from "./listing";
import { type PageItem, toItem } from "./page-item";
import { placeInScope } from "./scope";
import { Tree } from "./tree";

const BATCH = 40;
/** Rounds of following links; pages that are further away are met by the next sync. */
const MOST_ROUNDS = 20;

const placeSchema = z.object({ round: z.number(), afterBlocks: z.number(), afterId: z.string() });

export const readListed: Step = {
  name: "content",
  async *run(listing, at): AsyncGenerator<StepPage> {
    const stored = placeSchema.safeParse(at);
    let place = stored.success ? stored.data : { round: 0, afterBlocks: 0, afterId: "" };
    for (; place.round < MOST_ROUNDS; place = { round: place.round + 1, afterBlocks: 0, afterId: "" }) {
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

async function* readRound(listing: Listing, from: z.infer<typeof placeSchema>): AsyncGenerator<StepPage> {
  const { db, context } = listing;
  let place = from;
  let tree = await Tree.load(db, context.account);
  for (;;) {
    const rows = await pagesOfRound(db, context.account, { listing: listing.id, limit: BATCH, ...place });
    const last = rows.at(-1);
    if (last === undefined) return;
    // What was read just before says where pages in blocks stand.
    if (last.parentType === "block_id") tree = await Tree.load(db, context.account);
    place = { ...place, afterBlocks: last.parentType === "block_id" ? 1 : 0, afterId: last.pageId };
    yield { at: place, ...(await pageOf(listing, rows, tree)) };
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

/** Writes pages again whose title, place or properties read differently by now, without asking for their content. */
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
      const items = rows.map((row) => withStoredBody(toItem(row, tree, listing)));
      yield { at: after, items: items.filter((item) => item.headHash !== item.row.headHash) };
    }
  },
};

function withStoredBody(item: PageItem): PageItem {
  return { ...item, read: false, mark: item.row.bodyMark ?? "" };
}
