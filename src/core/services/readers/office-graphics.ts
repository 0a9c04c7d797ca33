import { gfmTable } from "@/lib/gfm-table";
import { inlineText } from "@/lib/markdown-text";
import { type OfficeParts, relationsOf, walkXml } from "./office-parts";
import { shownNumber } from "./xlsx-formats";

const MOST_POINTS = 500;
const DEEPEST = 8;

/** The charts as tables and the diagrams (SmartArt) as lists that a document's part, such as a slide, shows. */
export function graphicsOf(parts: OfficeParts, part: string): string[] {
  return [...relationsOf(parts, part).values()]
    .map(({ type, path }) => {
      if (type === "chart") return chartMarkdown(parts, path);
      return type === "diagramData" ? diagramMarkdown(parts, path) : "";
    })
    .filter((text) => text !== "");
}

interface Point {
  text: string;
  kind: string;
}

/** A diagram's texts, each below the one it hangs on (ECMA-376, DrawingML diagrams). */
function diagramMarkdown(parts: OfficeParts, path: string): string {
  const points = new Map<string, Point>();
  const below = new Map<string, string[]>();
  let point: Point | undefined;
  let inText = false;
  walkXml(parts, path, {
    open: (name, attributes) => {
      const { modelId = "", type, srcId = "", destId = "" } = attributes;
      if (name === "pt") points.set(modelId, (point = { text: "", kind: type ?? "node" }));
      else if (name === "cxn" && (type ?? "parOf") === "parOf")
        below.getOrInsertComputed(srcId, () => []).push(destId);
      else if (name === "p" && point !== undefined && point.text !== "") point.text += " ";
      else if (name === "t") inText = true;
    },
    text: (text) => {
      if (inText && point !== undefined) point.text += text;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "pt") point = undefined;
    },
  });
  const lines: string[] = [];
  const seen = new Set<string>();
  const show = (id: string, depth: number): void => {
    const { text, kind } = points.get(id) ?? { text: "", kind: "" };
    if (seen.has(id) || depth > DEEPEST) return;
    seen.add(id);
    const says = (kind === "node" || kind === "asst") && text.trim() !== "";
    if (says) lines.push(`${"  ".repeat(depth)}- ${inlineText(text)}`);
    for (const child of below.get(id) ?? []) show(child, says ? depth + 1 : depth);
  };
  for (const [id, { kind }] of points) if (kind === "doc") show(id, 0);
  for (const id of points.keys()) show(id, 0);
  return lines.join("\n");
}

interface Series {
  name: string;
  /** By place: what is counted, and how much. */
  categories: string[];
  values: string[];
}

/** A chart's title, and its values with a column for each series (ECMA-376, DrawingML charts). */
function chartMarkdown(parts: OfficeParts, path: string): string {
  const { title, series } = readChart(parts, path);
  const head = title.trim() === "" ? "" : `**${inlineText(title)}**`;
  const categories = series.find((one) => one.categories.length > 0)?.categories ?? [];
  const count = Math.max(0, ...series.map(({ values }) => values.length));
  const rows = Array.from({ length: Math.min(count, MOST_POINTS) }, (_, at) => [
    categories[at] ?? "",
    ...series.map(({ values }) => values[at] ?? ""),
  ]);
  const table = rows.length === 0 ? "" : gfmTable(["", ...series.map(({ name }) => name)], rows);
  return [head, table].filter((part) => part !== "").join("\n\n");
}

function readChart(parts: OfficeParts, path: string): { title: string; series: Series[] } {
  const series: Series[] = [];
  const open: string[] = [];
  let [title, code, at] = ["", "", 0];
  walkXml(parts, path, {
    open: (name, { idx }) => {
      open.push(name);
      if (name === "ser") series.push({ name: "", categories: [], values: [] });
      else if (name === "pt") at = Number(idx ?? 0);
      else if (name === "numCache" || name === "strCache") code = "";
    },
    text: (text) => {
      const name = open.at(-1);
      const one = series.at(-1);
      if (name === "formatCode") code += text;
      else if (name === "t" && open.includes("title") && !open.includes("valAx") && !open.includes("catAx"))
        title += text;
      if (name !== "v" || one === undefined || !(at >= 0 && at < MOST_POINTS)) return;
      if (open.includes("tx")) one.name += text;
      else if (open.includes("cat") || open.includes("xVal")) one.categories[at] = shownNumber(text, code);
      else if (open.includes("val") || open.includes("yVal")) one.values[at] = shownNumber(text, code);
    },
    close: () => void open.pop(),
  });
  return { title, series };
}
