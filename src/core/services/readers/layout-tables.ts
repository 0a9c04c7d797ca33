import type { Element, Root } from "hast";

const PARTS = new Set(["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"]);

/**
 * Tables that only place things, as mails are built of them, become plain blocks: those without a head in which no row
 * has text in two cells, and those that say so (`role`) and hold other tables. What they hold keeps its headings, lists
 * and tables.
 */
export function withoutLayoutTables(tree: Root): Root {
  return {
    ...tree,
    children: tree.children.map((child) => (child.type === "element" ? settled(child) : child)),
  };
}

function settled(element: Element): Element {
  const isLayout = element.tagName === "table" && onlyPlaces(element);
  const children = element.children.map((child) => (child.type === "element" ? settled(child) : child));
  return isLayout ? asBlocks({ ...element, children }) : { ...element, children };
}

function asBlocks(part: Element): Element {
  const children = part.children.map((child) =>
    child.type === "element" && PARTS.has(child.tagName) && child.tagName !== "table"
      ? asBlocks(child)
      : child,
  );
  return { type: "element", tagName: "div", properties: {}, children };
}

function onlyPlaces(table: Element): boolean {
  const rows = rowsOf(table);
  if (rows.length === 0 || rows.some(hasHead)) return false;
  const { role } = table.properties;
  const saysSo = role === "presentation" || role === "none";
  if (saysSo && rows.some((row) => cellsOf(row).some(holdsTable))) return true;
  return rows.every((row) => cellsOf(row).filter(hasText).length <= 1);
}

function holdsTable(element: Element): boolean {
  return elementsIn(element).some((child) => child.tagName === "table" || holdsTable(child));
}

/** Rows of this table, not of those within. */
function rowsOf(part: Element): Element[] {
  return elementsIn(part).flatMap((child) => {
    if (child.tagName === "tr") return [child];
    return /^t(?:head|body|foot)$/.test(child.tagName) ? rowsOf(child) : [];
  });
}

const elementsIn = ({ children }: Element) => children.filter((child) => child.type === "element");
const cellsOf = (row: Element) =>
  elementsIn(row).filter(({ tagName }) => tagName === "td" || tagName === "th");
const hasHead = (row: Element) => elementsIn(row).some(({ tagName }) => tagName === "th");

function hasText(element: Element): boolean {
  return element.children.some((child) =>
    child.type === "text" ? child.value.trim() !== "" : child.type === "element" && hasText(child),
  );
}
