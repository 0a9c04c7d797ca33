/** What stands in a table's cells, on one line each: markdown's tables hold no paragraphs, lists or code over lines. */
import type { Nodes, Parents, PhrasingContent, Root, TableCell } from "mdast";

const BREAK: PhrasingContent = { type: "html", value: "<br>" };
/** Nobody nests lists deeper within a cell; what lies below is shown without its mark. */
const DEEPEST = 20;

/** Changes the tree. Lines within a cell are parted by `<br>`. */
export function flattenCells(tree: Root): void {
  // A stack of its own: trees may be as deep as their makers like.
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "tableCell") flatten(node);
    else if ("children" in node) waiting.push(...node.children);
  }
}

function flatten(cell: TableCell): void {
  // What HTML has in a cell is not what the type says.
  const children: readonly Nodes[] = cell.children;
  if (children.every(isPhrasing)) return;
  cell.children = joined(linesOf(children, "", 0));
}

type Line = PhrasingContent[];

/** @param indent what nested list items begin with. */
function linesOf(nodes: readonly Nodes[], indent: string, depth: number): Line[] {
  const lines: Line[] = [];
  let open: Line | undefined;
  for (const node of nodes) {
    if (isPhrasing(node)) {
      if (open === undefined) lines.push((open = []));
      open.push(node);
      continue;
    }
    open = undefined;
    lines.push(...blockLines(node, indent, depth));
  }
  return lines.filter((line) => line.some((part) => part.type !== "text" || part.value.trim() !== ""));
}

function blockLines(node: Nodes, indent: string, depth: number): Line[] {
  if (node.type === "code") return codeLines(node.value);
  if (node.type === "list" && depth < DEEPEST) {
    return node.children.flatMap((item, index) => {
      const [first = [], ...others] = linesOf(item.children, `${indent}  `, depth + 1);
      const mark = node.ordered === true ? `${(node.start ?? 1) + index}. ` : "- ";
      return [[{ type: "text" as const, value: `${indent}${mark}` }, ...first], ...others];
    });
  }
  return "children" in node ? linesOf(phrases(node), indent, depth + 1) : [];
}

const phrases = (node: Parents): readonly Nodes[] => node.children;

function codeLines(code: string): Line[] {
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  return lines.map((value) => [{ type: "inlineCode", value }]);
}

function joined(lines: readonly Line[]): PhrasingContent[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [BREAK, ...line]));
}

/** Nodes that stand on lines of their own. */
export const blockTypes: ReadonlySet<Nodes["type"]> = new Set<Nodes["type"]>([
  ...(["blockquote", "code", "definition", "footnoteDefinition", "heading", "list", "listItem"] as const),
  ...(["paragraph", "table", "tableCell", "tableRow", "thematicBreak"] as const),
]);

function isPhrasing(node: Nodes): node is PhrasingContent {
  return !blockTypes.has(node.type);
}
