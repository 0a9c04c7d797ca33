import { escapeInline } from "@/lib/escape-markdown";
import { gfmTable } from "@/lib/gfm-table";
import type { RenderedArtifact } from "@/core/models/artifact";

/** Rows named in the index; the rest are counted. */
const MOST_ROWS = 1_000;

export interface DataSourceIndex {
  id: string;
  title: string;
  description: string;
  url: string;
  breadcrumb: readonly string[];
  columns: Readonly<Record<string, { type: string; options: string[] }>>;
  rows: readonly { title: string; url: string }[];
  rowCount: number;
  lastEditedTime: string;
}

/** The artifact of a database's data source: what its columns are, and which rows it has. */
export function dataSourceArtifact(source: DataSourceIndex): RenderedArtifact {
  const { title, description, breadcrumb, columns, rows, rowCount } = source;
  const shown = rows.slice(0, MOST_ROWS);
  const more = rowCount - shown.length;
  const parts = [
    `# ${escapeInline(title) || "Untitled database"}`,
    breadcrumb.length === 0 ? "" : `In: ${breadcrumb.map(escapeInline).join(" / ")}`,
    escapeInline(description),
    `A database with ${rowCount} ${rowCount === 1 ? "row" : "rows"}.`,
    Object.keys(columns).length === 0 ? "" : `## Columns\n\n${columnTable(columns)}`,
    shown.length === 0
      ? ""
      : `## Rows\n\n${shown.map((row) => `- [${escapeInline(row.title) || "Untitled"}](${row.url})`).join("\n")}`,
    more > 0 ? `… and ${more} more.` : "",
  ];
  return {
    integrationArtifactId: `notion:data-source:${source.id}`,
    kind: "table",
    title: title || "Untitled database",
    url: source.url,
    artifactDate: source.lastEditedTime,
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    metadata: { type: "data source", breadcrumb: [...breadcrumb], rows: rowCount },
  };
}

function columnTable(columns: DataSourceIndex["columns"]): string {
  const rows = Object.entries(columns).map(([name, { type, options }]) => [
    escapeInline(name),
    type.replaceAll("_", " "),
    options.map(escapeInline).join(", "),
  ]);
  return gfmTable(["Column", "Type", "Options"], rows);
}
