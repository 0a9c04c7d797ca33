/** Rows of every data source, past the ten thousand that Notion lists of one query, by windows of creation time. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { MissingError, RequestRefusedError, unlessRefused } from "@/core/services/http/errors";
import { dataSourcesAfter, hasEarlierRows, saveListedPages } from "../db/queries";
import { isPage } from "../models/objects";
import type { Listing, Step, StepPage } from "./listing";
import { pageRow } from "./rows";

const withinSchema = z.object({
  /** Rows created from then on are asked for. */
  createdFrom: z.string().nullable(),
  cursor: z.string().nullable(),
});
type Within = z.infer<typeof withinSchema>;

const placeSchema = z.object({
  /** The data source before the one under way. */
  after: z.string(),
  /** All rows are asked for, also by an update: none was met before, and what was shared lately may be old. */
  whole: z.boolean().optional(),
  within: withinSchema.optional(),
});

export const queryRows: Step = { name: "rows", run: rowsOfAll };

async function* rowsOfAll(listing: Listing, at: JsonValue | null): AsyncGenerator<StepPage> {
  const { db, context } = listing;
  let { after, whole, within } = placeSchema.safeParse(at).data ?? { after: "" };
  for (;;) {
    const [source] = await dataSourcesAfter(db, context.account, after, 1);
    if (source === undefined) return;
    const id = source.dataSourceId;
    whole ??= !(await hasEarlierRows(db, context.account, id, listing.id));
    for await (const page of rowsOfOne(whole ? { ...listing, since: null } : listing, id, 0, within))
      yield { ...page, at: { after, whole, within: page.at } };
    [after, whole, within] = [id, undefined, undefined];
    yield { at: { after } };
  }
}

type RowsPage = Omit<StepPage, "at"> & { at: Within };

/** Rows of one data source, page by page, saved as they come. */
export async function* rowsOfOne(
  listing: Listing,
  dataSourceId: string,
  round: number,
  within: Within = { createdFrom: null, cursor: null },
): AsyncGenerator<RowsPage> {
  let { createdFrom, cursor } = within;
  for (;;) {
    const answer = await ask(listing, dataSourceId, createdFrom, cursor);
    if (answer === undefined) return;
    const pages = answer.results.filter(isPage).filter((page) => !page.in_trash);
    const met = { account: listing.context.account, listing: listing.id, round };
    await saveListedPages(
      listing.db,
      pages.map((page) => pageRow(page, met)),
    );
    for (const page of pages) listing.saw(page.last_edited_time);
    cursor = answer.next_cursor ?? null;
    if (cursor !== null) {
      yield { at: { createdFrom, cursor } };
      continue;
    }
    if (answer.request_status?.type !== "incomplete") return;
    const last = pages.at(-1)?.created_time ?? createdFrom;
    if (last === null || last === createdFrom) {
      const incomplete = "A database has more than 10,000 rows of one minute, of which Notion lists no more.";
      yield { at: { createdFrom, cursor }, incomplete };
      return;
    }
    createdFrom = last;
    yield { at: { createdFrom, cursor } };
  }
}

/** Undefined for a data source that is gone, closed, or of a kind that cannot be asked: the next full sync decides. */
async function ask({ api, since }: Listing, id: string, createdFrom: string | null, cursor: string | null) {
  const filters = [
    ...(since === null ? [] : [{ timestamp: "last_edited_time", last_edited_time: { on_or_after: since } }]),
    ...(createdFrom === null
      ? []
      : [{ timestamp: "created_time", created_time: { on_or_after: createdFrom } }]),
  ];
  const filter = filters.length > 1 ? { and: filters } : filters[0];
  const answer = await unlessRefused(api.query(id, filter, cursor), MissingError, RequestRefusedError);
  return answer?.data;
}
