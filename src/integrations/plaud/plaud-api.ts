/** Plaud's API for applications, of which there is no reference: as published clients use it. */
import { PermanentError } from "@/core/models/errors";
import type { HttpAuth, IntegrationServices } from "@/core/models/models";
import { MissingError, unlessRefused } from "@/core/services/http/errors";
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
    list: () =>
      listed(async (page) => {
        const query = { page, page_size: PAGE };
        const asked = { url: `${base}/files/`, query, expect: "json", schema: listSchema, signal } as const;
        const { data, headers } = await client.request(asked);
        return { entries: data.data, now: Date.parse(headers.get("date") ?? "") || Date.now() };
      }),
    detail: async (id) => {
      const url = `${base}/files/${encodeURIComponent(id)}`;
      return (await client.request({ url, expect: "json", schema: detailSchema, signal })).data;
    },
  };
}

/**
 * All pages. One that holds less than was asked for need not be the last: a page may hold less from one day to the next,
 * and what stands behind it would pass for deleted. So the list ends below what its first page holds, or with nothing new.
 */
async function listed(ask: (page: number) => Promise<{ entries: unknown[]; now: number }>): Promise<Listing> {
  const { entries: first, now } = await ask(1);
  const found: Listing = { recordings: [], unknown: 0, now };
  const met = new Set<string>();
  let entries = first;
  for (let page = 2; entries.length > 0; page++) {
    if (page > MOST_PAGES) throw endless();
    const told = entries.flatMap((entry) => listedSchema.safeParse(entry).data ?? []);
    found.unknown += entries.length - told.length;
    const fresh = told.filter(({ id }) => !met.has(id));
    for (const { id } of fresh) met.add(id);
    found.recordings.push(...fresh);
    if (entries.length < first.length || (told.length > 0 && fresh.length === 0)) break;
    // Behind the last page there may be none at all.
    entries = (await unlessRefused(ask(page), MissingError))?.entries ?? [];
  }
  return found;
}

function endless(): PermanentError {
  return new PermanentError(`Plaud lists more than ${MOST_PAGES * PAGE} recordings, or never ends.`, {
    action: "What was read is kept, and nothing was removed.",
  });
}
