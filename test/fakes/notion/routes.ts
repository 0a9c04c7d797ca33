/** Answers of a fake workspace, one function an endpoint. */
import { z } from "zod";
import { pageOfListing } from "./cursors";
import { type Reply, invalid, invalidCursor, invalidUrl, notFound, restricted } from "./errors";
import { blockReply, childrenReply } from "./blocks";
import { pageMarkdown, restBlockId, restMarkdown } from "./markdown";
import { propertyReply } from "./property-items";
import { databaseObject, dataSourceObject, pageObject, userObject } from "./objects";
import { type FakePage, isSourceTrashed, isTrashed, minute, plain, type State } from "./state";

export interface Settings {
  /** Rows that one query lists at most. */
  queryLimit: number;
  /** Objects that one search lists at most. */
  searchLimit: number;
  /** What the connection may do, beside reading pages. */
  capabilities: { comments: boolean; users: boolean; content: boolean };
  generation: number;
  /** The fake's clock. */
  now: () => number;
}

export interface Ask {
  method: string;
  url: URL;
  body: unknown;
}

const pageArguments = z.looseObject({
  start_cursor: z.string().optional(),
  page_size: z.coerce.number().int().min(1).max(100).default(100),
});

type Route = [string, RegExp, (state: State, settings: Settings, ask: Ask, ids: string[]) => Reply];

const routes: Route[] = [
  [
    "GET",
    /^\/v1\/users\/me$/,
    () =>
      ok({
        object: "user",
        id: botId,
        name: "Harbour sync",
        avatar_url: null,
        type: "bot",
        bot: {
          owner: { type: "workspace", workspace: true },
          workspace_name: "Harbour Works",
          workspace_id: botId,
          workspace_limits: { max_file_upload_size_in_bytes: 5_242_880 },
        },
      }),
  ],
  ["GET", /^\/v1\/users$/, users],
  ["POST", /^\/v1\/search$/, search],
  ["POST", /^\/v1\/data_sources\/([^/]+)\/query$/, query],
  ["GET", /^\/v1\/data_sources\/([^/]+)$/, dataSource],
  ["GET", /^\/v1\/databases\/([^/]+)$/, database],
  ["GET", /^\/v1\/pages\/([^/]+)\/markdown$/, markdown],
  [
    "GET",
    /^\/v1\/pages\/([^/]+)\/properties\/([^/]+)$/,
    (state, settings, ask, [id = "", propertyId = ""]) => {
      const found = reachable(state, id);
      const values = [...(found?.properties.values() ?? [])].map(({ value }) => value);
      const reply = propertyReply(values.find((one) => one.id === propertyId));
      if (reply === undefined) return notFound("property", propertyId);
      return "body" in reply ? reply : paged(settings, ask, (q) => reply.page(q));
    },
  ],
  ["GET", /^\/v1\/pages\/([^/]+)$/, page],
  [
    "GET",
    /^\/v1\/blocks\/([^/]+)\/children$/,
    (state, settings, ask, [id = ""]) => paged(settings, ask, (q) => childrenReply(state, id, q)),
  ],
  ["GET", /^\/v1\/blocks\/([^/]+)$/, (state, _settings, _ask, [id = ""]) => blockReply(state, id)],
  ["GET", /^\/v1\/comments$/, comments],
];

const botId = "b0700000-0000-4000-8000-000000000000";

export function answer(state: State, settings: Settings, ask: Ask): Reply {
  for (const [method, path, reply] of routes) {
    const match = method === ask.method ? path.exec(ask.url.pathname) : null;
    if (match !== null) return reply(state, settings, ask, match.slice(1).map(uuid));
  }
  return invalidUrl();
}

