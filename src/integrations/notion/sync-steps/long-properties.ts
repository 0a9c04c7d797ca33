/** What a page object leaves out of its properties: it holds, and reckons with, the first 25 pages that one names. */
import { hashJson } from "@/lib/hash";
import {
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  unlessRefused,
} from "@/core/services/http/errors";
import { z } from "zod";
import { allOf, type NotionApi } from "../api/notion-api";
import type { PageRow } from "../db/queries";
import { type Property, propertySchema } from "../models/objects";
import { lasting } from "./rows";

const VALUES_SHOWN = 25;
const lists = new Set(["title", "rich_text", "relation", "people"]);
/** Rollups of which the property's own listing gives the values one by one; the others it reckons out at its end. */
const listed = new Set(["show_original", "show_unique"]);

type Properties = Readonly<Record<string, Property>>;
type Row = Pick<PageRow, "pageId" | "rawProperties" | "longProperties">;

/** A row's properties, whole as far as they were read whole; not where the page object has said something else since. */
export function wholeProperties({ rawProperties, longProperties }: Omit<Row, "pageId">): Properties {
  const whole = Object.entries(longProperties ?? {}).filter(([name, { beside }]) => {
    const raw = rawProperties[name];
    return raw !== undefined && (beside === undefined || beside === markOf(raw));
  });
  return { ...rawProperties, ...Object.fromEntries(whole) };
}

/** Whether a property that the page object may cut off was not read whole as it is now. */
export function lacksWhole(row: Omit<Row, "pageId">): boolean {
  const whole = wholeProperties(row);
  return cutOff(row.rawProperties).some(([name, raw]) => whole[name] === raw);
}

/** The properties of which the page object may hold only the first values, whole; null when there are none. */
export async function readLongProperties(
  api: NotionApi,
  { pageId, rawProperties }: Pick<Row, "pageId" | "rawProperties">,
): Promise<Record<string, Property> | null> {
  const whole: Record<string, Property> = {};
  for (const [name, property] of cutOff(rawProperties)) {
    // A page that is gone or closed by now says so when its content is asked for.
    const value = await unlessRefused(
      readWhole(api, pageId, property),
      MissingError,
      ForbiddenError,
      RequestRefusedError,
    );
    if (value !== undefined) whole[name] = { ...property, ...value, beside: markOf(property) };
  }
  return Object.keys(whole).length === 0 ? null : whole;
}

const markOf = (raw: Property) => hashJson(lasting(raw)).slice(0, 16);

/** Lists as long as a page object's get; and what is reckoned from related pages, where those are as many. */
function cutOff(properties: Properties): [string, Property][] {
  const all = Object.entries(properties).filter(([, { id }]) => id !== undefined);
  const isOfMany = all.some(([, property]) => property.type === "relation" && isFull(property));
  return all.filter(([, property]) =>
    lists.has(property.type) || property.type === "rollup" || property.type === "formula"
      ? isFull(property) || (isOfMany && !lists.has(property.type))
      : false,
  );
}

const arraySchema = z.looseObject({ array: z.array(z.unknown()) });

function isFull(property: Property): boolean {
  const value = property[property.type];
  const shown = Array.isArray(value) ? value : arraySchema.safeParse(value).data?.array;
  return property["has_more"] === true || (shown?.length ?? 0) >= VALUES_SHOWN;
}

/** Undefined where the page object's own value is the best there is. */
async function readWhole(
  api: NotionApi,
  pageId: string,
  { id = "", type }: Property,
): Promise<Record<string, unknown> | undefined> {
  if (type === "formula") {
    const answer = await api.propertyValue(pageId, id);
    return answer.type === type ? { [type]: answer[type] } : undefined;
  }
  let end: unknown;
  const values = await allOf(async (cursor) => {
    const answer = await api.property(pageId, id, cursor);
    end = answer["property_item"];
    return answer;
  });
  return type === "rollup" ? rolledUp(values, end) : { [type]: values.map((value) => value[value.type]) };
}

const endSchema = z.looseObject({
  rollup: z.looseObject({ type: z.string(), function: z.string().nullish() }),
});

/** @param end what the last page of a rollup's listing says it comes to; values that are listed are not in it. */
function rolledUp(values: readonly Property[], end: unknown): Record<string, unknown> | undefined {
  const rollup = endSchema.safeParse(end).data?.rollup;
  if (rollup === undefined) return undefined;
  if (rollup.type === "number" || rollup.type === "date")
    return listed.has(rollup.function ?? "") ? undefined : { rollup };
  if (rollup.type !== "array" || !listed.has(rollup.function ?? "")) return undefined;
  // Of texts, people and relations a listing gives each entry by itself.
  const array = values.map((value) =>
    lists.has(value.type) && !Array.isArray(value[value.type])
      ? { ...value, [value.type]: [value[value.type]] }
      : value,
  );
  return { rollup: { ...rollup, array: array.map((value) => propertySchema.parse(value)) } };
}
