/** One page on its way from the tables to its artifact. */
import { ItemError } from "@/core/models/errors";
import type { RenderedArtifact } from "@/core/models/artifact";
import { ForbiddenError, TooLargeError, unlessRefused } from "@/core/services/http/errors";
import { hashJson } from "@/lib/hash";
import { allOf } from "../api/notion-api";
import { readContent } from "../blocks/read-content";
import type { PageRow } from "../db/queries";
import { type FoundLink, plainId, type RenderContext } from "../markdown/context";
import { enhancedToGfm } from "../markdown/to-gfm";
import { commentsMarkdown } from "../render/comments";
import { headMarkdown } from "../render/head";
import { propertyRows } from "../render/properties";
import type { Listing } from "./listing";
import { lacksWhole, readLongProperties, wholeProperties } from "./long-properties";
import type { Tree } from "./tree";

/** Edits of one minute look alike, and may reach the API late: so long after an edit a page is read again. */
const SETTLED_MS = 10 * 60_000;
/** Full syncs read a page again after this long, whatever its time of edit says. */
const WEEK_MS = 6.5 * 24 * 3_600_000;
/** So many pages refuse their comments, and none gave any: the connection may not read them. */
const REFUSALS = 5;

export interface PageItem {
  listing: Listing;
  row: PageRow;
  breadcrumb: readonly string[];
  context: RenderContext;
  /** The content is to be fetched; otherwise what is stored of it is used. */
  read: boolean;
  /** Which edit, and which reading of it, the content is of. */
  mark: string;
  head: string;
  headHash: string;
  /** What was read anew of long properties; set by `completeHeads`. */
  longProperties?: PageRow["longProperties"];
  /** What was fetched; set by `renderPage`. */
  fetched?: { body: string; links: FoundLink[] };
}

export function toItem(row: PageRow, tree: Tree, listing: Listing): PageItem {
  const context: RenderContext = {
    pageUrl: row.url,
    userName: (id) => listing.users.get(id),
    title: (id) => tree.titleOf(id),
    links: [],
  };
  const breadcrumb = tree.breadcrumb(row.pageId);
  const head = headOf(row, breadcrumb, context);
  const read = needsReading(row, listing);
  const again = read && row.bodyMark?.startsWith(row.lastEditedTime) === true ? `@${listing.startedAt}` : "";
  const mark = read ? `${row.lastEditedTime}${again}` : (row.bodyMark ?? "");
  return { listing, row, breadcrumb, context, read, mark, head, headHash: hashJson(head) };
}

function needsReading(row: PageRow, { startedAt, since }: Pick<Listing, "startedAt" | "since">): boolean {
  const { body, bodyMark, readAt, lastEditedTime } = row;
  if (body === null || bodyMark === null || readAt === null) return true;
  if (!bodyMark.startsWith(lastEditedTime)) return true;
  const read = Date.parse(readAt);
  const age = Date.parse(startedAt) - read;
  if (age > 0 && read - Date.parse(lastEditedTime) < SETTLED_MS) return true;
  return since === null && age > WEEK_MS;
}

/** Properties belong to rows of databases; other pages have their title alone. */
function headOf(row: PageRow, breadcrumb: readonly string[], context: RenderContext): string {
  const properties = row.dataSourceId === null ? {} : wholeProperties(row);
  return headMarkdown({ title: row.title, breadcrumb, properties }, context);
}

/** The row's properties by name, for queries. */
export function propertyTexts({ row, context }: PageItem): Record<string, string> {
  return Object.fromEntries(propertyRows(wholeProperties(row), context));
}

/** Reads what a page object leaves out of its properties, so that a head is made of all of them from the first. */
export async function completeHeads(items: readonly PageItem[]): Promise<void> {
  for (const item of items) {
    const { row, breadcrumb, context, listing } = item;
    if (!item.read && !lacksWhole(row)) continue;
    item.longProperties = await readLongProperties(listing.api, row);
    item.row = { ...row, longProperties: item.longProperties };
    item.head = headOf(item.row, breadcrumb, context);
    item.headHash = hashJson(item.head);
  }
}

/** Fetches what is to be fetched and puts the artifact together. */
export async function renderPage(item: PageItem): Promise<RenderedArtifact> {
  const { row, breadcrumb, context } = item;
  if (item.read) item.fetched = await fetchPage(item);
  const body = item.fetched?.body ?? row.body ?? "";
  return {
    integrationArtifactId: `notion:page:${row.pageId}`,
    kind: "document",
    title: row.title || "Untitled",
    url: row.url,
    author: row.createdBy === null ? undefined : context.userName(row.createdBy),
    artifactDate: row.lastEditedTime,
    markdown: [item.head, body].filter((part) => part !== "").join("\n\n"),
    metadata: { type: row.dataSourceId === null ? "page" : "row", breadcrumb: [...breadcrumb] },
  };
}

async function fetchPage({ listing, row, context }: PageItem) {
  const { api, options } = listing;
  const own: RenderContext = { ...context, links: [] };
  try {
    const content = enhancedToGfm(await readContent(api, row.pageId, options), own);
    const comments = options.comments ? await commentsOf(row.pageId, listing, own) : "";
    const links = uniqueLinks(own.links, row.pageId);
    return { body: [content, comments].filter((part) => part !== "").join("\n\n"), links };
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    throw new ItemError(`The page "${row.title}" is too large to be read.`, {
      action: "Split it in Notion; what was read of it before stays searchable.",
      cause: error,
    });
  }
}

/**
 * Comments are a capability of their own: without it pages come without them, and are not asked for theirs once that is
 * plain.
 */
async function commentsOf(
  pageId: string,
  { api, comments: so }: Listing,
  context: RenderContext,
): Promise<string> {
  if (!so.given && so.refused >= REFUSALS) return "";
  const comments = await unlessRefused(
    allOf((cursor) => api.comments(pageId, cursor)),
    ForbiddenError,
  );
  if (comments === undefined) so.refused++;
  else so.given = true;
  return commentsMarkdown(comments ?? [], context);
}

function uniqueLinks(links: readonly FoundLink[], ownId: string): FoundLink[] {
  const byId = new Map<string, FoundLink>();
  for (const link of links) {
    if (link.id === plainId(ownId)) continue;
    const known = byId.get(link.id);
    byId.set(link.id, { ...link, contains: link.contains || known?.contains === true });
  }
  return [...byId.values()];
}
