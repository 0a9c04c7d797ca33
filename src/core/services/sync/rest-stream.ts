/**
 * A stream of a plain REST or GraphQL listing, declared: where it is, how it pages, what an item is, and how the
 * listing is narrowed to what changed. What it does not fit is written as a `Stream` by hand.
 */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { HttpClient, JsonRequest, QueryValue } from "@/core/models/http";
import { RequestRefusedError } from "@/core/services/http/errors";
import { nextLink } from "@/core/services/http/link-header";
import { hashJson } from "@/lib/hash";
import { type OwnRows, keptRows } from "./kept-rows";
import { arrangedPages } from "./arranged-pages";
import type { Page, PageRequest, Stream } from "./stream";
import { Watermark } from "./watermark";

type Query = Readonly<Record<string, QueryValue>>;

/**
 * How a listing goes on after a page. `next` gives undefined, null or "" after the last one. By `page` or `offset` a page of
 * fewer items than `size` is the last: give what the provider really sends on a full page, which may be less than asked for.
 */
export type Paging =
  | { kind: "cursor"; parameter: string; next: (body: unknown) => string | null | undefined }
  | { kind: "page" | "offset"; parameter: string; /** Items on a full page. */ size: number }
  | { kind: "link" }
  | {
      kind: "graphql";
      query: string;
      /** Beside `after`; a function where the filter of an incremental sync is more than one variable. */
      variables?: Record<string, JsonValue> | ((since: string | null) => Record<string, JsonValue>);
      next: (body: unknown) => string | null | undefined;
    }
  | { kind: "none" };

export interface RestListing<Item> {
  name: string;
  /**
   * Raised when the same item is rendered differently from now on, so that each is written again once, with the next
   * listing that holds it. Without one, what does not change at the source keeps its old look.
   */
  rendering?: number;
  http: HttpClient;
  url: string;
  /** A function of the time since which changes are asked for, where a filter is more than that time alone. */
  query?: Query | ((since: string | null) => Query);
  /** Asked by POST with this body, which says itself where the listing goes on; `place` is null at its start. */
  json?: (asked: { since: string | null; place: string | null }) => JsonValue;
  paging: Paging;
  /** The entries of an answer; throw nothing, give [] for none. */
  items: (body: unknown) => readonly unknown[];
  /** Ask for ids only, and be loose about the rest: an entry that does not fit makes the listing incomplete. */
  item: z.ZodType<Item>;
  key: (item: Item) => string;
  /** ISO time of an item's last change, where the provider says; with `changedSince` it drives incremental syncs. */
  updatedAt?: (item: Item) => string | undefined;
  /**
   * Query field (or GraphQL variable) by which the provider gives only what changed since a time, deletions aside; no
   * parameter where `query`, `json` or GraphQL `variables` are made from the time.
   */
  changedSince?: {
    parameter?: string;
    /** Granularity and lag of the provider's filter. */ overlapMs: number;
  };
  /**
   * Asked once the listing has ended, before anything is taken for deleted: throws when the key is not known any more,
   * for providers that show a visitor's listing to whoever brings an unknown key.
   */
  prove?: () => Promise<void>;
  /** Says of an entry that it is deleted or out of sight. */
  removed?: (item: Item) => "gone" | "hidden" | undefined;
  /**
   * For items that are told by those around them, such as pages in a tree: the listing is read to its end first, then
   * this gives each item what it lacks. Not together with `changedSince`; an interrupted sync lists anew.
   */
  arrange?: (items: readonly Item[]) => readonly Item[] | Promise<readonly Item[]>;
  prepare?: Stream<Item>["prepare"];
  render: Stream<Item>["render"];
  /** One row an item in a table of the source's own, kept in step by itself; `save` and `remove` for anything else. */
  rows?: OwnRows<Item>;
  save?: Stream<Item>["save"];
  remove?: Stream<Item>["remove"];
}

const placeSchema = z.object({
  place: z.string(),
  since: z.string().nullable(),
  mark: z.json(),
  /** The sync that came so far. */
  runId: z.string().optional(),
});
const stateSchema = z.object({ mark: z.json() });

/** How providers say that they no longer know where a listing was to go on. */
const EXPIRED = /(?:cursor|page ?token).*(?:expired|invalid)|(?:expired|invalid).*(?:cursor|page ?token)/i;

export function restStream<Item>(listing: RestListing<Item>): Stream<Item> {
  const { name, key, prepare, render, changedSince, arrange } = listing;
  const kept = listing.rows === undefined ? undefined : keptRows(listing.rows);
  const { save = kept?.save, remove = kept?.remove } = listing;
  return {
    name,
    enumerates: changedSince === undefined ? ["full", "incremental"] : ["full"],
    key,
    version: (item) => marked(listing.rendering, hashJson(item)),
    pages: (request) =>
      arrange === undefined
        ? pagesOf(listing, request)
        : arrangedPages(pagesOf(listing, { ...request, cursor: null }), arrange),
    render,
    ...(arrange === undefined ? {} : { resume: "restart" }),
    ...(prepare === undefined ? {} : { prepare }),
    ...(save === undefined ? {} : { save }),
    ...(remove === undefined ? {} : { remove }),
  };
}

const marked = (rendering: number | undefined, hash: string) =>
  rendering === undefined ? hash : `${rendering}:${hash}`;

