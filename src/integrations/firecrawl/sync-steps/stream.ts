import { z } from "zod";
import { CursorExpiredError } from "@/core/models/errors";
import { findRun, listRuns } from "@/core/db/queries/runs";
import type { Db, SyncContext } from "@/core/models/models";
import { keptRows, ownRows } from "@/core/services/sync/kept-rows";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { askedFor, type CrawlNote, isGoodEnough } from "../crawl/crawl-note";
import { withoutRepeated } from "../crawl/repeated-lines";
import { knownPages, noteCrawl, replaceSites, type SiteRow, siteRows } from "../db/queries";
import { firecrawlPage } from "../db/schema";
import { createFirecrawlApi, type FirecrawlApi, LostCrawlError } from "../firecrawl-api";
import type { FirecrawlOptions } from "../models/options";
import { type WebPage, webPage } from "../models/web-page";
import { renderPage, wordsOf } from "../render/render-page";
import { begin, type Crawl, ended, nothingRead, standing } from "./crawls";
import { Reading } from "./reading";
import { type SiteSurvey, Survey } from "./survey";
import { type Verdict, verdictOf } from "./verdict";

const rows = ownRows(firecrawlPage, firecrawlPage.pageId, (page: WebPage, account) => {
  const { url, startUrl, site, title, description, language, publishedAt, modifiedAt } = page;
  const told = { url, startUrl, site, title, description, language, publishedAt, modifiedAt };
  return { account, pageId: page.key, ...told, words: wordsOf(page) };
});

/** Raised whenever the same page is rendered differently, so that the next crawl makes its artifact anew. */
const RENDERING = 1;

/** All pages of an account's sites: crawls are begun or gone on with, waited for, looked through, and then read. */
export function pagesStream(context: SyncContext, options: FirecrawlOptions): Stream<WebPage> {
  const api = createFirecrawlApi(context, context.credential, context.signal);
  return {
    name: "pages",
    enumerates: ["full", "incremental"],
    // Of a site, some pages are always broken: that stops nothing, and nothing is taken for deleted where it matters.
    failureLimit: 1,
    key: ({ key }) => key,
    version: (page) => `${RENDERING}:${hashJson(page)}`,
    render: renderPage,
    pages: (request) => pagesOf(api, options, request),
    ...keptRows(rows),
  };
}

/** Whether this sync has to read anything: one that begins by itself heeds how often a crawl may be paid for. */
export async function isDue(db: Db, context: SyncContext, options: FirecrawlOptions): Promise<boolean> {
  const sites = await siteRows(db, context.account);
  if (sites.size !== options.startUrls.length) return true;
  // To end well now would hide that the last one did not.
  const { integration, account } = context;
  const [last] = await listRuns(db, { integration, account, states: ["succeeded", "failed"], limit: 1 });
  if (last?.state === "failed") return true;
  const wanted = await wantedBy(db, context, options);
  return options.startUrls.some((startUrl) => {
    const note = sites.get(startUrl)?.crawlRun;
    return note?.state !== "read" || note.runId === context.runId || !isGoodEnough(note, wanted(startUrl));
  });
}

async function wantedBy(db: Db, { runId }: SyncContext, options: FirecrawlOptions) {
  const trigger = (await findRun(db, runId))?.trigger;
  const byHand = trigger === "manual" || trigger === "cli";
  const now = Date.now();
  return (startUrl: string) => ({ asked: askedFor(startUrl, options), options, runId, byHand, now });
}

const cursorSchema = z.union([
  z.object({ ended: z.string() }),
  z.object({ crawls: z.array(z.string().nullable()), site: z.number(), skip: z.number() }),
]);

async function* pagesOf(
  api: FirecrawlApi,
  options: FirecrawlOptions,
  request: PageRequest,
): AsyncGenerator<Page<WebPage>> {
  const { runId } = request.context;
  const cursor = cursorSchema.safeParse(request.cursor).data;
  if (cursor !== undefined && "ended" in cursor && cursor.ended === runId) return;
  const before = await siteRows(request.db, request.context.account);
  const crawls: Crawl[] = [];
  try {
    yield* begun(api, options, request, before, crawls);
    for (const crawl of crawls)
      if (crawl.note.id !== null && crawl.ended?.status === "scraping")
        crawl.ended = await ended(api, crawl.startUrl, crawl.note.id, request.context.log);
    const reading = new Reading(api);
    const survey = new Survey();
    for (const crawl of crawls) await survey.add(crawl, reading, api);
    const repeated = survey.sites.map((site) => repeatedOn(site, options, before.get(site.crawl.startUrl)));
    const ids = crawls.map(({ note }) => note.id);
    const from =
      cursor !== undefined && "site" in cursor && hashJson(cursor.crawls) === hashJson(ids)
        ? cursor
        : undefined;
    const verdict = verdictOf(survey, await knownPages(request.db, request.context.account));
    if (survey.sites.every(({ brought }) => brought === 0)) {
      // Nothing of it is worth going on with, nor waiting for the next crawl that is due.
      for (const crawl of crawls)
        yield notePage(request.context, { ...crawl, note: { ...crawl.note, state: "lost" } });
      throw nothingRead(crawls, verdict.notes);
    }
    yield* readPages(survey, reading, repeated, from);
    yield lastPage(survey, verdict, repeated, request.context);
  } catch (error) {
    if (!(error instanceof LostCrawlError)) throw error;
    const lost = crawls.find(({ note }) => note.id === error.id);
    if (lost !== undefined)
      yield notePage(request.context, { ...lost, note: { ...lost.note, state: "lost" } });
    throw new CursorExpiredError("Firecrawl has forgotten a crawl before all of it was read.", {
      cause: error,
    });
  }
}

