/** Steps that ask Notion's search: everything there is, or what went into the trash. It is no promise of being complete. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { MissingError, unlessRefused } from "@/core/services/http/errors";
import {
  dataSourcesByIds,
  listedPages,
  removeDataSources,
  removePages,
  saveDataSources,
  saveListedPages,
} from "../db/queries";
import { plainId } from "../markdown/context";
import { type Found, isDataSource, isPage } from "../models/objects";
import type { Listing, Step, StepPage } from "./listing";
import { dataSourceRow, pageRow, saysTheSame } from "./rows";
import { Tree } from "./tree";

type Kind = "page" | "data_source";
type Take = (results: readonly Found[]) => Promise<Partial<StepPage>>;

/** Pages of the workspace, rows of databases among them. */
export const searchPages: Step = {
  name: "pages",
  run: (listing, at) =>
    found(listing, at, "page", async (results) => {
      const { db, context, since } = listing;
      const met = { account: context.account, listing: listing.id, round: 0 };
      const rows = results
        .filter(isPage)
        .filter(isKept)
        .map((page) => pageRow(page, met));
      const known = await listedPages(
        db,
        context.account,
        oldIn(since, rows, ({ pageId }) => pageId),
      );
      const stored = new Map(known.map((row) => [row.pageId, row]));
      await saveListedPages(
        db,
        rows.filter((row) => isNews(row, stored.get(row.pageId))),
      );
      return {};
    }),
};

/** Data sources: the tables behind databases. */
export const searchDataSources: Step = {
  name: "data sources",
  run: (listing, at) =>
    found(listing, at, "data_source", async (results) => {
      const { db, context, since } = listing;
      const met = { account: context.account, listing: listing.id };
      const rows = results
        .filter(isDataSource)
        .filter(isKept)
        .map((source) => dataSourceRow(source, met));
      const old = oldIn(since, rows, ({ dataSourceId }) => dataSourceId);
      const known = await dataSourcesByIds(db, context.account, old);
      const stored = new Map(known.map((row) => [row.dataSourceId, row]));
      await saveDataSources(
        db,
        rows.filter((row) => isNews(row, stored.get(row.dataSourceId))),
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

const placeSchema = z.object({ oldestFirst: z.boolean(), cursor: z.string().nullable() });

/**
 * A listing of what search knows, latest edit first: what is edited meanwhile moves to where the listing has been, and
 * pushes nothing out of its sight. One that Notion cuts off at its limit is gone through from the other end as well.
 * Of the trash only what was edited since the last sync is asked for; all else to its end, since what was shared or
 * restored lately may bear an old date.
 */
async function* found(
  listing: Listing,
  at: JsonValue | null,
  object: Kind,
  take: Take,
  inTrash = false,
): AsyncGenerator<StepPage> {
  const { api, since } = listing;
  let place = placeSchema.safeParse(at).data ?? { oldestFirst: false, cursor: null };
  for (;;) {
    const { data } = await api.search({ object, inTrash, ...place });
    for (const result of data.results) listing.saw(editedAt(result) ?? "");
    const step = await take(data.results);
    const isOld = inTrash && data.results.some((result) => isBefore(since, result));
    const cursor = isOld ? null : (data.next_cursor ?? null);
    const isCut = cursor === null && !isOld && data.request_status?.type === "incomplete";
    const turns = isCut && !place.oldestFirst;
    place = { oldestFirst: place.oldestFirst || turns, cursor };
    yield { at: place, ...step };
    if (cursor === null && !turns) return;
  }
}

const editedAt = (result: Found) =>
  isPage(result) || isDataSource(result) ? result.last_edited_time : undefined;

const isBefore = (since: string | null, result: Found) =>
  since !== null && (editedAt(result) ?? since) < since;

const isKept = ({ in_trash: inTrash }: { in_trash: boolean }) => !inTrash;

/** Ids of an update's results that were edited before it begins: most are known as they are. */
function oldIn<Row extends { lastEditedTime: string }>(
  since: string | null,
  rows: readonly Row[],
  idOf: (row: Row) => string,
): string[] {
  return since === null ? [] : rows.filter((row) => row.lastEditedTime < since).map(idOf);
}

/**
 * What is old may be news all the same: shared lately, moved, or a formula, rollup or option that reads differently,
 * none of which bears a new time. What search still knows of an earlier edit is none.
 */
function isNews(row: Told, stored: Told | undefined): boolean {
  if (stored === undefined) return true;
  return row.lastEditedTime >= stored.lastEditedTime && !saysTheSame(row, stored);
}

type Told = Readonly<Record<string, unknown>> & { lastEditedTime: string };

/**
 * What is in the trash, and what lay below it: Notion does not date the trashing of that, so it is asked for, one by
 * one. Nothing is asked for what is not known, or no longer.
 */
async function takeOut(listing: Listing, results: readonly Found[]): Promise<Partial<StepPage>> {
  const { db, context } = listing;
  const tree = await Tree.load(db, context.account);
  const trashed = results.map(({ id }) => plainId(id)).filter((id) => tree.nodeOf(id) !== undefined);
  const gone = new Set(trashed);
  const isSource = (id: string) => tree.nodeOf(id)?.databaseId !== undefined;
  for (const id of tree.below(new Set(trashed))) {
    if (!gone.has(id) && (await isGone(listing, id, isSource(id)))) gone.add(id);
  }
  const sources = [...gone].filter(isSource);
  const pages = [...gone].filter((id) => !isSource(id));
  return {
    removed: pages.map((key) => ({ key, state: "gone" as const })),
    // With the artifacts, or not at all: what has no row is not looked for in the trash again.
    save: async (tx) => {
      await removeDataSources(tx, context.account, sources);
      await removePages(tx, context.account, pages);
    },
  };
}

async function isGone({ api }: Listing, id: string, isSource: boolean): Promise<boolean> {
  const there = await unlessRefused<{ in_trash: boolean }>(
    isSource ? api.dataSource(id) : api.page(id),
    MissingError,
  );
  return there === undefined || there.in_trash;
}
