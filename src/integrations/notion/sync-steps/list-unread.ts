/** What an update's listings leave out because it is old, though it is to be read. */
import { relistPages, unreadPages } from "../db/queries";
import type { Step } from "./listing";
import { Tree } from "./tree";

/**
 * Pages that are known and were not read as they are now: those that came below the chosen pages with what holds them,
 * and those that failed.
 */
export const listUnread: Step = {
  name: "unread pages",
  async *run(listing) {
    const { db, context, options, id } = listing;
    const unread = await unreadPages(db, context.account, id);
    if (unread.length === 0) return;
    const tree = await Tree.load(db, context.account);
    const roots = new Set(options.roots);
    const wanted = unread.filter(
      ({ pageId, lastEditedTime }) =>
        lastEditedTime >= (options.since ?? "") && (roots.size === 0 || tree.isUnder(pageId, roots)),
    );
    await relistPages(
      db,
      context.account,
      wanted.map(({ pageId }) => pageId),
      id,
    );
    yield { at: null };
  },
};
