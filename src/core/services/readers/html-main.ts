import type { Element, Root } from "hast";
import type { HtmlNode } from "./html-tree";

/** The main content is taken alone when it holds at least this share of the page's text. */
const MAIN_SHARE = 0.3;
const AROUND = new Set(["nav", "footer"]);

/**
 * The part of a page that is about something: `<main>`, or the one `<article>`, when it holds a good part of the
 * text; else the page without its navigation and footer. The tree is changed in place.
 */
export function mainContent(page: Root): Root {
  const whole = textLength(page);
  const main = findAll(
    page,
    (element) => element.tagName === "main" || element.properties["role"] === "main",
  );
  const articles = findAll(page, (element) => element.tagName === "article");
  const only = main.length > 0 ? main[0] : articles.length === 1 ? articles[0] : undefined;
  const chosen: Root =
    only !== undefined && textLength(only) >= whole * MAIN_SHARE ? { type: "root", children: [only] } : page;
  const before = textLength(chosen);
  const kept = without(chosen);
  // A page that is nothing but navigation (a table of contents) is kept whole.
  return textLength(kept) >= before * 0.1 ? kept : chosen;
}

function without<Node extends Root | Element>(node: Node): Node {
  const children = node.children
    .filter((child) => child.type !== "element" || !AROUND.has(child.tagName))
    .map((child) => (child.type === "element" ? without(child) : child));
  return { ...node, children };
}

/** First elements that match, not looking inside a match. The tree's depth is bounded by the parser. */
function findAll(node: HtmlNode, matches: (element: Element) => boolean): Element[] {
  if (node.type !== "element" && node.type !== "root") return [];
  return node.children.flatMap((child) => {
    if (child.type !== "element") return [];
    return matches(child) ? [child] : findAll(child, matches);
  });
}

/** Characters of text below a node, white space left out. */
function textLength(node: HtmlNode | Root["children"][number]): number {
  if (node.type === "text") return node.value.replaceAll(/\s+/g, "").length;
  if (node.type !== "element" && node.type !== "root") return 0;
  let sum = 0;
  for (const child of node.children) sum += textLength(child);
  return sum;
}

/** The first `<h1>`'s text. */
export function firstH1(page: Root): string | undefined {
  const [heading] = findAll(page, (element) => element.tagName === "h1");
  return heading === undefined ? undefined : textOf(heading);
}

function textOf(node: HtmlNode): string {
  if (node.type === "text") return node.value;
  if (node.type !== "element" && node.type !== "root") return "";
  return node.children.map((child) => (child.type === "doctype" ? "" : textOf(child))).join("");
}
