/** What is remembered of the last crawl of a start address, so that none is paid for twice. */
import { hashJson } from "@/lib/hash";
import { HOUR_MS } from "@/lib/time";
import { type FirecrawlOptions, recrawlHours } from "../models/options";

export interface CrawlNote {
  /** Null between the moment it is wanted and Firecrawl's answer. */
  id: string | null;
  /** Hash of what was asked for: other settings need another crawl. */
  asked: string;
  /** ISO time of this machine: schedules go by it as well. */
  startedAt: string;
  /** The sync that began it, or that has read it. */
  runId: string;
  /** "open" until a listing that read it has ended; "lost" when Firecrawl knows it no longer, or it brought nothing. */
  state: "open" | "read" | "lost";
  /** Pages that it may bring: the limit, or what credits were left for. */
  atMost: number;
  /** Until when Firecrawl keeps what it brought; null while that is not known. */
  expiresAt: string | null;
  credits: number | null;
}

/** The body that starts a crawl. Everything that changes what it brings is in here. */
export function crawlRequest(startUrl: string, options: FirecrawlOptions) {
  const { includePaths, excludePaths, pageLimit, mainContentOnly } = options;
  return {
    url: startUrl,
    limit: pageLimit,
    ...(includePaths.length === 0 ? {} : { includePaths }),
    ...(excludePaths.length === 0 ? {} : { excludePaths }),
    // Firecrawl's own cache is two days old by default: an edit would not be seen.
    scrapeOptions: { formats: ["markdown"], onlyMainContent: mainContentOnly, maxAge: 0 },
  };
}

export const askedFor = (startUrl: string, options: FirecrawlOptions) =>
  hashJson(crawlRequest(startUrl, options));

/** A crawl that no listing has read to its end is gone on with for so long, and not paid for again before its time. */
const OPEN_HOURS = 6;

export interface Wanted {
  asked: string;
  options: Pick<FirecrawlOptions, "recrawl">;
  runId: string;
  /** Whether a person has started the sync. */
  byHand: boolean;
  now: number;
}

/** Whether a crawl that was paid for already will do. */
export function isGoodEnough(note: CrawlNote, { asked, options, runId, byHand, now }: Wanted): boolean {
  if (note.asked !== asked || note.state === "lost") return false;
  if (note.runId === runId) return true;
  const hours = (now - Date.parse(note.startedAt)) / HOUR_MS;
  if (note.state === "open")
    return hours < (byHand ? OPEN_HOURS : Math.max(OPEN_HOURS, recrawlHours[options.recrawl]));
  return !byHand && hours < recrawlHours[options.recrawl];
}
