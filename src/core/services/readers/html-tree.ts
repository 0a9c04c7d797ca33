import type { Element, ElementContent, Root } from "hast";
import { Parser } from "htmlparser2";
import { CancelledError } from "@/core/models/errors";

/** Elements nested deeper than this lose their tags and keep their text; nobody nests so deep on purpose. */
const MAX_DEPTH = 100;
/** Past this many open elements the rest of the page is left out: it is an attack, and costs time to close. */
const MAX_OPEN = 50_000;
const PIECE = 65_536;
/** A cell that spans a million columns or rows would make a million cells: so many for one cell, and for a page. */
const MOST_SPANNED = 50;
const MOST_FILLED = 20_000;

/** Elements whose content is no text of the page. */
const DROPPED = new Set(
  (
    "script style template noscript iframe object embed svg canvas audio video map area " +
    "select option datalist button input textarea dialog link meta base frame frameset"
  ).split(" "),
);

/** Inline elements without a meaning of their own in markdown. */
const PLAIN = new Set("span font small big abbr time label bdi bdo wbr".split(" "));
/** Elements that mean nothing more inside themselves; broken pages nest them by the thousand, at a high price. */
const MARKS = new Set("a b strong i em u s del ins code pre q mark sub sup kbd h1 h2 h3 h4 h5 h6".split(" "));

/** Elements that say something without content. */
const EMPTY_COUNTS = new Set("img br hr td th tr pre".split(" "));

/** A page as a tree with what its head says. */
export interface HtmlPage {
  body: Root;
  title: string | undefined;
  lang: string | undefined;
  /** `<meta>` values by lower-case name or property, e.g. `author`, `og:title`. */
  meta: Record<string, string>;
  canonical: string | undefined;
  /** True when the end of a hostile page was left out. */
  cut: boolean;
}

/**
 * Builds a hast tree of bounded depth from HTML in time linear to its length. Scripts, styles, forms' controls and
 * hidden elements are left out. Throws `CancelledError` when `signal` is aborted.
 */
export function parseHtml(html: string, signal: AbortSignal): HtmlPage {
  const builder = new TreeBuilder();
  const parser = new Parser(builder, { decodeEntities: true });
  for (let start = 0; start < html.length && !builder.cut; start += PIECE) {
    if (signal.aborted) throw new CancelledError("Reading was stopped.");
    parser.write(html.slice(start, start + PIECE));
  }
  parser.end();
  return builder.page();
}

/** Takes the parser's events. What stands in `#open` matches the parser's own stack, tag by tag. */
class TreeBuilder {
  cut = false;
  readonly #root: Root = { type: "root", children: [] };
  /** For each open tag the element that takes its content; null when the content is dropped. */
  readonly #open: (Element | Root | null)[] = [this.#root];
  readonly #openMarks = new Set<string>();
  readonly #meta: Record<string, string> = {};
  #title: string | undefined;
  #inTitle = false;
  #lang: string | undefined;
  #canonical: string | undefined;
  /** Cells that spans have added so far. */
  #filled = 0;

