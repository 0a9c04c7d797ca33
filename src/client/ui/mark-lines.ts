/** Marks in rendered markdown what stands on some of its lines. */
import type { Element, ElementContent, Root, Text } from "hast";

export interface MarkedLines {
  /** Counted from 1; both are included. */
  start: number;
  end: number;
}

const blocks = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li pre blockquote table thead tbody tr th td hr section div".split(" "),
);

const isBlock = (node: ElementContent): node is Element =>
  node.type === "element" && blocks.has(node.tagName);

function isOn({ position }: ElementContent, { start, end }: MarkedLines): boolean {
  return position !== undefined && position.start.line <= end && position.end.line >= start;
}

/** A text cut before, inside and after the lines; empty parts are left out. `first` is the line that it begins on. */
function cut(text: string, first: number, { start, end }: MarkedLines): { value: string; on: boolean }[] {
  const parts: { value: string; on: boolean }[] = [];
  for (const [place, line] of text.split(/(?<=\n)/).entries()) {
    const on = first + place >= start && first + place <= end;
    const last = parts.at(-1);
    if (last?.on === on) last.value += line;
    else parts.push({ value: line, on });
  }
  return parts;
}

/** Words that stand together, those on the lines in `mark` elements. */
function markWords(words: readonly { node: ElementContent; on: boolean }[]): ElementContent[] {
  const done: ElementContent[] = [];
  let marked: ElementContent[] = [];
  const close = () => {
    if (marked.length > 0) done.push({ type: "element", tagName: "mark", properties: {}, children: marked });
    marked = [];
  };
  for (const { node, on } of words) {
    if (on) marked.push(node);
    else close();
    if (!on) done.push(node);
  }
  close();
  return done;
}

const asWords = (text: Text, first: number, lines: MarkedLines) =>
  cut(text.value, first, lines).map(({ value, on }) => ({
    node: { type: "text" as const, value },
    on: on && value.trim() !== "",
  }));

/** A block of code, whose text begins below its fence where it has one. */
function markCode(pre: Element, lines: MarkedLines): Element {
  const { position } = pre;
  return {
    ...pre,
    children: pre.children.map((code) => {
      const text = code.type === "element" ? code.children[0] : undefined;
      if (position === undefined || code.type !== "element" || text?.type !== "text") return code;
      const height = position.end.line - position.start.line + 1;
      const isFenced = height > text.value.trimEnd().split("\n").length;
      const first = position.start.line + (isFenced ? 1 : 0);
      return { ...code, children: markWords(asWords(text, first, lines)) };
    }),
  };
}

/** The children of a block with what is on the lines marked. */
function markIn(children: readonly ElementContent[], lines: MarkedLines): ElementContent[] {
  const done: ElementContent[] = [];
  let words: { node: ElementContent; on: boolean }[] = [];
  for (const child of children) {
    if (!isBlock(child)) {
      if (child.type === "text" && child.position !== undefined) {
        words.push(...asWords(child, child.position.start.line, lines));
      } else words.push({ node: child, on: isOn(child, lines) });
      continue;
    }
    done.push(...markWords(words), markBlock(child, lines));
    words = [];
  }
  return [...done, ...markWords(words)];
}

function markBlock(block: Element, lines: MarkedLines): Element {
  if (!isOn(block, lines)) return block;
  return block.tagName === "pre"
    ? markCode(block, lines)
    : { ...block, children: markIn(block.children, lines) };
}

/** A plugin for the tree that markdown is rendered from. */
export function markLines(lines: MarkedLines): (tree: Root) => void {
  return (tree) => {
    for (const [place, child] of tree.children.entries()) {
      if (child.type === "element") tree.children[place] = markBlock(child, lines);
    }
  };
}
