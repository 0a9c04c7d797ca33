/** Walks a listing to its end, and says so plainly when it has none. */
import { PermanentError } from "@/core/models/errors";
import { hashJson } from "@/lib/hash";
import { nextLink } from "./link-header";

export interface PagedItems<Item, Cursor> {
  items: readonly Item[];
  /** Where the listing goes on after this page; null after the last one. */
  cursor: Cursor | null;
}

export interface PageLimits {
  /** Empty pages in a row that are still believed. Default 50. */
  emptyPages?: number;
  /** Pages in all. Default 1,000,000. */
  pages?: number;
}

interface Fetched<Item, Cursor> {
  items: readonly Item[];
  /** Undefined, null or "" at the end. */
  next: Cursor | null | undefined;
}

/** Listing by a cursor that each page gives for the next one. */
export function cursorPages<Item>(options: {
  start: string | null;
  fetch: (cursor: string | null) => Promise<Fetched<Item, string>>;
  limits?: PageLimits;
}): AsyncGenerator<PagedItems<Item, string>> {
  return follow(options.start, options.fetch, options.limits);
}

/** Listing by page number. `more`: there is a page after this one. */
export function numberedPages<Item>(options: {
  /** Default 1. */
  start?: number;
  fetch: (page: number) => Promise<{ items: readonly Item[]; more: boolean }>;
  limits?: PageLimits;
}): AsyncGenerator<PagedItems<Item, number>> {
  const fetchPage = async (page: number) => {
    const { items, more } = await options.fetch(page);
    return { items, next: more ? page + 1 : null };
  };
  return follow(options.start ?? 1, refusingRepeats(fetchPage), options.limits);
}

/** Listing by offset. `more`: there are items after these. */
export function offsetPages<Item>(options: {
  /** Default 0. */
  start?: number;
  fetch: (offset: number) => Promise<{ items: readonly Item[]; more: boolean }>;
  limits?: PageLimits;
}): AsyncGenerator<PagedItems<Item, number>> {
  const fetchPage = async (offset: number) => {
    const { items, more } = await options.fetch(offset);
    return { items, next: more ? offset + items.length : null };
  };
  return follow(options.start ?? 0, refusingRepeats(fetchPage), options.limits);
}

/** Listing by `Link: <…>; rel="next"`. Links to another origin are refused: the credential stays where it belongs. */
export function linkPages<Item>(options: {
  start: string;
  fetch: (url: string) => Promise<{ items: readonly Item[]; link: string | null }>;
  limits?: PageLimits;
}): AsyncGenerator<PagedItems<Item, string>> {
  const fetchPage = async (url: string) => {
    const { items, link } = await options.fetch(url);
    const next = nextLink(link, url);
    if (next !== undefined && new URL(next).origin !== new URL(options.start).origin) {
      throw new PermanentError("The listing goes on at another origin, which is not followed.");
    }
    return { items, next };
  };
  return follow(options.start, fetchPage, options.limits);
}

/** All items of a listing that fits into memory, such as a site's spaces or a workspace's people. */
export async function allOf<Item>(pages: AsyncIterable<PagedItems<Item, unknown>>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const { items } of pages) all.push(...items);
  return all;
}

/** @throws PermanentError when the listing goes round in a circle or does not end. */
async function* follow<Item, Cursor extends string | number | null>(
  start: Cursor,
  fetchPage: (cursor: Cursor) => Promise<Fetched<Item, NonNullable<Cursor>>>,
  { emptyPages = 50, pages = 1_000_000 }: PageLimits = {},
): AsyncGenerator<PagedItems<Item, NonNullable<Cursor>>> {
  let cursor = start;
  let empty = 0;
  // Brent's way to find a circle of any length with one remembered cursor.
  let remembered: Cursor = start;
  for (let page = 1, lap = 1; ; page++) {
    const { items, next } = await fetchPage(cursor);
    const more = next !== undefined && next !== null && next !== "";
    if (more && (next === cursor || next === remembered))
      throw stuck("the next page is one that was read before");
    yield { items, cursor: more ? next : null };
    if (!more) return;
    empty = items.length === 0 ? empty + 1 : 0;
    if (empty > emptyPages) throw stuck(`${empty} empty pages in a row, and still no end`);
    if (page >= pages) throw stuck(`no end after ${page} pages`);
    if (page === lap) {
      remembered = next;
      lap *= 2;
    }
    cursor = next;
  }
}

/** A source that ignores the page number gives the same page for ever. */
function refusingRepeats<Item>(
  fetchPage: (at: number) => Promise<Fetched<Item, number>>,
): (at: number) => Promise<Fetched<Item, number>> {
  let previous = "";
  return async (at) => {
    const page = await fetchPage(at);
    const hash = page.items.length === 0 ? "" : hashJson(page.items);
    if (hash !== "" && hash === previous) throw stuck("two pages in a row hold the same items");
    previous = hash;
    return page;
  };
}

function stuck(why: string): PermanentError {
  return new PermanentError(`Pagination is stuck: ${why}.`, {
    action: "What was read is kept. The source's API may be at fault; the next sync tries again.",
  });
}
