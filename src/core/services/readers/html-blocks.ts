import type { toMdast } from "hast-util-to-mdast";
import { blockTypes } from "./table-cells";

type Node = ReturnType<typeof toMdast>;

/** Nodes that stand on lines of their own, those among them that cells may hold. */
const BLOCKS: ReadonlySet<Node["type"]> = new Set([...blockTypes, "html"]);
/** Nodes that mark words within a line. */
const WRAPPERS: ReadonlySet<Node["type"]> = new Set(["strong", "emphasis", "delete", "link"]);

/**
 * A tree in which blocks stand only where markdown has room for them, and in cells (see table-cells.ts). Pages put
 * paragraphs and lists into headings and bold text; written as they are, their words run together, and each level that is
 * nested so doubles the work.
 */
export function withBlocksApart(root: Node): Node {
  if (!("children" in root)) return root;
  return withChildren(root, settledChildren(root));
}

function settled(node: Node, parent: Node["type"]): Node[] {
  if (!("children" in node)) return [node];
  const children = settledChildren(node);
  const isStray =
    (node.type === "tableCell" && parent !== "tableRow") || (node.type === "tableRow" && parent !== "table");
  if (isStray) return paragraphs(inOneLine(children));
  if (node.type === "heading") return [withChildren(node, inOneLine(children))];
  if (node.type === "paragraph") return paragraphs(children).flatMap(atEmptyLines);
  if (!children.some(isBlock)) return [withChildren(node, children)];
  // Bold text over several blocks: the blocks count.
  return WRAPPERS.has(node.type) ? children : [withChildren(node, children)];
}

function settledChildren(node: Node): Node[] {
  return "children" in node ? node.children.flatMap((child) => settled(child, node.type)) : [];
}

function isBlock(node: Node): boolean {
  return BLOCKS.has(node.type);
}

/** Blocks as they are, and what stands between them as paragraphs. */
function paragraphs(children: readonly Node[]): Node[] {
  const found: Node[] = [];
  let words: Node[] = [];
  const flush = () => {
    const says = words.some((node) => node.type !== "text" || node.value.trim() !== "");
    if (says) found.push(withChildren({ type: "paragraph", children: [] }, words));
    words = [];
  };
  for (const child of children) {
    if (!isBlock(child)) {
      words.push(child);
      continue;
    }
    flush();
    found.push(child);
  }
  flush();
  return found;
}

/** Two breaks in a row end a paragraph: mails are written so. */
function atEmptyLines(node: Node): Node[] {
  if (node.type !== "paragraph" || !node.children.some(({ type }) => type === "break")) return [node];
  const parts: Node[][] = [[]];
  let line: Node[] = [];
  const endOfLine = () => {
    if (line.some((one) => one.type !== "text" || one.value.trim() !== "")) {
      const part = parts.at(-1) ?? [];
      part.push(...(part.length > 0 ? [{ type: "break" as const }] : []), ...line);
    } else if (parts.at(-1)?.length !== 0) parts.push([]);
    line = [];
  };
  for (const child of node.children) {
    if (child.type === "break") endOfLine();
    else line.push(child);
  }
  endOfLine();
  return parts.filter((part) => part.length > 0).map((part) => withChildren(node, part));
}

/** The words of blocks in one line, with a space between two. */
function inOneLine(children: readonly Node[]): Node[] {
  const line: Node[] = [];
  const apart = () => {
    if (line.length > 0) line.push({ type: "text", value: " " });
  };
  for (const child of children) {
    if (!isBlock(child)) {
      line.push(child);
      continue;
    }
    apart();
    if ("children" in child) line.push(...inOneLine(child.children));
    else if (child.type === "code")
      line.push({ type: "inlineCode", value: child.value.replaceAll(/\s+/g, " ") });
    apart();
  }
  while (isSpace(line.at(-1))) line.pop();
  return line.filter((node, at) => !(isSpace(node) && isSpace(line[at - 1])));
}

function isSpace(node: Node | undefined): boolean {
  return node?.type === "text" && node.value === " ";
}

function withChildren(node: Node, children: readonly Node[]): Node {
  // Which node may hold which is what this file is about; the library's types say it one by one.
  return { ...node, children } as Node;
}
