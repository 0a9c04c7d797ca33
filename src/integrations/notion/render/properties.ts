/** Values of a row's properties as markdown for one table cell, every type of the API. */
import { z } from "zod";
import { escapeInline } from "@/lib/escape-markdown";
import { richTextToEnhanced } from "../blocks/rich-text";
import { encodeForLink, lastingUrl, pageAddress, plainId, type RenderContext } from "../markdown/context";
import { inlineToGfm } from "../markdown/inline";
import { dateRange } from "../markdown/mention";
import { type Property, richTextSchema } from "../models/objects";

const named = z.looseObject({ name: z.string() });
const withId = z.looseObject({ id: z.string(), name: z.string().nullish() });
const date = z.looseObject({ start: z.string(), end: z.string().nullish(), time_zone: z.string().nullish() });
const file = named.extend({ external: z.looseObject({ url: z.string() }).nullish() });
const typed = z.looseObject({ type: z.string() });
const uniqueId = z.looseObject({ prefix: z.string().nullish(), number: z.number().nullish() });
const place = z.looseObject({
  name: z.string().nullish(),
  address: z.string().nullish(),
  lat: z.number().nullish(),
  lon: z.number().nullish(),
});

type Reader = (value: unknown, context: RenderContext) => string;

const readers: Record<string, Reader> = {
  title: richText,
  rich_text: richText,
  number: plain,
  select: (value) => nameOf(value),
  status: (value) => nameOf(value),
  multi_select: (value) =>
    listOf(named, value)
      .map(({ name }) => escapeInline(name))
      .join(", "),
  date: (value) => dateText(value),
  people: (value, context) =>
    listOf(withId, value)
      .map((user) => person(user, context))
      .join(", "),
  created_by: (value, context) => personOf(value, context),
  last_edited_by: (value, context) => personOf(value, context),
  files: (value, context) =>
    listOf(file, value)
      .map((one) => fileLink(one, context))
      .join(", "),
  checkbox: (value) => (value === true ? "yes" : "no"),
  url: (value) => (typeof value === "string" ? webLink(value) : ""),
  email: plain,
  phone_number: plain,
  created_time: plain,
  last_edited_time: plain,
  formula: inner,
  rollup: inner,
  array: (value, context) =>
    listOf(typed, value)
      .map((one) => propertyText(one, context))
      .filter(Boolean)
      .join(", "),
  string: plain,
  boolean: (value) => (value === null ? "" : value === true ? "yes" : "no"),
  relation: (value, context) =>
    listOf(withId, value)
      .map(({ id }) => pageLink(id, context))
      .join(", "),
  unique_id: (value) => {
    const { prefix, number } = read(uniqueId, value) ?? {};
    return typeof number === "number"
      ? escapeInline([prefix ?? "", number].filter((part) => part !== "").join("-"))
      : "";
  },
  verification: (value) => {
    const { state, date: until } =
      read(z.looseObject({ state: z.string(), date: date.nullish() }), value) ?? {};
    if (state === undefined || state === "unverified") return "";
    return [state, dateText(until)].filter((part) => part !== "").join(" ");
  },
  place: (value) => {
    const { name, address, lat, lon } = read(place, value) ?? {};
    const words = [name ?? "", address ?? ""].filter((part) => part !== "");
    return escapeInline(
      words.length > 0
        ? words.join(", ")
        : typeof lat === "number" && typeof lon === "number"
          ? `${lat}, ${lon}`
          : "",
    );
  },
  button: () => "",
  unsupported: () => "",
};

/** "" for empty values, and for types that hold nothing to read. A type that is new is shown by its plain values. */
export function propertyText(property: Property, context: RenderContext): string {
  const value = property[property.type];
  const reader = readers[property.type];
  if (reader !== undefined) return reader(value, context);
  return typeof value === "object" ? "" : plain(value);
}

/** A table of the properties that hold something, the title aside; by name, in the order given. */
export function propertyRows(
  properties: Readonly<Record<string, Property>>,
  context: RenderContext,
): [string, string][] {
  return Object.entries(properties).flatMap(([name, property]): [string, string][] => {
    if (property.type === "title") return [];
    const text = propertyText(property, context);
    return text === "" ? [] : [[escapeInline(name), text]];
  });
}

function inner(value: unknown, context: RenderContext): string {
  const result = read(typed, value);
  return result === undefined ? "" : propertyText(result, context);
}

function read<Output>(schema: z.ZodType<Output>, value: unknown): Output | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Entries that fit; an odd one does not cost the others. */
function listOf<Output>(schema: z.ZodType<Output>, value: unknown): Output[] {
  return Array.isArray(value) ? value.flatMap((entry) => read(schema, entry) ?? []) : [];
}

function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? escapeInline(String(value))
    : "";
}

function nameOf(value: unknown): string {
  return escapeInline(read(named, value)?.name ?? "");
}

function richText(value: unknown, context: RenderContext): string {
  return inlineToGfm(richTextToEnhanced(listOf(richTextSchema, value)), context);
}

function dateText(value: unknown): string {
  const range = read(date, value);
  if (range === undefined) return "";
  return dateRange({ start: range.start, end: range.end ?? "", timeZone: range.time_zone ?? "" });
}

function person(
  { id, name }: { id: string; name?: string | null | undefined },
  context: RenderContext,
): string {
  return escapeInline((name ?? context.userName(plainId(id))) || "someone");
}

function personOf(value: unknown, context: RenderContext): string {
  const user = read(withId, value);
  return user === undefined ? "" : person(user, context);
}

function pageLink(id: string, context: RenderContext): string {
  return `[${escapeInline(context.title(plainId(id)) ?? "a page")}](${pageAddress(id)})`;
}

function webLink(url: string): string {
  return /^https?:\/\//i.test(url) ? `<${encodeForLink(url)}>` : escapeInline(url);
}

function fileLink({ name, external }: z.infer<typeof file>, context: RenderContext): string {
  return `[${escapeInline(name)}](${lastingUrl(external?.url ?? "", context)})`;
}
