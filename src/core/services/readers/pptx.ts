import { CancelledError } from "@/core/models/errors";
import { commentsMarkdown } from "./comments";
import { firstParts } from "./first-parts";
import { graphicsOf } from "./office-graphics";
import { commentAuthors, slideComments } from "./pptx-comments";
import { inlineText, lineText } from "@/lib/markdown-text";
import { officeFacts } from "./office-facts";
import { damagedOffice, type OfficeParts, officeParts, relationsOf, walkXml } from "./office-parts";
import type { ByteReader } from "./reader";
import { plainTable } from "./table-markdown";

const PRESENTATION = "ppt/presentation.xml";
const MOST_SLIDES = 1_000;

interface SlideText {
  title: string;
  /** Paragraphs with their depth. */
  lines: { text: string; level: number }[];
  /** Markdown. */
  tables: string[];
}

/** A presentation (ECMA-376, PresentationML): one section a slide, with its title, text, tables, charts, speaker's notes and comments. */
export const readPptx: ByteReader = (input) => {
  const parts = officeParts(input);
  const paths = slidesOf(parts);
  if (paths === undefined) throw damagedOffice(input);
  const authors = commentAuthors(parts, PRESENTATION);
  const slides = firstParts(paths, MOST_SLIDES, "slides", (path, index) => {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    return slideMarkdown(parts, path, index + 1, authors);
  });
  // The title in the properties is mostly the template's.
  return {
    ...officeFacts(parts),
    title: undefined,
    markdown: slides.join("\n\n"),
    kind: "document",
    metadata: { slides: paths.length },
  };
};

/** In the order of the presentation, which is not that of the files' names. */
function slidesOf(parts: OfficeParts): string[] | undefined {
  if (parts[PRESENTATION] === undefined) return undefined;
  const relations = relationsOf(parts, PRESENTATION);
  const paths: string[] = [];
  walkXml(parts, PRESENTATION, {
    open: (name, { "r:id": id = "" }) => {
      const path = name === "sldId" ? relations.get(id)?.path : undefined;
      if (path !== undefined) paths.push(path);
    },
  });
  return paths;
}

function slideMarkdown(
  parts: OfficeParts,
  path: string,
  number: number,
  authors: ReadonlyMap<string, string>,
): string {
  const { title, lines, tables } = textOf(parts, path);
  const notes = [...relationsOf(parts, path).values()].find(({ type }) => type === "notesSlide");
  const said = notes === undefined ? undefined : textOf(parts, notes.path);
  const list = lines.map(({ text, level }) => `${"  ".repeat(level)}- ${inlineText(text)}`).join("\n");
  const graphics = graphicsOf(parts, path);
  const comments = commentsMarkdown(slideComments(parts, path, authors), 3);
  const head = `## Slide ${number}${title === "" ? "" : `: ${inlineText(title)}`}`;
  const spoken = [...(said?.lines ?? []).map(({ text }) => lineText(text)), ...(said?.tables ?? [])].join(
    "\n\n",
  );
  return [head, list, ...tables, ...graphics, spoken === "" ? "" : `### Notes\n\n${spoken}`, comments]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Places that repeat on every slide and say nothing of it. */
const FURNITURE = new Set(["dt", "ftr", "sldNum", "hdr", "sldImg"]);

function textOf(parts: OfficeParts, path: string): SlideText {
  const slide: SlideText = { title: "", lines: [], tables: [] };
  let place = "";
  let paragraph = { text: "", level: 0 };
  let inText = false;
  let rows: string[][] = [];
  let cell: string[] | undefined;
  const endParagraph = () => {
    const text = paragraph.text.replaceAll(/\s+/g, " ").trim();
    if (text === "" || FURNITURE.has(place)) return;
    if (cell !== undefined) cell.push(text);
    else if (place === "title" || place === "ctrTitle") slide.title = `${slide.title} ${text}`.trim();
    else slide.lines.push({ text, level: paragraph.level });
  };
  walkXml(parts, path, {
    open: (name, { type = "", lvl = "0" }) => {
      if (name === "sp" || name === "graphicFrame") place = "";
      else if (name === "ph") place = type;
      else if (name === "p") paragraph = { text: "", level: 0 };
      else if (name === "pPr") paragraph.level = Math.min(8, Number(lvl) || 0);
      else if (name === "t") inText = true;
      else if (name === "br") paragraph.text += " ";
      else if (name === "tbl") rows = [];
      else if (name === "tr") rows.push([]);
      else if (name === "tc") cell = [];
    },
    text: (text) => {
      if (inText) paragraph.text += text;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "p") endParagraph();
      else if (name === "tc") {
        rows.at(-1)?.push((cell ?? []).join("\n"));
        cell = undefined;
      } else if (name === "tbl") slide.tables.push(plainTable(rows));
    },
  });
  return slide;
}
