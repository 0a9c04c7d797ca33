/** Looks through all that the crawls of a sync brought before anything is taken, since pages are told by each other. */
import { siteOf } from "../crawl/address";
import { RepeatedLines } from "../crawl/repeated-lines";
import type { FirecrawlApi } from "../firecrawl-api";
import type { FoundPage } from "../models/web-page";
import type { Crawl } from "./crawls";
import type { Reading } from "./reading";

export interface SiteSurvey {
  crawl: Crawl;
  /** Documents that were brought, of whatever kind. */
  brought: number;
  unknown: number;
  lines: RepeatedLines;
  /** Pages that Firecrawl could not read, with its reason; undefined where it keeps no such list. */
  errors: ReadonlyMap<string, string> | undefined;
  /** Pages that the site's robots.txt keeps out. */
  kept: readonly string[];
}

/** Where the one document of a page is taken from, of several that say the same. */
interface Choice {
  site: number;
  page: Pick<FoundPage, "fate" | "url" | "askedSite">;
  /** Smallest wins, whatever order they come in. */
  rank: string;
}

export class Survey {
  readonly sites: SiteSurvey[] = [];
  readonly choices = new Map<string, Choice>();
  private readonly hosts = new Set<string>();

  /** Whether this is the document that its page is shown by. */
  isChosen(site: number, page: FoundPage): boolean {
    return this.choices.get(page.key)?.rank === rankOf(site, page);
  }

  /** Whether redirects have led to a site that nobody asked for. */
  leadsAway({ url, askedSite }: Pick<FoundPage, "url" | "askedSite">): boolean {
    return siteOf(url) !== askedSite && !this.hosts.has(siteOf(url));
  }

  async add(crawl: Crawl, reading: Reading, api: FirecrawlApi): Promise<void> {
    const site = this.sites.length;
    const lines = new RepeatedLines();
    const { id } = crawl.note;
    let [brought, unknown] = [0, 0];
    if (id !== null && crawl.ended !== undefined) {
      for await (const { part } of reading.parts(id)) {
        brought += part.pages.length;
        unknown += part.unknown;
        for (const page of part.pages) this.see(site, page, lines);
      }
    }
    const told = id === null || crawl.ended === undefined ? undefined : await api.errors(id);
    const errors = told && new Map(told.errors.map(({ url, error }) => [url, error ?? "no reason given"]));
    this.sites.push({ crawl, brought, unknown, lines, errors, kept: told?.robotsBlocked ?? [] });
  }

  private see(site: number, page: FoundPage, lines: RepeatedLines): void {
    this.hosts.add(page.askedSite);
    const { key, fate, url, askedSite, document } = page;
    if (fate === "read") lines.see(document.markdown ?? "");
    const rank = rankOf(site, page);
    const before = this.choices.get(key);
    if (before === undefined || rank < before.rank)
      this.choices.set(key, { site, page: { fate, url, askedSite }, rank });
  }
}

/** What could be read before what could not, short addresses before long ones, early sites before late ones. */
function rankOf(site: number, { fate, url }: FoundPage): string {
  const number = (value: number, digits: number) => String(value).padStart(digits, "0");
  const encrypted = url.protocol === "https:" ? 0 : 1;
  const worth = fate === "read" ? 0 : fate === "empty" ? 1 : 2;
  return `${worth} ${encrypted} ${number(url.href.length, 6)} ${url.href} ${number(site, 3)}`;
}
