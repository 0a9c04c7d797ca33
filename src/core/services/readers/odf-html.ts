import type { XmlListener } from "./office-parts";

/** Parts that repeat what stands elsewhere, or are no text of the document (OpenDocument 1.3, parts 3 and 4). */
const SKIPPED = new Set(
  (
    "tracked-changes table-of-content note-citation ruby-text binary-data forms script event-listeners " +
    "covered-table-cell annotation-end title"
  ).split(" "),
);
const BLOCKS = new Map([
  ["table", "table"],
  ["table-row", "tr"],
  ["list-item", "li"],
  ["list-header", "li"],
]);

/** A remark in the margin. */
export interface OdfComment {
  author: string;
  date: string;
  text: string;
}

/** What the document's styles say, by their names. */
export interface OdfStyles {
  /** Lists that are numbered. */
  numbered: ReadonlySet<string>;
  /** Paragraphs that are the document's title. */
  titles: ReadonlySet<string>;
}

/** Hears a document's XML and makes HTML of its text, with footnotes at the end and comments apart. */
export class OdfHtml implements XmlListener {
  readonly comments: OdfComment[] = [];
  /** What is being written, innermost last: a footnote interrupts the text it stands in. */
  readonly #buffers: string[][] = [[]];
  readonly #notes: string[] = [];
  /** End tags of what is open, by the element that opened them. */
  readonly #closing: { name: string; tag: string }[] = [];
  /** Styles of the lists that are open, and of the one that ended last. */
  readonly #lists: string[] = [];
  #ended: string | undefined;
  #skipping = 0;
  #paragraphs = 0;
  #comment: { field: string; of: OdfComment } | undefined;

  constructor(private readonly styles: OdfStyles) {}

  open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (this.#skipping > 0 || SKIPPED.has(name)) {
      this.#skipping++;
    } else if (this.#comment !== undefined) {
      this.#comment.field = name;
      if (name === "p" && this.#comment.of.text !== "") this.#comment.of.text += " ";
    } else if (name === "annotation") {
      const comment = { author: "", date: "", text: "" };
      this.comments.push(comment);
      this.#comment = { field: "", of: comment };
    } else if (name === "note-body") {
      this.#write(`[${this.#notes.length + 1}]`);
      this.#buffers.push([`<p>[${this.#notes.length + 1}] `]);
    } else {
      this.#openBlock(name, attributes);
    }
  };

  text = (text: string): void => {
    if (this.#skipping > 0) return;
    const comment = this.#comment;
    if (comment === undefined) {
      if (this.#paragraphs > 0) this.#write(Bun.escapeHTML(text));
    } else if (comment.field === "creator") comment.of.author += text;
    else if (comment.field === "date") comment.of.date += text;
    else if (text.trim() !== "" && !comment.field.startsWith("creator-")) comment.of.text += text;
  };

  close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping--;
    } else if (this.#comment !== undefined) {
      if (name === "annotation") this.#comment = undefined;
      else this.#comment.field = "";
    } else if (name === "note-body") {
      this.#notes.push(`${this.#buffers.pop()?.join("") ?? ""}</p>`);
    } else if (name === "desc" && this.#paragraphs > 0) {
      this.#write(" ");
    } else {
      this.#closeBlock(name);
    }
  };

  /** The text so far; what follows is a new one. */
  take(): string {
    const html = [...(this.#buffers[0] ?? []), ...this.#notes.splice(0)].join("");
    this.#buffers.splice(0, this.#buffers.length, []);
    return html;
  }

  #write(html: string): void {
    if (html === "") return;
    this.#buffers.at(-1)?.push(html);
  }

  #openBlock(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "p" || name === "h") this.#openParagraph(name, attributes);
    else if (name === "list") this.#openList(attributes["text:style-name"]);
    else if (name === "table-cell") {
      const columns = Number(attributes["table:number-columns-spanned"] ?? 1);
      const rows = Number(attributes["table:number-rows-spanned"] ?? 1);
      this.#start(name, `<td colspan="${columns}" rowspan="${rows}">`, "</td>");
    } else if (name === "a")
      this.#start(name, `<a href="${Bun.escapeHTML(attributes["xlink:href"] ?? "")}">`, "</a>");
    else if (name === "line-break") this.#write("<br>");
    else if (name === "tab" || name === "s") this.#write(" ");
    else {
      const tag = BLOCKS.get(name);
      if (tag !== undefined) this.#start(name, `<${tag}>`, `</${tag}>`);
    }
  }

  /** The first paragraph of an item or a footnote needs no tags; with them, every item would stand apart. */
  #openParagraph(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#paragraphs++;
    const style = attributes["text:style-name"] ?? "";
    const level = Math.min(6, Math.max(1, Number(attributes["text:outline-level"]) || 1));
    const tag = name === "h" ? `h${level}` : this.styles.titles.has(style) ? "h1" : "p";
    const before = this.#buffers.at(-1)?.at(-1) ?? "";
    const isFirst = tag === "p" && (before === "<li>" || before.startsWith("<p>["));
    this.#start(name, isFirst ? "" : `<${tag}>`, isFirst ? "" : `</${tag}>`);
  }

  /**
   * A list within a list has the outer one's style when it names none. Programs write every line of a presentation as a
   * list of its own, and a deeper line as a list within an item that says nothing: both go on with the list before.
   */
  #openList(style: string | undefined): void {
    const named = style ?? this.#lists.at(-1) ?? "";
    this.#lists.push(named);
    const tag = this.styles.numbered.has(`${named} ${this.#lists.length}`) ? "ol" : "ul";
    const isDeeper =
      this.#takeBack("</li>", "<li>") || this.#takeBack("</li>", `</${tag}>`, `<${tag}>`, "<li>");
    const goesOn = (isDeeper || this.#ended === named) && this.#takeBack(`</${tag}>`);
    this.#start("list", goesOn ? "" : `<${tag}>`, `</${tag}>`);
  }

  /** Takes back what was written last, when it is this. */
  #takeBack(...written: string[]): boolean {
    const buffer = this.#buffers.at(-1) ?? [];
    const from = buffer.length - written.length;
    if (from < 0 || written.some((tag, at) => buffer[from + at] !== tag)) return false;
    buffer.splice(from);
    return true;
  }

  #start(name: string, start: string, end: string): void {
    this.#write(start);
    this.#closing.push({ name, tag: end });
  }

  #closeBlock(name: string): void {
    const last = this.#closing.at(-1);
    if (last?.name !== name) return;
    this.#closing.pop();
    this.#write(last.tag);
    if (name === "p" || name === "h") this.#paragraphs--;
    else if (name === "list") this.#ended = this.#lists.pop();
  }
}
