/** The stream of a workspace's pages, rows of databases included. */
import type { JsonValue } from "@/core/models/artifact";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";
import type { NotionApi } from "../api/notion-api";
import { replaceLinks } from "../db/links";
import { removePages, saveReadPages } from "../db/queries";
import type { NotionOptions } from "../models/options";
import { type Listing, type Place, placeSchema, type Progress, type Step } from "./listing";
import { askForMissingPages, askForMissingSources } from "./missing";
import { completeHeads, type PageItem, propertyTexts, renderPage } from "./page-item";
import { queryRows } from "./query-rows";
import { listUnread } from "./list-unread";
import { readListed, refreshHeads } from "./read-pages";
import { searchDataSources, searchPages, searchTrash, searchTrashedSources } from "./search";
import { readUsers } from "./users";

/** Notion rounds times to the minute, and its search lags behind. */
const OVERLAP_MS = 10 * 60_000;

const fullSteps = [
  searchDataSources,
  askForMissingSources,
  queryRows,
  searchPages,
  askForMissingPages,
  readListed,
  refreshHeads,
];
const updateSteps = [
  searchTrashedSources,
  searchTrash,
  searchDataSources,
  queryRows,
  searchPages,
  listUnread,
  readListed,
  refreshHeads,
];

export function pagesStream(api: NotionApi, options: NotionOptions, progress: Progress): Stream<PageItem> {
  return {
    name: "pages",
    enumerates: ["full"],
    // One page that cannot be read says nothing about the next.
    failureLimit: 0.5,
    key: (item) => item.row.pageId,
    version: (item) => `${item.mark}|${item.headHash}`,
    async *pages(request) {
      progress.unfinished = true;
      const run = await openListing(api, options, request);
      yield* listedPages(run, request.mode === "full" ? fullSteps : updateSteps);
      progress.unfinished = false;
    },
    prepare: completeHeads,
    render: renderPage,
    save: async (tx, items, { account }) => {
      await saveReadPages(tx, account, items.map(readPage));
      const fetched = items.filter((item) => item.fetched !== undefined);
      const ids = fetched.map(({ row }) => row.pageId);
      const links = fetched.flatMap(({ row, fetched: content }) =>
        (content?.links ?? []).map(({ id, kind, contains }) => ({
          account,
          fromId: row.pageId,
          toId: id,
          kind,
          contains,
        })),
      );
      await replaceLinks(tx, account, ids, links);
    },
    remove: (tx, keys, { account }) => removePages(tx, account, keys),
  };
}

function readPage(item: PageItem) {
  const { row, breadcrumb, headHash, mark, fetched, longProperties } = item;
  const content =
    fetched === undefined
      ? {}
      : {
          body: fetched.body,
          bodyMark: mark,
          readAt: item.listing.startedAt,
        };
  return {
    pageId: row.pageId,
    breadcrumb: breadcrumb.join(" / "),
    headHash,
    properties: propertyTexts(item),
    ...(longProperties === undefined ? {} : { longProperties }),
    ...content,
  };
}

interface Run {
  listing: Listing;
  place: Place | null;
  mark: Watermark;
}

/** Goes on with a listing that was left off, or begins one. */
async function openListing(api: NotionApi, options: NotionOptions, request: PageRequest): Promise<Run> {
  const { cursor, context, db, mode } = request;
  const stored = placeSchema.safeParse(cursor);
  const place = stored.success ? stored.data : null;
  const now = await api.now();
  const startedAt = place?.startedAt ?? now.toISOString();
  const mark = Watermark.of(place?.mark ?? null, new Date(startedAt));
  const listing: Listing = {
    id: place?.listing ?? context.runId,
    api,
    db,
    context,
    options,
    since: place !== null ? place.since : mode === "full" ? null : Watermark.since(cursor, OVERLAP_MS),
    startedAt,
    saw: (time) => mark.see(time),
    users: await readUsers(api, db, context.account),
    comments: { given: false, refused: 0 },
  };
  return { listing, place, mark };
}

async function* listedPages(
  { listing, place, mark }: Run,
  steps: readonly Step[],
): AsyncGenerator<Page<PageItem>> {
  const from = Math.max(
    0,
    steps.findIndex(({ name }) => name === place?.step),
  );
  const { id, startedAt, since } = listing;
  const cursorAt = (step: Step, at: JsonValue): Place => ({
    listing: id,
    startedAt,
    since,
    mark: mark.toJSON(),
    step: step.name,
    at,
  });
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    for await (const { at, items = [], ...notices } of step.run(
      listing,
      index === from ? (place?.at ?? null) : null,
    )) {
      yield { items, cursor: cursorAt(step, at), ...notices };
    }
  }
  // From here the next incremental sync sets out.
  const watermark = nextWatermark(mark, since, startedAt);
  yield { items: [], cursor: watermark, watermark };
}

/** A listing that saw nothing new leaves the next one where this one began. */
function nextWatermark(mark: Watermark, since: string | null, startedAt: string): JsonValue {
  const { cap, largest } = mark.toJSON();
  if (largest !== null) return { cap, largest };
  const before = since === null ? startedAt : new Date(Date.parse(since) + OVERLAP_MS).toISOString();
  return { cap, largest: before };
}
