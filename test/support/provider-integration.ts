/** A source for the scripted provider, made as any other: streams over the product's own HTTP client. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { CursorExpiredError, ItemError, PermanentError } from "@/core/models/errors";
import type { Integration, SyncContext } from "@/core/models/integration";
import { createHttpClient } from "@/core/services/http/client";
import { RequestRefusedError } from "@/core/services/http/errors";
import type { HttpClient, HttpClientOptions } from "@/core/services/http/types";
import { createIntegration } from "@/core/services/sync/create-integration";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";

const itemSchema = z.looseObject({
  id: z.string(),
  updatedAt: z.string().optional(),
  deleted: z.boolean().optional(),
  hidden: z.boolean().optional(),
});
const pageSchema = z.object({ items: z.array(itemSchema), next: z.string().nullable() });
const textSchema = z.looseObject({ id: z.string(), text: z.string() });
export type FakeItem = z.infer<typeof itemSchema>;

export interface FakeOptions {
  /** How its full listing is paged. */
  paging?: "cursor" | "offset";
  /** How far back incremental listings reach, in milliseconds. */
  overlapMs?: number;
  stream?: Partial<Stream<FakeItem>>;
  /** More streams, read after the first. */
  others?: (client: HttpClient) => readonly Stream<FakeItem>[];
  http?: Partial<HttpClientOptions>;
  keepsChangesForDays?: number;
  webhook?: Integration["webhook"];
  /** Where an account's provider is, if not at the url given. */
  urlOf?: (context: SyncContext) => string;
}

/** The integration "Fake" of the provider at `givenUrl`. */
export function createFake(givenUrl: string, options: FakeOptions = {}): Integration {
  const { keepsChangesForDays, webhook } = options;
  const streams = (context: SyncContext) => {
    const url = options.urlOf?.(context) ?? givenUrl;
    const client = createHttpClient({
      credentialKey: `fake/${context.account}`,
      log: context.log,
      allowedPrivateHosts: [new URL(url).host],
      policy: { attempts: 3, baseDelayMs: 4, maxDelayMs: 20 },
      errorInBody: ({ json }) => {
        const said = z.object({ ok: z.literal(false), error: z.string() }).safeParse(json);
        return said.success ? new PermanentError(`The provider says: ${said.data.error}`) : undefined;
      },
      ...options.http,
    });
    const erased = [itemStream(url, client, options), ...(options.others?.(client) ?? [])];
    // The engine takes streams of any item; each one is only ever given its own.
    return erased as unknown as readonly Stream<unknown>[];
  };
  return createIntegration({
    config: {
      integration: "Fake",
      icon: "/assets/fake.svg",
      integrationType: "API_KEY",
      inputs: [{ input: "apiKey", label: "API key", required: false }],
      optionInputs: [{ key: "url", label: "Where it is", required: false }],
    },
    streams,
    ...(webhook === undefined ? {} : { webhook }),
    ...(keepsChangesForDays === undefined ? {} : { keepsChangesForDays }),
  });
}

/** Items listed whole in a full sync, by time of change in an incremental one, and fetched one by one. */
export function itemStream(url: string, client: HttpClient, options: FakeOptions): Stream<FakeItem> {
  return {
    name: "items",
    enumerates: ["full"],
    key: (item) => item.id,
    version: (item) => item.updatedAt ?? "undated",
    stamp: (item) => item.updatedAt ?? "",
    pages: (request) =>
      request.mode === "full"
        ? fullPages(url, client, options.paging ?? "cursor", request)
        : changePages(url, client, options.overlapMs ?? 5, request),
    render: async (item, { signal }) => {
      const itemUrl = `${url}/items/${encodeURIComponent(item.id)}`;
      const { data } = await client.request({ url: itemUrl, expect: "json", signal });
      const body = textSchema.safeParse(data);
      if (!body.success) throw new ItemError(`Item ${item.id} has no text that can be read.`);
      if (body.data.text.trim() === "") return null;
      return {
        integrationArtifactId: `fake/${item.id}`,
        kind: "document",
        title: `Item ${item.id}`,
        markdown: body.data.text,
      };
    },
    ...options.stream,
  };
}

async function fetchPage(
  client: HttpClient,
  url: string,
  query: Record<string, string | number | undefined>,
  signal: AbortSignal,
) {
  try {
    return await client.request({
      url: `${url}/items`,
      query: { limit: 5, ...query },
      expect: "json",
      schema: pageSchema,
      signal,
    });
  } catch (error) {
    const expired = error instanceof RequestRefusedError && error.detail.includes("cursor has expired");
    throw expired ? new CursorExpiredError("The provider's cursor has expired.", { cause: error }) : error;
  }
}

const providerTime = (headers: Headers) => new Date(headers.get("date") ?? 0);

async function* fullPages(
  url: string,
  client: HttpClient,
  paging: "cursor" | "offset",
  { cursor, watermark, context }: PageRequest,
): AsyncGenerator<Page<FakeItem>> {
  let at: string | number | null = typeof cursor === "string" || typeof cursor === "number" ? cursor : null;
  let mark: Watermark | undefined;
  for (;;) {
    const query =
      paging === "offset" ? { offset: Number(at ?? 0) } : { cursor: at === null ? undefined : String(at) };
    const { data, headers } = await fetchPage(client, url, query, context.signal);
    mark ??= Watermark.of(watermark ?? null, providerTime(headers));
    for (const item of data.items) mark.see(item.updatedAt);
    at = paging === "offset" ? Number(at ?? 0) + data.items.length : (data.next ?? at);
    yield { items: data.items, cursor: at, watermark: mark.toJSON() };
    if (data.next === null) return;
  }
}

const changeCursor = z.object({ since: z.json(), mark: z.json(), page: z.string().nullable() });

async function* changePages(
  url: string,
  client: HttpClient,
  overlapMs: number,
  { cursor, context }: PageRequest,
): AsyncGenerator<Page<FakeItem>> {
  // A bare watermark is what a full sync left; between pages the cursor says where this reading stands.
  const inside = changeCursor.safeParse(cursor);
  const since: JsonValue = inside.success ? inside.data.since : cursor;
  let page = inside.success ? inside.data.page : null;
  let mark: Watermark | undefined;
  for (;;) {
    const from = Watermark.since(since, overlapMs) ?? new Date(0).toISOString();
    const query = { since: from, cursor: page ?? undefined };
    const { data, headers } = await fetchPage(client, url, query, context.signal);
    mark ??= Watermark.of(inside.success ? inside.data.mark : null, providerTime(headers));
    for (const item of data.items) mark.see(item.updatedAt);
    page = data.next;
    const quiet = mark.toJSON().largest === null;
    const gone = data.items.filter((item) => item.deleted === true || item.hidden === true);
    yield {
      items: data.items.filter((item) => !gone.includes(item)),
      removed: gone.map((item) => ({ key: item.id, state: item.deleted === true ? "gone" : "hidden" })),
      cursor: page === null ? (quiet ? since : mark.toJSON()) : { since, mark: mark.toJSON(), page },
    };
    if (page === null) return;
  }
}
