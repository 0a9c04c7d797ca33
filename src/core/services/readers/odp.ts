import { CancelledError } from "@/core/models/errors";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { commentsMarkdown } from "./comments";
import { firstParts } from "./first-parts";
import { htmlToMarkdown } from "./html";
import { CONTENT, odfComments, odfFacts, odfParts, odfStyles } from "./odf";
import { OdfHtml } from "./odf-html";
import { type XmlListener, walkXml } from "./office-parts";
import type { ByteReader } from "./reader";

const MOST_SLIDES = 1_000;
/** Frames that repeat on every slide and say nothing of it. */
const FURNITURE = new Set(["header", "footer", "date-time", "page-number", "page"]);

/** HTML of one slide's parts. */
interface Slide {
  title: string;
  text: string;
  notes: string;
}

/** A presentation or drawing (OpenDocument): one section a slide, with its title, text, tables and speaker's notes. */
export const readOdp: ByteReader = (input) => {
  const parts = odfParts(input);
  const slides = new Slides(new OdfHtml(odfStyles(parts)));
  walkXml(parts, CONTENT, slides);
  const shown = firstParts(slides.all, MOST_SLIDES, "slides", (slide, index) => {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    const markdown = (html: string) => nestedMarkdown(htmlToMarkdown(input, html), 3).trim();
    const title = oneLine(markdown(slide.title));
    const notes = markdown(slide.notes);
    return [
      `## Slide ${index + 1}${title === "" ? "" : `: ${title}`}`,
      markdown(slide.text),
      notes === "" ? "" : `### Notes\n\n${notes}`,
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  });
  const comments = commentsMarkdown(odfComments(slides.html.comments));
  return {
    ...odfFacts(parts),
    markdown: [...shown, ...(comments === "" ? [] : [comments])].join("\n\n"),
    kind: "document",
    metadata: { slides: slides.all.length },
  };
};

/** Titles are headings, or items of a list, and may go over several lines. */
function oneLine(markdown: string): string {
  return markdown.replaceAll(/^(?:#+|[-*]|\d+\.) /gm, "").replaceAll(/\\?\s*\n\s*/g, " ");
}

/** Hears the XML of a presentation, and keeps its slides apart. */
class Slides implements XmlListener {
  readonly all: Slide[] = [];
  /** Which part of the slide is being heard; of frames that repeat, nothing is. */
  #place: keyof Slide | "furniture" = "text";
  #depth = 0;

  constructor(readonly html: OdfHtml) {}

  open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === "page") {
      this.html.take();
      this.all.push({ title: "", text: "", notes: "" });
    } else if (name === "notes") this.#turnTo("notes");
    else if (name === "frame" && this.#place === "text") {
      const kind = attributes["presentation:class"] ?? "";
      if (kind === "title") this.#turnTo("title");
      else if (FURNITURE.has(kind)) this.#turnTo("furniture");
    }
    if (name === "frame") this.#depth++;
    this.html.open(name, attributes);
  };

  text = (text: string): void => this.html.text(text);

  close = (name: string): void => {
    this.html.close(name);
    if (name === "frame" && --this.#depth === 0 && this.#place !== "notes") this.#turnTo("text");
    else if (name === "notes" || name === "page") this.#turnTo("text");
  };

  /** What was heard so far belongs to the place before. */
  #turnTo(place: keyof Slide | "furniture"): void {
    const html = this.html.take();
    const slide = this.all.at(-1);
    if (slide !== undefined && this.#place !== "furniture") slide[this.#place] += html;
    this.#place = place;
  }
}
