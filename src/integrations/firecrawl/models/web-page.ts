/** A page as it is compared and shown, made of what Firecrawl brought of it. */
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { cleanAddress, pageKey, siteOf } from "../crawl/address";
import { type WebDocument, documentSchema } from "./models";

export interface WebPage {
  /** `pageKey` of its address. */
  key: string;
  url: string;
  startUrl: string;
  site: string;
  title: string;
  description: string | null;
  language: string | null;
  markdown: string;
  publishedAt: string | null;
  modifiedAt: string | null;
}

/** What came of asking for the page. "empty": the site says nothing against it, and Firecrawl found no text in it. */
export type Fate = "read" | "empty" | "gone" | "hidden" | "failed";

export interface FoundPage {
  key: string;
  url: URL;
  /** The site that was asked; redirects may have led away from it. */
  askedSite: string;
  fate: Fate;
  document: WebDocument;
}

/** Undefined for an entry of another shape, or without an address. */
export function foundPage(entry: unknown): FoundPage | undefined {
  const document = documentSchema.safeParse(entry).data;
  const { url: final, sourceURL } = document?.metadata ?? {};
  const url = cleanAddress(final ?? sourceURL ?? "");
  if (document === undefined || url === undefined) return undefined;
  const asked = cleanAddress(sourceURL ?? "") ?? url;
  const fate = fateOf(document);
  // A page that is gone is gone from where it was asked for, wherever its notice stands.
  return {
    key: pageKey(fate === "read" || fate === "empty" ? url : asked),
    url,
    askedSite: siteOf(asked),
    fate,
    document,
  };
}

function fateOf({ metadata, markdown }: WebDocument): Fate {
  const status = metadata.statusCode ?? 200;
  if (status === 404 || status === 410) return "gone";
  if (status === 401 || status === 403) return "hidden";
  if (status >= 400) return "failed";
  return (markdown ?? "").trim() === "" ? "empty" : "read";
}

export function webPage({ key, url, document }: FoundPage, startUrl: string, markdown: string): WebPage {
  const { metadata: told } = document;
  const date = (...given: (string | null | undefined)[]) =>
    given.map((one) => toIso(one)).find((one) => one !== undefined) ?? null;
  return {
    key,
    url: url.href,
    startUrl,
    site: siteOf(url),
    title: plainLine(told.title ?? "") || firstHeading(markdown) || key,
    description: plainLine(told.description ?? "", 1_000) || null,
    language: plainLine(told.language ?? "", 35) || null,
    markdown,
    publishedAt: date(told.publishedTime, told["article:published_time"]),
    modifiedAt: date(told.modifiedTime, told["article:modified_time"]),
  };
}

const firstHeading = (markdown: string) => plainLine(/^#{1,3} +(\S.*)$/m.exec(markdown)?.[1] ?? "");
