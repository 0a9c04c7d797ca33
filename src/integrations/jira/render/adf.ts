/** Rich text of Jira, which is JSON (Atlassian Document Format), as plain HTML. */
import { ItemError } from "@/core/models/errors";
import { type Adf, type Mark, type Node, nodeSchema } from "../models/adf";

/** Nobody nests text deeper. */
const DEEPEST = 200;

const escape = (text: string) => Bun.escapeHTML(text);
const wrapped = (tag: string) => (inner: string) => `<${tag}>${inner}</${tag}>`;
const asIs = (inner: string) => inner;
const block = wrapped("div");

/** @throws ItemError when it is nested deeper than anybody writes. */
export function adfToHtml(document: Adf): string {
  return document ? html(document, 0) : "";
}

function html(node: Node, depth: number): string {
  if (depth > DEEPEST) throw new ItemError("Its text is nested too deep to be read.");
  const children = (node.content ?? []).map((child) => nodeSchema.safeParse(child).data ?? null);
  const inner = children.map((child) => (child === null ? "" : html(child, depth + 1))).join("");
  return (NODES[node.type] ?? unknown)(inner, node);
}

/** Kinds that are not known here keep what they hold. */
const unknown = (inner: string, node: Node) => inner + marked(node);

const attribute = ({ attrs }: Pick<Node, "attrs">, name: string): string => {
  const value = attrs?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

const NODES: Readonly<Record<string, (inner: string, node: Node) => string>> = {
  doc: asIs,
  text: (_inner, node) => marked(node),
  paragraph: wrapped("p"),
  heading: (inner, node) => wrapped(`h${/^[1-6]$/.exec(attribute(node, "level"))?.[0] ?? "6"}`)(inner),
  bulletList: wrapped("ul"),
  orderedList: (inner, node) => `<ol start="${Number(attribute(node, "order") || "1") || 1}">${inner}</ol>`,
  listItem: wrapped("li"),
  taskList: wrapped("ul"),
  taskItem: (inner, node) => `<li>${attribute(node, "state") === "DONE" ? "☑" : "☐"} ${inner}</li>`,
  decisionList: wrapped("ul"),
  decisionItem: (inner) => `<li>Decision: ${inner}</li>`,
  blockquote: wrapped("blockquote"),
  panel: (inner, node) => {
    const kind = { info: "Info", note: "Note", success: "Success", warning: "Warning", error: "Error" };
    const named = Object.entries(kind).find(([key]) => key === attribute(node, "panelType"))?.[1];
    return `<blockquote>${named === undefined ? "" : `<p><strong>${named}</strong></p>`}${inner}</blockquote>`;
  },
  expand: titled,
  nestedExpand: titled,
  codeBlock: (inner, node) => {
    const language = attribute(node, "language");
    const named = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : "";
    return `<pre><code${named}>${inner}</code></pre>`;
  },
  rule: () => "<hr>",
  hardBreak: () => "<br>",
  table: wrapped("table"),
  tableRow: wrapped("tr"),
  tableHeader: cell("th"),
  tableCell: cell("td"),
  mention: (_inner, node) => escape(`@${attribute(node, "text").replace(/^@/, "") || "somebody"}`),
  emoji: (_inner, node) => escape(attribute(node, "text") || attribute(node, "shortName")),
  date: (_inner, node) => escape(dayOf(attribute(node, "timestamp"))),
  status: (_inner, node) => `<strong>${escape(attribute(node, "text"))}</strong>`,
  inlineCard: card,
  blockCard: (inner, node) => `<p>${card(inner, node)}</p>`,
  embedCard: (inner, node) => `<p>${card(inner, node)}</p>`,
  mediaGroup: block,
  mediaSingle: block,
  // Files side by side are no one word.
  media: (inner, node) => `<p>${file(inner, node)}</p>`,
  mediaInline: file,
  caption: wrapped("p"),
  placeholder: () => "",
};

function titled(inner: string, node: Node): string {
  const title = attribute(node, "title");
  return title === "" ? inner : `<p><strong>${escape(title)}</strong></p>${inner}`;
}

function cell(tag: string) {
  return (inner: string, node: Node) => {
    const spans = ["colspan", "rowspan"].map((name) => [name, Number(attribute(node, name) || "1")] as const);
    const told = spans.map(([name, value]) => (value > 1 ? ` ${name}="${value}"` : ""));
    return `<${tag}${told.join("")}>${inner}</${tag}>`;
  };
}

function card(_inner: string, node: Node): string {
  const url = attribute(node, "url");
  return linked(url, escape(url));
}

/** What a file is called, as far as the text says; the file itself is not read. */
function file(_inner: string, node: Node): string {
  const url = attribute(node, "url");
  const name = escape(attribute(node, "alt"));
  return url === "" ? name : linked(url, name || escape(url));
}

const linked = (address: string, inner: string) =>
  /^(?:https?|mailto):/i.test(address) ? `<a href="${escape(address)}">${inner}</a>` : inner;

/** Milliseconds since 1970 as a day; text that is no time stays. */
function dayOf(timestamp: string): string {
  const date = new Date(Number(timestamp || "-"));
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().slice(0, 10);
}

const MARKS: Readonly<Record<string, (inner: string, mark: Mark) => string>> = {
  strong: wrapped("strong"),
  em: wrapped("em"),
  strike: wrapped("del"),
  code: wrapped("code"),
  link: (inner, mark) => linked(attribute(mark, "href"), inner),
};

function marked({ text, marks }: Node): string {
  return marks.reduce((inner, mark) => (MARKS[mark.type] ?? asIs)(inner, mark), escape(text ?? ""));
}
