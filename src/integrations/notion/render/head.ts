import { gfmTable } from "@/lib/gfm-table";
import { escapeInline } from "@/lib/escape-markdown";
import type { RenderContext } from "../markdown/context";
import type { Property } from "../models/objects";
import { propertyRows } from "./properties";

export interface HeadParts {
  title: string;
  /** Titles from the top down to what holds the page. */
  breadcrumb: readonly string[];
  properties: Readonly<Record<string, Property>>;
}

/** What stands above a page's content: its title, where it is, and the properties of a database's row. */
export function headMarkdown({ title, breadcrumb, properties }: HeadParts, context: RenderContext): string {
  const rows = propertyRows(properties, context);
  const place = breadcrumb.map(escapeInline).join(" / ");
  return [
    `# ${escapeInline(title) || "Untitled"}`,
    ...(place === "" ? [] : [`In: ${place}`]),
    ...(rows.length === 0 ? [] : [gfmTable(["Property", "Value"], rows, Number.POSITIVE_INFINITY)]),
  ].join("\n\n");
}
