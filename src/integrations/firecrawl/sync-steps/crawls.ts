/** Begins crawls, none twice, and waits for their end. */
import { PermanentError, TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/models";
import { ForbiddenError, MissingError, RequestRefusedError } from "@/core/services/http/errors";
import { cleanAddress, pageKey } from "../crawl/address";
import { type CrawlNote, crawlRequest } from "../crawl/crawl-note";
import { type FirecrawlApi, LostCrawlError } from "../firecrawl-api";
import type { CrawlAnswer } from "../models/models";
import type { FirecrawlOptions } from "../models/options";

/** A crawl that has ended, or why there is none. */
export interface Crawl {
  startUrl: string;
  note: CrawlNote;
  /** Undefined where Firecrawl refused to begin. */
  ended: CrawlAnswer | undefined;
  refusal: string | undefined;
}

export type Begun = { id: string } | { refusal: string };

/**
 * Asks for a crawl. Where it is not known whether an earlier question arrived (the program was stopped meanwhile), the one
 * under way is taken.
 *
 * @throws what concerns all crawls: a key that is not known, credits, limits.
 */
export async function begin(
  api: FirecrawlApi,
  startUrl: string,
  options: FirecrawlOptions,
  askedBefore: boolean,
): Promise<Begun> {
  const underWay = askedBefore ? await crawlOf(api, startUrl) : undefined;
  if (underWay !== undefined) return { id: underWay };
  try {
    return { id: await api.start(crawlRequest(startUrl, options)) };
  } catch (error) {
    const isOfThisOne = error instanceof ForbiddenError || error instanceof RequestRefusedError;
    if (!isOfThisOne) throw error;
    return { refusal: error.detail === "" ? error.message : error.detail };
  }
}

async function crawlOf(api: FirecrawlApi, startUrl: string): Promise<string | undefined> {
  const keyOf = (address: string) => {
    const url = cleanAddress(address);
    return url === undefined ? address : pageKey(url);
  };
  const crawls = await api.active().catch((error: unknown) => {
    if (error instanceof MissingError) return [];
    throw error;
  });
  return crawls.findLast(({ url }) => keyOf(url) === keyOf(startUrl))?.id;
}

/** How the crawl stands now; undefined when Firecrawl knows it no longer. */
export async function standing(api: FirecrawlApi, id: string): Promise<CrawlAnswer | undefined> {
  try {
    return await api.look(id, PAUSES_MS[0]);
  } catch (error) {
    if (error instanceof LostCrawlError) return undefined;
    throw error;
  }
}

/** Between two looks: most sites are small, and a large one takes long. */
const PAUSES_MS = [1_000, 5_000, 15_000] as const;
const pauseAfter = (looks: number) => PAUSES_MS[looks < 20 ? 0 : looks < 80 ? 1 : 2];
/** Looks in a row in which nothing moves: about an hour. */
const MOST_STILL = 300;

/** Looks until the crawl has ended, in whatever way. */
export async function ended(
  api: FirecrawlApi,
  startUrl: string,
  id: string,
  log: Logger,
): Promise<CrawlAnswer> {
  let last = "";
  for (let looks = 1, still = 0; still < MOST_STILL; looks++, still++) {
    const answer = await api.look(id, pauseAfter(looks));
    if (answer.status !== "scraping") return answer;
    const moved = `${answer.completed} of ${answer.total}`;
    if (moved === last) continue;
    log.info("A crawl is under way.", { startUrl, pages: moved });
    [last, still] = [moved, 0];
  }
  throw new TransientError(`Firecrawl's crawl of ${startUrl} has not moved on for about an hour.`, {
    action: "Look at it in Firecrawl's activity log. The next sync goes on with it, or begins another.",
  });
}

/** No start address brought anything: people are told in the provider's words. */
export function nothingRead(
  crawls: readonly Crawl[],
  notes: readonly (string | undefined)[],
): PermanentError {
  const reasons = notes.filter((note) => note !== undefined).join("; ");
  return new PermanentError(
    `Firecrawl could read no page of ${crawls[0]?.startUrl ?? "the site"}: ${reasons}.`,
    {
      action: "Check the start addresses and the paths that are left out. What was read before stays.",
    },
  );
}
