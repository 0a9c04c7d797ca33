/** Steps that ask Notion's search: everything, or what was edited last. It is no promise of being complete. */
import { removeDataSources, removePages, saveDataSources, saveListedPages } from "../db/queries";
import { plainId } from "../markdown/context";
import { type Found, isDataSource, isPage } from "../models/objects";
import type { Listing, Step, StepPage } from "./listing";
import { orMissing } from "./missing";
import { dataSourceRow, pageRow } from "./rows";
import { Tree } from "./tree";

/** Pages of the workspace, rows of databases among them. */
export const searchPages: Step = {
  name: "pages",
  run: (listing, at) =>
    found(listing, at, "page", async (results) => {
      const met = { account: listing.context.account, listing: listing.id, round: 0 };
      const pages = results.filter(isPage).filter((page) => !page.in_trash);
      await saveListedPages(
        listing.db,
        pages.map((page) => pageRow(page, met)),
      );
      return {};
    }),
};

/** Data sources: the tables behind databases. */
export const searchDataSources: Step = {
  name: "data sources",
  run: (listing, at) =>
    found(listing, at, "data_source", async (results) => {
      const met = { account: listing.context.account, listing: listing.id };
      const sources = results.filter(isDataSource).filter((source) => !source.in_trash);
      await saveDataSources(
        listing.db,
        sources.map((source) => dataSourceRow(source, met)),
      );
      return {};
    }),
};

/** What went into the trash since the last sync. */
export const searchTrash: Step = {
  name: "trash",
  run: (listing, at) => found(listing, at, "page", (results) => takeOut(listing, results), true),
};

export const searchTrashedSources: Step = {
  name: "trashed data sources",
  run: (listing, at) => found(listing, at, "data_source", (results) => takeOut(listing, results), true),
};

async function* found(
  listing: Listing,
  at: unknown,
  object: "page" | "data_source",
  take: (results: readonly Found[]) => Promise<Partial<StepPage>>,
  inTrash = false,
): AsyncGenerator<StepPage> {
  const { api, since } = listing;
  let cursor = typeof at === "string" ? at : undefined;
  for (;;) {
    const { data } = await api.search({ object, inTrash, newestFirst: since !== null, cursor });
    // Newest first, so the first that is older ends the listing.
    const edited = (result: Found) =>
      isPage(result) || isDataSource(result) ? result.last_edited_time : undefined;
    const old = since !== null && data.results.some((result) => (edited(result) ?? since) < since);
    for (const result of data.results) listing.saw(edited(result) ?? "");
    const step = await take(data.results);
    const next = old ? null : (data.next_cursor ?? null);
    yield { at: next, ...step };
    if (next === null) return;
    cursor = next;
  }
}

/**
 * What is in the trash, and what lay below it: Notion does not date the trashing of that, so it is asked for, one by
 * one. Nothing is asked for what is not known, or no longer.
 */
async function takeOut(listing: Listing, results: readonly Found[]): Promise<Partial<StepPage>> {
  const { db, context } = listing;
  const tree = await Tree.load(db, context.account);
  const trashed = results.map(({ id }) => plainId(id)).filter((id) => tree.nodeOf(id) !== undefined);
  const gone = new Set(trashed);
  for (const id of trashed.flatMap((top) => tree.below(top))) {
    if (!gone.has(id) && (await isGone(listing, id, tree.nodeOf(id)?.databaseId !== undefined))) gone.add(id);
  }
  const sources = [...gone].filter((id) => tree.nodeOf(id)?.databaseId !== undefined);
  const pages = [...gone].filter((id) => !sources.includes(id));
  await removeDataSources(db, context.account, sources);
  await removePages(db, context.account, pages);
  return { removed: pages.map((key) => ({ key, state: "gone" as const })) };
}

async function isGone({ api }: Listing, id: string, isSource: boolean): Promise<boolean> {
  const there = isSource ? await orMissing(api.dataSource(id)) : await orMissing(api.page(id));
  return there === undefined || there.in_trash;
}
