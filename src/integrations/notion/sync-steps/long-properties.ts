import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { allOf, type NotionApi } from "../api/notion-api";
import type { PageRow } from "../db/queries";
import type { Property } from "../models/objects";

/** A page object holds this many values of a property at most. */
const VALUES_SHOWN = 25;
const lists = new Set(["title", "rich_text", "relation", "people"]);

/** The properties of which the page object may hold only the first values, whole; null when there are none. */
export async function readLongProperties(
  api: NotionApi,
  { pageId, rawProperties }: Pick<PageRow, "pageId" | "rawProperties">,
): Promise<Record<string, Property> | null> {
  const whole: Record<string, Property> = {};
  for (const [name, property] of Object.entries(rawProperties)) {
    const { type, id } = property;
    const shown: unknown = property[type];
    if (id === undefined || !lists.has(type) || !Array.isArray(shown) || shown.length < VALUES_SHOWN)
      continue;
    // A page that is gone or closed by now says so when its content is asked for.
    const values = await unlessRefused(
      allOf((cursor) => api.property(pageId, id, cursor)),
      MissingError,
      ForbiddenError,
    );
    if (values === undefined) continue;
    whole[name] = { ...property, [type]: values.map((value) => value[type]) };
  }
  return Object.keys(whole).length === 0 ? null : whole;
}