async function* pagesOf<Item>(listing: RestListing<Item>, request: PageRequest): AsyncGenerator<Page<Item>> {
  const { runId, signal } = request.context;
  const left = placeSchema.safeParse(request.cursor).data;
  const since = left === undefined ? sinceOf(listing, request) : left.since;
  // What a sync left off that failed for good begins again: what changed since may stand before its place.
  const inside = left?.runId === runId ? left : undefined;
  let place = inside?.place ?? "";
  let mark: Watermark | undefined;
  for (;;) {
    const { data, headers } = await ask(listing, place, since, signal);
    mark ??= Watermark.of(inside?.mark ?? null, new Date(headers.get("date") ?? Date.now()));
    const page = readPage(listing, data.entries);
    for (const item of page.all) mark.see(listing.updatedAt?.(item));
    const next = nextPlace(listing, data, headers, place);
    if (next === undefined) await listing.prove?.();
    const state = stateOf(mark, request.cursor);
    yield {
      items: page.items,
      removed: page.removed,
      ...(page.unknown === 0
        ? {}
        : { incomplete: `${page.unknown} entries have a shape that is not known here.` }),
      cursor: next === undefined ? state : { place: next, since, mark: mark.toJSON(), runId },
      watermark: state,
    };
    if (next === undefined) return;
    place = next;
  }
}

/** Where the next incremental sync starts; a listing that saw nothing dated moves nothing. */
function stateOf(mark: Watermark, before: JsonValue | null): JsonValue {
  const seen = mark.toJSON();
  return seen.largest === null && stateSchema.safeParse(before).success ? before : { mark: seen };
}

function sinceOf<Item>({ changedSince }: RestListing<Item>, { mode, cursor }: PageRequest): string | null {
  const state = stateSchema.safeParse(cursor).data;
  if (mode === "full" || changedSince === undefined || state === undefined) return null;
  return Watermark.since(state.mark, changedSince.overlapMs);
}

/** What a listing reads in an answer. */
interface Answer {
  entries: readonly unknown[];
  next: string | undefined;
}

/** The listing's own reading of an answer as a schema, so that one of another shape is told like any other such answer. */
function answerSchema<Item>({ items, paging }: RestListing<Item>): z.ZodType<Answer> {
  return z.unknown().transform((body) => ({
    entries: items(body),
    next: "next" in paging ? paging.next(body) || undefined : undefined,
  }));
}

async function ask<Item>(
  listing: RestListing<Item>,
  place: string,
  since: string | null,
  signal: AbortSignal,
) {
  try {
    return await listing.http.request({ ...requestOf(listing, place, since), signal });
  } catch (error) {
    if (!(error instanceof RequestRefusedError) || !EXPIRED.test(error.detail)) throw error;
    throw new CursorExpiredError("The source has forgotten where its listing was to go on.", {
      cause: error,
    });
  }
}

function requestOf<Item>(
  listing: RestListing<Item>,
  place: string,
  since: string | null,
): JsonRequest<Answer> {
  const { url, query, json, paging, changedSince } = listing;
  const narrowed =
    since === null || changedSince?.parameter === undefined ? {} : { [changedSince.parameter]: since };
  const base = { expect: "json" as const, schema: answerSchema(listing) };
  if (paging.kind === "graphql") {
    const own = typeof paging.variables === "function" ? paging.variables(since) : paging.variables;
    const variables = { ...own, ...narrowed, after: place === "" ? null : place };
    return { ...base, method: "POST", url, json: { query: paging.query, variables } };
  }
  if (paging.kind === "link" && place !== "") return { ...base, url: place };
  const own = typeof query === "function" ? query(since) : query;
  if (json !== undefined)
    return { ...base, method: "POST", url, query: { ...own }, json: json({ since, place: place || null }) };
  const at = place === "" || !("parameter" in paging) ? {} : { [paging.parameter]: place };
  return { ...base, url, query: { ...own, ...narrowed, ...at } };
}

function nextPlace<Item>(
  { url, paging }: RestListing<Item>,
  { entries, next: following }: Answer,
  headers: Headers,
  place: string,
): string | undefined {
  if (paging.kind === "none") return undefined;
  if (paging.kind === "link") {
    const next = nextLink(headers.get("link"), place === "" ? url : place);
    if (next !== undefined && new URL(next).origin !== new URL(url).origin) throw leadsElsewhere();
    return next;
  }
  if (paging.kind === "cursor" || paging.kind === "graphql") return following;
  if (entries.length < paging.size) return undefined;
  const already = Number(place || "0");
  return paging.kind === "page" ? String(Number(place || "1") + 1) : String(already + entries.length);
}

function readPage<Item>(listing: RestListing<Item>, entries: readonly unknown[]) {
  const all = entries.flatMap((entry) => {
    const parsed = listing.item.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  const states = all.map((item) => ({ item, key: listing.key(item), state: listing.removed?.(item) }));
  return {
    all,
    items: states.flatMap(({ item, state }) => (state === undefined ? [item] : [])),
    removed: states.flatMap(({ key, state }) => (state === undefined ? [] : [{ key, state }])),
    unknown: entries.length - all.length,
  };
}

/** Such a link would take the credential along; and to end there would let all that follows pass for deleted. */
function leadsElsewhere(): PermanentError {
  return new PermanentError("The listing goes on at another origin, which is not followed.", {
    action: "Check the source's address. What was read is kept, and nothing was removed.",
  });
}