  onopentag(name: string, attributes: Record<string, string>): void {
    const parent = this.#open.at(-1) ?? null;
    if (this.#open.length > MAX_OPEN) this.cut = true;
    this.#readHead(name, attributes);
    if (parent === null || DROPPED.has(name) || name === "title" || isHidden(attributes)) {
      this.#open.push(null);
      return;
    }
    if (this.#open.length > MAX_DEPTH || this.#addsNothing(name, attributes)) {
      if (name === "img") this.ontext(attributes["alt"] ?? "");
      this.#open.push(parent);
      return;
    }
    const element: Element = {
      type: "element",
      tagName: name,
      properties: propertiesOf(name, attributes),
      children: [],
    };
    if (name === "td" || name === "th") this.#span(element, attributes);
    parent.children.push(element);
    this.#open.push(element);
    if (MARKS.has(name)) this.#openMarks.add(name);
  }

  onclosetag(name: string): void {
    if (name === "title") this.#inTitle = false;
    if (this.#open.length === 1) return;
    const closed = this.#open.pop();
    // A tag that was passed over stands for its parent, which is still open.
    const parent = this.#open.at(-1);
    if (closed?.type !== "element" || closed === parent) return;
    this.#openMarks.delete(closed.tagName);
    // Empty elements show nothing, and a thousand of them in a row cost the converter seconds.
    if (EMPTY_COUNTS.has(closed.tagName) || !closed.children.every(isBlank)) return;
    parent?.children.pop();
    if (closed.children.length > 0) this.ontext(" ");
  }

  ontext(text: string): void {
    if (this.#inTitle) this.#title = (this.#title ?? "") + text;
    const parent = this.#open.at(-1);
    if (parent === null || parent === undefined) return;
    const last = parent.children.at(-1);
    if (last?.type === "text") last.value += text;
    else parent.children.push({ type: "text", value: text });
  }

  page(): HtmlPage {
    return {
      body: this.#root,
      title: this.#title,
      lang: this.#lang,
      meta: this.#meta,
      canonical: this.#canonical,
      cut: this.cut,
    };
  }

  /** True for tags that would leave no trace in markdown, or an empty link or picture. */
  #addsNothing(name: string, attributes: Record<string, string>): boolean {
    if (name === "a" && safeAddress(attributes["href"]) === undefined) return true;
    if (name === "img") return safeAddress(attributes["src"]) === undefined;
    return PLAIN.has(name) || this.#openMarks.has(name);
  }

  /** A cell over several columns or rows: without its span, what stands beside it moves under another's head. */
  #span({ properties }: Element, { colspan, rowspan }: Record<string, string>): void {
    const [columns, rows] = [spanOf(colspan), spanOf(rowspan)];
    if (this.#filled + columns * rows > MOST_FILLED) return;
    this.#filled += columns * rows - 1;
    if (columns > 1) properties["colSpan"] = columns;
    if (rows > 1) properties["rowSpan"] = rows;
  }

  #readHead(name: string, attributes: Record<string, string>): void {
    if (name === "html") this.#lang ??= attributes["lang"];
    // Only the page's own title: an inline drawing has `<title>` as well.
    if (name === "title" && this.#title === undefined && this.#open.at(-1) !== null) this.#inTitle = true;
    if (name === "link" && attributes["rel"]?.toLowerCase() === "canonical") {
      this.#canonical ??= attributes["href"];
    }
    if (name !== "meta") return;
    const key = (attributes["name"] ?? attributes["property"] ?? "").toLowerCase();
    const value = attributes["content"]?.trim() ?? "";
    if (key !== "" && value !== "" && Object.keys(this.#meta).length < 100) this.#meta[key] ??= value;
  }
}

function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? "1", 10);
  return span > 1 ? Math.min(span, MOST_SPANNED) : 1;
}

function isBlank(node: Element["children"][number]): boolean {
  return node.type === "text" && node.value.trim() === "";
}

function isHidden(attributes: Record<string, string>): boolean {
  return (
    "hidden" in attributes ||
    attributes["aria-hidden"] === "true" ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes["style"] ?? "")
  );
}

/** The few attributes that matter in markdown, under hast's names. */
function propertiesOf(name: string, attributes: Record<string, string>): Element["properties"] {
  const properties: Element["properties"] = {};
  const href = safeAddress(attributes["href"]);
  const src = safeAddress(attributes["src"]);
  if (name === "a" && href !== undefined) properties["href"] = href;
  if (name === "img") {
    properties["src"] = src ?? "";
    properties["alt"] = attributes["alt"] ?? "";
  }
  if (name === "ol" && /^\d{1,6}$/.test(attributes["start"] ?? "")) {
    properties["start"] = Number(attributes["start"]);
  }
  const language = /\b(?:language|lang|highlight-source)-([\w+#-]+)/.exec(attributes["class"] ?? "")?.[1];
  if (language !== undefined) properties["className"] = [`language-${language}`];
  if (attributes["role"] !== undefined) properties["role"] = attributes["role"];
  return properties;
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f]+/g;

/** Addresses that can be followed; `javascript:` and embedded data cannot. */
function safeAddress(value: string | undefined): string | undefined {
  // Browsers ignore control characters here, and so must we.
  const address = value?.replaceAll(CONTROLS, "").trim().replaceAll(" ", "%20");
  if (address === undefined || address === "" || address.length > 2_000) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  return scheme === undefined || ["http", "https", "mailto", "tel", "ftp"].includes(scheme)
    ? address
    : undefined;
}

export type HtmlNode = Root | ElementContent;
