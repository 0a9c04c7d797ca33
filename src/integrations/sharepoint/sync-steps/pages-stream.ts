import { z } from "zod";
import type { SyncContext } from "@/core/models/integration";
import { keptRows, ownRows } from "@/core/services/sync/kept-rows";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { toIso } from "@/lib/time";
import type { GraphApi } from "../api/graph-api";
import { orNothing } from "../api/graph-reader";
import type { SiteRow } from "../db/queries";
import { sharepointPage } from "../db/schema";
import { nameOf, sitePageSchema } from "../models/models";
import { renderPage } from "../render/render-page";
import { keyOf, type PageItem, titleOf } from "./page-item";

/** Raised when the same page is rendered differently from now on, so that every page is read again once. */
const RENDERING = 1;
const cursorSchema = z.object({ page: z.string() });

export const pagesStreamName = (siteId: string) => `pages of ${siteId}`;
/** The pages of one site. Microsoft keeps no list of their changes, so each sync lists them; what changed is read. */
export function pagesStream({ signal }: SyncContext, api: GraphApi, site: SiteRow): Stream<PageItem> {
  return {
    name: pagesStreamName(site.siteId),
    enumerates: ["full", "incremental"],
    pages: (request) => pagesOf(api, site, request),
    key: keyOf,
    version: ({ page }) => {
      const { title, name, description, eTag, lastModifiedDateTime, publishingState, webUrl } = page;
      const who = [nameOf(page.createdBy), nameOf(page.lastModifiedBy)];
      const state = [publishingState?.level, publishingState?.versionId];
      const marks = [title, name, description, eTag, lastModifiedDateTime, webUrl];
      return hashJson([RENDERING, ...marks, ...who, ...state, site.name].map((mark) => mark ?? null));
    },
    render: async (item) => renderPage(item, await api.page(site.siteId, item.page.id), signal),
    ...keptRows(
      ownRows<PageItem, typeof sharepointPage>(sharepointPage, sharepointPage.pageKey, (item, account) => ({
        account,
        pageKey: keyOf(item),
        siteId: site.siteId,
        pageId: item.page.id,
        title: titleOf(item),
        author: nameOf(item.page.createdBy) ?? null,
        editedBy: nameOf(item.page.lastModifiedBy) ?? null,
        createdAt: toIso(item.page.createdDateTime) ?? null,
        editedAt: toIso(item.page.lastModifiedDateTime) ?? null,
        level: item.page.publishingState?.level ?? null,
        url: item.page.webUrl ?? null,
      })),
    ),
  };
}

/** A site without pages, or whose pages are not ours to see, says so at once. */
async function* pagesOf(
  api: GraphApi,
  site: SiteRow,
  { cursor: from }: PageRequest,
): AsyncGenerator<Page<PageItem>> {
  const start = cursorSchema.safeParse(from).data?.page ?? null;
  const listing = api.pages(site.siteId, sitePageSchema, start);
  for await (const { items, unknown, cursor } of start === null ? orNothing(listing) : listing)
    yield {
      items: items.map((page) => ({ page, site })),
      cursor: cursor === null ? null : { page: cursor },
      ...(unknown === 0 ? {} : { incomplete: `${unknown} pages have a shape that is not known here.` }),
    };
}
