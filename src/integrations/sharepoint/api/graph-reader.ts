/** How answers of Microsoft Graph are read: one, or page by page. */
import type { z } from "zod";
import type { HttpClient, QueryValue } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/models";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { cursorPages } from "@/core/services/http/pagination";
import { pageSchema } from "../models/models";

export const VERSION = "/v1.0/";
type Query = Record<string, QueryValue>;

export interface Listed<Item> {
  items: Item[];
  /** Entries whose shape is not known here. */
  unknown: number;
  /** Where the listing goes on, below the API's own address; null at its end. */
  cursor: string | null;
}

/** A listing that is not there, or not ours to see, holds nothing; one that breaks off later has not ended. */
export async function* orNothing<Page>(listing: AsyncIterable<Page>): AsyncGenerator<Page> {
  let isFirst = true;
  try {
    for await (const page of listing) {
      isFirst = false;
      yield page;
    }
  } catch (error) {
    const isNone = error instanceof MissingError || error instanceof ForbiddenError;
    if (!isFirst || !isNone) throw error;
  }
}

export function createReader(
  http: HttpClient,
  { apiUrl }: Pick<IntegrationServices, "apiUrl">,
  signal: AbortSignal,
) {
  const base = apiUrl("https://graph.microsoft.com");
  const get = async <Output>(path: string, query: Query, schema: z.ZodType<Output>) =>
    (await http.request({ url: `${base}${path}`, query, expect: "json", schema, signal })).data;
  /** Only its path is taken from a link: the token goes to the API's own address, whatever an answer says. */
  const within = (link: string) => {
    const { pathname, search } = new URL(link, base);
    return `${pathname.slice(Math.max(0, pathname.indexOf(VERSION)))}${search}`;
  };
  const page = async (path: string, query: Query) => {
    const { value, ...links } = await get(path, query, pageSchema);
    const [next, delta] = [links["@odata.nextLink"], links["@odata.deltaLink"]];
    return { value, next: next ? within(next) : null, delta: delta ? within(delta) : null };
  };
  async function* listed<Item>(
    path: string,
    query: Query,
    schema: z.ZodType<Item>,
    start: string | null = null,
  ): AsyncGenerator<Listed<Item>> {
    const fetch = async (cursor: string | null) => {
      const { value, next } = await page(cursor ?? path, cursor === null ? query : {});
      return { items: [value], next };
    };
    for await (const { items, cursor } of cursorPages({ start, fetch })) {
      const value = items.flat();
      const known = value.flatMap((entry) => schema.safeParse(entry).data ?? []);
      yield { items: known, unknown: value.length - known.length, cursor };
    }
  }
  return { base, get, page, listed };
}
