/** What a look through all crawls says beside the pages themselves: what is gone, what failed, and what is not known. */
import type { ItemNotice, Page } from "@/core/services/sync/stream";
import { cleanAddress, pageKey } from "../crawl/address";
import type { Fate, WebPage } from "../models/web-page";
import type { SiteSurvey, Survey } from "./survey";

export interface Verdict {
  removed: NonNullable<Page<WebPage>["removed"]>;
  skipped: readonly ItemNotice[];
  failures: readonly ItemNotice[];
  /** By site, in words, why a page that was not met may be there all the same; undefined where all was read. */
  notes: readonly (string | undefined)[];
}

/** From this share of what a crawl may bring on, it may have been cut off: addresses that redirect count and are not told. */
const NEAR_LIMIT = 0.9;

/** So many known pages, and more than half of all: that says something of the site, not of the pages. */
const MANY_REFUSED = 10;
/** Left to the guard that asks a person where a listing misses as many. */
const MANY_GONE = 100;

export function verdictOf(survey: Survey, known: ReadonlySet<string>): Verdict {
  const are = (fate: Fate, many: number) => {
    const some = [...survey.choices].filter(([key, { page }]) => page.fate === fate && known.has(key)).length;
    return some > many && some > known.size / 2;
  };
  // A site that keeps a crawler out answers as one that asks for a login.
  const isRefusing = are("hidden", MANY_REFUSED);
  const told = new Set<Fate>([
    ...(isRefusing ? [] : (["hidden"] as const)),
    ...(are("gone", MANY_GONE) ? [] : (["gone"] as const)),
  ]);
  const failed = failuresOf(survey, known, isRefusing);
  const blocked = survey.sites.flatMap(({ kept }) => kept.flatMap((address) => keyOf(address) ?? []));
  const chosen = [...survey.choices];
  const away = chosen.filter(([, { page }]) => page.fate === "read" && survey.leadsAway(page));
  return {
    removed: [
      ...chosen.flatMap(([key, { page }]) =>
        (page.fate === "gone" || page.fate === "hidden") && told.has(page.fate)
          ? [{ key, state: page.fate }]
          : [],
      ),
      ...[...new Set(blocked)]
        .filter((key) => !survey.choices.has(key))
        .map((key) => ({ key, state: "hidden" as const })),
    ],
    skipped: [
      ...away.map(([key, { page }]) => ({ key, reason: `${key} leads to another site, ${page.url.host}.` })),
      ...chosen.flatMap(([key, { page }]) =>
        page.fate === "empty" && !known.has(key) ? [{ key, reason: `${key} has no text.` }] : [],
      ),
    ],
    failures: [...failed.values()].flatMap((some) =>
      [...some].map(([key, reason]) => ({ key, reason: `${key} could not be read: ${reason}` })),
    ),
    notes: survey.sites.map((site, index) => noteOf(site, failed.get(index) ?? new Map(), known)),
  };
}

/** Pages that could not be read, with the reason, by site. */
function failuresOf(
  { sites, choices }: Survey,
  known: ReadonlySet<string>,
  isRefusing: boolean,
): Map<number, Map<string, string>> {
  const seen = new Set<string>();
  return new Map(
    sites.map(({ errors }, index) => {
      const some = new Map<string, string>();
      for (const [address, reason] of errors ?? []) {
        const key = keyOf(address);
        if (key !== undefined && (choices.get(key)?.page.fate ?? "failed") === "failed")
          some.set(key, reason);
      }
      for (const [key, { site, page }] of choices) {
        if (site !== index) continue;
        if (page.fate === "failed") some.set(key, "the site had trouble with it");
        if (page.fate === "hidden" && isRefusing && known.has(key))
          some.set(key, "the site refuses most of its pages");
        // Far more often a page was not drawn in time than all of its text was taken away.
        if (page.fate === "empty" && known.has(key)) some.set(key, "it came without its text");
      }
      for (const key of some.keys()) if (seen.has(key)) some.delete(key);
      for (const key of some.keys()) seen.add(key);
      return [index, some];
    }),
  );
}

function noteOf(
  { crawl, brought, unknown, errors, kept }: SiteSurvey,
  failed: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
): string | undefined {
  const { ended, note, refusal, startUrl } = crawl;
  if (ended === undefined) return `Firecrawl refused to crawl ${startUrl}: ${refusal ?? "no reason given"}`;
  const said = ended.error ? `: ${ended.error}` : "";
  if (ended.status === "failed") return `the crawl of ${startUrl} failed${said}`;
  if (ended.status === "cancelled") return `the crawl of ${startUrl} was cancelled`;
  const [reason] = failed.values();
  if (brought === 0)
    return `the crawl of ${startUrl} brought no page${reason === undefined ? "" : `: ${reason}`}`;
  if (brought < ended.completed)
    return `the crawl of ${startUrl} brought ${brought} of the ${ended.completed} pages that it read`;
  if (unknown > 0) return `${unknown} pages of ${startUrl} have a shape that is not known here`;
  if (errors === undefined) return `Firecrawl does not say which pages of ${startUrl} it could not read`;
  if (brought + errors.size + kept.length >= Math.max(1, Math.floor(note.atMost * NEAR_LIMIT)))
    return `the crawl of ${startUrl} ended at or near its limit of ${note.atMost} pages`;
  // A page that was never read has led to no other; one that is known may be the only way to some.
  const lost = [...failed.keys()].filter((key) => known.has(key)).length;
  return lost === 0 ? undefined : `${lost} known pages of ${startUrl} could not be read this time`;
}

function keyOf(address: string): string | undefined {
  const url = cleanAddress(address);
  return url === undefined ? undefined : pageKey(url);
}