/** Fills `crawls`. What is paid for is remembered before anything else is asked. */
async function* begun(
  api: FirecrawlApi,
  options: FirecrawlOptions,
  { db, context }: PageRequest,
  before: ReadonlyMap<string, SiteRow>,
  crawls: Crawl[],
): AsyncGenerator<Page<WebPage>> {
  const wanted = await wantedBy(db, context, options);
  for (const { startUrl, crawlRun } of before.values())
    if (crawlRun.state === "open" && crawlRun.id !== null && !isWanted(crawlRun, startUrl, options))
      await api.cancel(crawlRun.id);
  let credits: number | undefined;
  for (const startUrl of options.startUrls) {
    const old = before.get(startUrl)?.crawlRun;
    const isGood = old !== undefined && isGoodEnough(old, wanted(startUrl));
    const stands = isGood && old.id !== null ? await standing(api, old.id) : undefined;
    if (isGood && stands !== undefined) {
      crawls.push({ startUrl, note: old, ended: stands, refusal: undefined });
      continue;
    }
    const askedBefore = isGood && old.id === null;
    credits ??= (await api.credits()) ?? Number.MAX_SAFE_INTEGER;
    const note: CrawlNote = {
      ...{ id: null, asked: askedFor(startUrl, options), startedAt: new Date().toISOString() },
      ...{ runId: context.runId, state: "open", atMost: Math.min(options.pageLimit, credits) },
      ...{ expiresAt: null, credits: null },
    };
    if (!askedBefore) yield notePage(context, { startUrl, note });
    const answer = await begin(api, startUrl, options, askedBefore);
    const id = "id" in answer ? answer.id : null;
    const begunNow = { startUrl, note: { ...note, id } };
    yield notePage(context, begunNow);
    const refusal = "refusal" in answer ? answer.refusal : undefined;
    const ended = id === null ? undefined : ({ status: "scraping", completed: 0, total: 0 } as const);
    crawls.push({ ...begunNow, ended, refusal });
  }
}

/** Other settings than those it was begun with would have it cost for nothing. */
function isWanted({ asked }: CrawlNote, startUrl: string, options: FirecrawlOptions): boolean {
  return options.startUrls.includes(startUrl) && asked === askedFor(startUrl, options);
}

function notePage(context: SyncContext, { startUrl, note }: Pick<Crawl, "startUrl" | "note">): Page<WebPage> {
  return {
    items: [],
    cursor: { began: startUrl, id: note.id },
    save: (tx) => noteCrawl(tx, context.account, startUrl, note),
  };
}

/** Told by a whole crawl only: of one that broke off, what an earlier one told is better. */
function repeatedOn(
  { crawl, lines }: SiteSurvey,
  { mainContentOnly }: FirecrawlOptions,
  before: SiteRow | undefined,
): string[] {
  if (!mainContentOnly) return [];
  const isWhole = crawl.ended?.status === "completed";
  return !isWhole && before !== undefined && before.repeated.length > 0 ? before.repeated : lines.found();
}

async function* readPages(
  survey: Survey,
  reading: Reading,
  repeated: readonly (readonly string[])[],
  from: { site: number; skip: number } | undefined,
): AsyncGenerator<Page<WebPage>> {
  const crawls = survey.sites.map(({ crawl }) => crawl.note.id);
  for (const [site, { crawl }] of survey.sites.entries()) {
    const { id } = crawl.note;
    if (id === null || crawl.ended === undefined || site < (from?.site ?? 0)) continue;
    const left = new Set(repeated[site]);
    for await (const { part } of reading.parts(id, site === from?.site ? from.skip : 0)) {
      const shown = part.pages.filter(
        (page) => page.fate === "read" && survey.isChosen(site, page) && !survey.leadsAway(page),
      );
      yield {
        items: shown.map((page) =>
          webPage(page, crawl.startUrl, withoutRepeated(page.document.markdown ?? "", left)),
        ),
        expected: survey.choices.size,
        cursor: {
          crawls,
          ...(part.next === undefined ? { site: site + 1, skip: 0 } : { site, skip: part.next }),
        },
      };
    }
  }
}

/** What is gone, failed and not known; with it the crawls count as read, and are not gone on with any more. */
function lastPage(
  survey: Survey,
  { removed, skipped, failures, notes }: Verdict,
  repeated: readonly string[][],
  { account, runId }: SyncContext,
): Page<WebPage> {
  const told = notes.filter((note) => note !== undefined);
  const sites = survey.sites.map(({ crawl, brought }, index): SiteRow => {
    const { expiresAt, creditsUsed } = crawl.ended ?? {};
    const note = notes[index] ?? null;
    const crawlRun: CrawlNote = {
      ...crawl.note,
      ...{ state: "read", runId, expiresAt: expiresAt ?? null, credits: creditsUsed ?? null },
    };
    const { startUrl } = crawl;
    return {
      account,
      startUrl,
      pages: brought,
      complete: note === null,
      note,
      repeated: repeated[index] ?? [],
      crawlRun,
    };
  });
  return {
    items: [],
    removed,
    skipped,
    failures,
    ...(told.length === 0 ? {} : { incomplete: `${told.join("; ")}.` }),
    cursor: { ended: runId },
    save: (tx) => replaceSites(tx, account, sites),
  };
}
