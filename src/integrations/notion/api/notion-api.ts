/** Notion's REST API, version 2026-03-11 (developers.notion.com/reference): the requests a sync makes, typed. */
import { z } from "zod";
import { CursorExpiredError, TransientError } from "@/core/models/errors";
import type { JsonRequest } from "@/core/models/http";
import type { HttpAuth, IntegrationServices } from "@/core/models/models";
import { RequestRefusedError } from "@/core/services/http/errors";
import { allOf as allItems, cursorPages } from "@/core/services/http/pagination";
import {
  blockSchema,
  commentSchema,
  databaseSchema,
  dataSourceSchema,
  foundSchema,
  listSchema,
  markdownSchema,
  pageSchema,
  propertySchema,
  userSchema,
} from "../models/objects";

/** The version of the API that everything here is written for. */
export const NOTION_VERSION = "2026-03-11";
const PAGE_SIZE = 100;
/** Three requests a second on average; the client itself obeys the waits that 429 and 529 ask for. */
const PACE = { concurrency: 3, spacingMs: 340 };

export interface SearchQuery {
  object: "page" | "data_source";
  inTrash?: boolean;
  /** In the order of edits; otherwise the latest first. */
  oldestFirst?: boolean;
  cursor?: string | null;
}

/** Where the API is, with its path's first part. */
export function apiBase(services: IntegrationServices): string {
  return `${services.apiUrl("https://api.notion.com")}/v1`;
}

type Asked = Pick<JsonRequest<unknown>, "method" | "query" | "json">;
export type NotionApi = ReturnType<typeof createNotionApi>;

export function createNotionApi(services: IntegrationServices, auth: HttpAuth, signal: AbortSignal) {
  const base = apiBase(services);
  const client = services.http({
    auth,
    hostLimits: { "api.notion.com": PACE },
    errorInBody: conflict,
  });
  const ask = <Output>(path: string, schema: z.ZodType<Output>, more: Asked) =>
    client
      .request({ url: base + path, headers, expect: "json", schema, signal, ...more })
      .catch(forgottenCursor);
  const get = <Output>(path: string, schema: z.ZodType<Output>, query: Asked["query"] = {}) =>
    ask(path, schema, { query });
  const post = (path: string, json: unknown) => ask(path, foundSchema, { method: "POST", json });
  return {
    /** The time by Notion's clock; the cheapest request, which also tells whether the token is good. */
    now: async () => new Date((await get("/users/me", userSchema)).headers.get("date") ?? Date.now()),
    me: async () => (await get("/users/me", userSchema)).data,
    users: async (cursor?: string) => (await get("/users", listSchema(userSchema), paged(cursor))).data,
    search: ({ object, inTrash, oldestFirst = false, cursor }: SearchQuery) =>
      post("/search", {
        filter: { property: "object", value: object, ...(inTrash === true ? { in_trash: true } : {}) },
        sort: { timestamp: "last_edited_time", direction: oldestFirst ? "ascending" : "descending" },
        ...paged(cursor),
      }),
    query: (dataSourceId: string, filter: unknown, cursor: string | null) =>
      post(`/data_sources/${dataSourceId}/query`, {
        ...(filter === undefined ? {} : { filter }),
        sorts: [{ timestamp: "created_time", direction: "ascending" }],
        ...paged(cursor),
      }),
    page: async (id: string) => (await get(`/pages/${id}`, pageSchema)).data,
    /** One page of a property's values, of which a page object holds the first 25 at most. */
    property: async (pageId: string, propertyId: string, cursor?: string) =>
      // Property ids come encoded for addresses already.
      (await get(`/pages/${pageId}/properties/${propertyId}`, listSchema(propertySchema), paged(cursor)))
        .data,
    /** The same of a property that is no list. */
    propertyValue: async (pageId: string, propertyId: string) =>
      (await get(`/pages/${pageId}/properties/${propertyId}`, propertySchema)).data,
    markdown: async (id: string, transcripts: boolean) =>
      (await get(`/pages/${id}/markdown`, markdownSchema, { include_transcript: transcripts })).data,
    block: async (id: string) => (await get(`/blocks/${id}`, blockSchema)).data,
    children: async (id: string, cursor?: string) =>
      (await get(`/blocks/${id}/children`, listSchema(blockSchema), paged(cursor))).data,
    comments: async (pageId: string, cursor?: string) =>
      (await get("/comments", listSchema(commentSchema), { block_id: pageId, ...paged(cursor) })).data,
    database: async (id: string) => (await get(`/databases/${id}`, databaseSchema)).data,
    dataSource: async (id: string) => (await get(`/data_sources/${id}`, dataSourceSchema)).data,
  };
}

/** All items of a listing that fits into memory. */
export function allOf<Item>(
  page: (cursor?: string) => Promise<{ results: Item[]; next_cursor?: string | null | undefined }>,
): Promise<Item[]> {
  const fetchPage = async (cursor: string | null) => {
    const { results, next_cursor: next } = await page(cursor ?? undefined);
    return { items: results, next };
  };
  return allItems(cursorPages({ start: null, fetch: fetchPage }));
}

const headers = { "Notion-Version": NOTION_VERSION };
const paged = (cursor?: string | null) => ({
  page_size: PAGE_SIZE,
  ...(typeof cursor === "string" ? { start_cursor: cursor } : {}),
});

/** Two writers met at Notion's side; asking again is safe. */
function conflict({ status, json }: { status: number; json: unknown }): TransientError | undefined {
  const said = z.looseObject({ code: z.literal("conflict_error") }).safeParse(json);
  return status === 409 && said.success ? new TransientError("Notion met a conflict of its own.") : undefined;
}

function forgottenCursor(error: unknown): never {
  if (error instanceof RequestRefusedError && error.status === 400 && /start_cursor/.test(error.detail)) {
    throw new CursorExpiredError("Notion no longer knows where its listing was to go on.", { cause: error });
  }
  throw error;
}
