import { plainLine } from "@/lib/clean-text";
import type { SiteRow } from "../db/queries";
import type { SitePage } from "../models/models";

/** A page, and the site that it stands in. */
export interface PageItem {
  page: SitePage;
  site: SiteRow;
}

export const titleOf = ({ page }: PageItem) =>
  plainLine(page.title || page.name || "", 300) || `Page ${page.id}`;
export const keyOf = ({ page, site }: PageItem) => `${site.siteId}:${page.id}`;