/** Ids come with and without dashes. */
function uuid(id: string): string {
  return id.replace(/^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/, "$1-$2-$3-$4-$5");
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

export type Paging = { cursor: string | undefined; size: number; generation: number };

function paged(settings: Settings, ask: Ask, reply: (paging: Paging) => Reply | undefined): Reply {
  const given = ask.method === "POST" ? ask.body : Object.fromEntries(ask.url.searchParams);
  const parsed = pageArguments.safeParse(given);
  if (!parsed.success) return invalid("body failed validation: page_size should be between 1 and 100.");
  const { start_cursor: cursor, page_size: size } = parsed.data;
  return reply({ cursor, size, generation: settings.generation }) ?? invalidCursor();
}

function list(
  listed: { results: unknown[]; next_cursor: string | null; has_more: boolean } | undefined,
  type: string,
  more: object = {},
): Reply | undefined {
  return listed === undefined ? undefined : ok({ object: "list", ...listed, type, [type]: {}, ...more });
}

function users(state: State, settings: Settings, ask: Ask): Reply {
  if (!settings.capabilities.users) return restricted();
  return paged(settings, ask, (q) =>
    list(
      pageOfListing(state.users.map(userObject), ({ id }) => id, q),
      "user",
    ),
  );
}

const searchBody = z.looseObject({
  filter: z.looseObject({
    property: z.literal("object"),
    value: z.enum(["page", "data_source"]),
    in_trash: z.boolean().default(false),
  }),
  sort: z.looseObject({
    timestamp: z.literal("last_edited_time"),
    direction: z.enum(["ascending", "descending"]),
  }),
});

function search(state: State, settings: Settings, ask: Ask): Reply {
  const parsed = searchBody.safeParse(ask.body);
  if (!parsed.success) return invalid("body failed validation: body.filter should be defined.");
  const { filter, sort } = parsed.data;
  const pages = [...state.pages.values()]
    .filter(
      (one) =>
        !one.hidden &&
        !one.unlisted &&
        one.searchableFrom <= settings.now() &&
        isTrashed(state, one) === filter.in_trash,
    )
    .map((one) => ({ at: one.edited, object: pageObject(state, one) }));
  const sources = [...state.dataSources.values()]
    .filter((one) => !one.unlisted && isSourceTrashed(state, one) === filter.in_trash)
    .map((one) => ({ at: one.edited, object: dataSourceObject(state, one) }));
  const order = ({ at, object }: { at: number; object: { id: string } }) => {
    const minutes = Math.floor(at / 60_000);
    return `${String(sort.direction === "ascending" ? minutes : 1e12 - minutes).padStart(14, "0")} ${object.id}`;
  };
  const all: { at: number; object: { id: string } }[] = filter.value === "page" ? pages : sources;
  const sorted = all.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return paged(settings, ask, (q) => {
    const listed = pageOfListing(sorted.slice(0, settings.searchLimit), order, q);
    return list(
      listed && { ...listed, results: listed.results.map(({ object }) => object) },
      "page_or_data_source",
      { request_status: statusOf(sorted.length > settings.searchLimit && listed?.has_more === false) },
    );
  });
}

function statusOf(isCut: boolean) {
  return isCut
    ? { type: "incomplete", incomplete_reason: "query_result_limit_reached" }
    : { type: "complete" };
}

const timeFilter = z.union([
  z.looseObject({
    timestamp: z.literal("last_edited_time"),
    last_edited_time: z.looseObject({ on_or_after: z.string() }),
  }),
  z.looseObject({
    timestamp: z.literal("created_time"),
    created_time: z.looseObject({ on_or_after: z.string() }),
  }),
]);
const queryBody = z.looseObject({
  filter: z.union([timeFilter, z.looseObject({ and: z.array(timeFilter) })]).optional(),
});

function query(state: State, settings: Settings, ask: Ask, [id = ""]: string[]): Reply {
  const source = state.dataSources.get(id);
  if (source === undefined || isSourceTrashed(state, source)) return notFound("data_source", id);
  const parsed = queryBody.safeParse(ask.body);
  if (!parsed.success) return invalid("body failed validation: body.filter.timestamp should be defined.");
  const { filter } = parsed.data;
  const filters =
    filter === undefined
      ? []
      : "and" in filter
        ? z.array(timeFilter).parse(filter.and)
        : [timeFilter.parse(filter)];
  const order = (row: FakePage) => `${minute(row.created)} ${row.id}`;
  const matching = [...state.pages.values()]
    .filter((row) => row.parent.kind === "dataSource" && row.parent.id === id && !row.hidden && !row.trashed)
    .filter((row) =>
      filters.every((one) =>
        "created_time" in one
          ? minute(row.created) >=
            minute(Date.parse(z.looseObject({ on_or_after: z.string() }).parse(one.created_time).on_or_after))
          : minute(row.edited) >=
            minute(
              Date.parse(
                z.looseObject({ on_or_after: z.string() }).parse(one["last_edited_time"]).on_or_after,
              ),
            ),
      ),
    )
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const cut = matching.length > settings.queryLimit;
  return paged(settings, ask, (q) => {
    const listed = pageOfListing(matching.slice(0, settings.queryLimit), order, q);
    const status = statusOf(cut && listed?.has_more === false);
    return list(
      listed && { ...listed, results: listed.results.map((row) => pageObject(state, row)) },
      "page_or_data_source",
      { request_status: status },
    );
  });
}

function dataSource(state: State, _settings: Settings, _ask: Ask, [id = ""]: string[]): Reply {
  const source = state.dataSources.get(id);
  return source === undefined ? notFound("data_source", id) : ok(dataSourceObject(state, source));
}

function database(state: State, _settings: Settings, _ask: Ask, [id = ""]: string[]): Reply {
  const source = [...state.dataSources.values()].find((one) => one.databaseId === id);
  return source === undefined ? notFound("database", id) : ok(databaseObject(state, source));
}

function reachable(state: State, id: string): FakePage | undefined {
  const found = state.pages.get(id);
  return found === undefined || found.hidden ? undefined : found;
}

function page(state: State, _settings: Settings, _ask: Ask, [id = ""]: string[]): Reply {
  const found = reachable(state, id);
  return found === undefined ? notFound("page", id) : ok(pageObject(state, found));
}

function markdown(state: State, settings: Settings, _ask: Ask, [id = ""]: string[]): Reply {
  if (!settings.capabilities.content) return restricted();
  const found = reachable(state, id);
  if (found !== undefined) {
    if (found.blocks !== undefined)
      return invalid("This page holds blocks that cannot be written as markdown.");
    return ok(pageMarkdown(state, found));
  }
  const around = [...state.pages.values()].find((one) => restBlockId(one) === id && !one.hidden);
  return around === undefined ? notFound("page", id) : ok(restMarkdown(around));
}

function comments(state: State, settings: Settings, ask: Ask): Reply {
  if (!settings.capabilities.comments) return restricted();
  const id = uuid(ask.url.searchParams.get("block_id") ?? "");
  const found = reachable(state, id);
  if (found === undefined) return notFound("block", id);
  const values = found.comments.map(({ value }) => value);
  return paged(settings, ask, (q) =>
    list(
      pageOfListing(values, (one) => `${one.created_time} ${plain(one.id)}`, q),
      "comment",
    ),
  );
}
