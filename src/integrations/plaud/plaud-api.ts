/** Plaud's API for applications, of which there is no reference: as published clients use it. */
import { PermanentError } from "@/core/models/errors";
import type { HttpAuth, IntegrationServices } from "@/core/models/models";
import { type Detail, detailSchema, type Listed, listedSchema, listSchema, meSchema } from "./models/models";

export const API = "https://platform.plaud.ai/developer/api";
/** The most that is given on a page. */
const PAGE = 100;
const MOST_PAGES = 1_000;

export interface Listing {
  recordings: Listed[];
  /** Entries of another shape. */
  unknown: number;
  /** Plaud's clock. */
  now: number;
}

export interface PlaudApi {
  me: () => Promise<{ id: string | undefined; name: string }>;
  list: () => Promise<Listing>;
  /** @throws MissingError */
  detail: (id: string) => Promise<Detail>;
}

export function createPlaudApi(
  { http, apiUrl }: Pick<IntegrationServices, "http" | "apiUrl">,
  auth: HttpAuth | undefined,
  signal: AbortSignal,
): PlaudApi {
  // No limits are known: few at a time, as a person's own tools ask.
  const client = http({ auth, hostLimits: { "*": { concurrency: 2, spacingMs: 250 } } });
  const base = `${apiUrl(API)}/open/third-party`;
  return {
    me: async () => {
      const url = `${base}/users/current`;
      const { data } = await client.request({ url, expect: "json", schema: meSchema, signal });
      return { id: data.id ?? undefined, name: data.email || data.nickname || "Plaud" };
    },
    list: async () => {
      const found: Listing = { recordings: [], unknown: 0, now: 0 };
      for (let page = 1; page <= MOST_PAGES; page++) {
        const query = { page, page_size: PAGE };
        const asked = { url: `${base}/files/`, query, expect: "json", schema: listSchema, signal } as const;
        const { data, headers } = await client.request(asked);
        const told = data.data.flatMap((entry) => listedSchema.safeParse(entry).data ?? []);
        found.recordings.push(...told);
        found.unknown += data.data.length - told.length;
        found.now ||= Date.parse(headers.get("date") ?? "") || Date.now();
        if (data.data.length < PAGE) return found;
      }
      throw new PermanentError(`Plaud lists more than ${MOST_PAGES * PAGE} recordings, or never ends.`, {
        action: "What was read is kept, and nothing was removed.",
      });
    },
    detail: async (id) => {
      const url = `${base}/files/${encodeURIComponent(id)}`;
      return (await client.request({ url, expect: "json", schema: detailSchema, signal })).data;
    },
  };
}
