import { escapeInline } from "@/lib/escape-markdown";
import { type FoundLink, idIn, lastingUrl, type RenderContext } from "./context";

type Attributes = Readonly<Record<string, string>>;

const kinds: Record<string, FoundLink["kind"]> = {
  page: "page",
  database: "database",
  "data-source": "dataSource",
};

/** A mention by the name of what it means: people with an at sign, pages and databases with their link, dates as text. */
export function mention(
  kind: string,
  attributes: Attributes,
  label: string,
  context: RenderContext,
): { text: string } | { markup: string } {
  const url = attributes["url"] ?? "";
  const id = idIn(url);
  if (kind === "date") return { text: dateRange(attributes) };
  if (kind === "user" || kind === "agent") {
    const name =
      label || (id === undefined ? undefined : context.userName(id)) || `someone (${kind} not known)`;
    return { text: name.startsWith("@") ? name : `@${name}` };
  }
  const linked = kinds[kind];
  if (linked !== undefined && id !== undefined) context.links.push({ id, kind: linked, contains: false });
  const title =
    label || (id === undefined ? undefined : context.title(id)) || `a ${kind.replaceAll("-", " ")}`;
  return { markup: linkTo(title, url, context) };
}

/** A link with its label escaped. */
export function linkTo(label: string, url: string, context: RenderContext): string {
  return `[${escapeInline(label)}](${lastingUrl(url, context)})`;
}

/** `2026-05-15`, `2026-05-15 09:00 → 2026-05-16 (Europe/Berlin)`. */
export function dateRange(attributes: Attributes): string {
  const at = (side: "start" | "end") => {
    const time = attributes[`${side}Time`] ?? attributes[`${side}-time`];
    return [attributes[side], time].filter((part) => part !== undefined && part !== "").join(" ");
  };
  const zone = attributes["timeZone"] ?? attributes["time-zone"] ?? "";
  const range = [at("start"), at("end")].filter((side) => side !== "").join(" → ");
  return zone === "" ? range : `${range} (${zone})`;
}
