/**
 * Reads Notion's enhanced markdown (developers.notion.com, "Enhanced markdown format") into blocks. Tabs nest; tags
 * close themselves, on their line, or on a later one. Text that breaks off, tags that never close and closing tags
 * without a beginning are taken as they come: nothing of the text is lost.
 */
import type { Block } from "./block";
import { openTag, splitAttributeList } from "./tags";

/** Deeper blocks are read as if they stood at this depth. */
const DEEPEST = 40;

export function parseEnhanced(markdown: string): Block[] {
  const reader = new Reader(markdown.replaceAll(/\r\n?/g, "\n").split("\n"));
  return reader.blocks(0);
}

class Reader {
  private at = 0;
  /** Names of the tags that are open, outermost first. */
  private readonly open: string[] = [];
  private level = 0;

  constructor(private readonly lines: readonly string[]) {}

  /** Blocks at `depth` tabs or more, or up to the end of the innermost tag when `inTag`. */
  blocks(depth: number, inTag = false): Block[] {
    const found: Block[] = [];
    this.level++;
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      const text = line.trim();
      const closed = /^<\/([a-z][a-z0-9_-]*)>$/i.exec(text)?.[1]?.toLowerCase();
      if (closed !== undefined) {
        if (this.open.includes(closed)) {
          if (inTag && this.open.at(-1) === closed) this.at++;
          break;
        }
        this.at++;
      } else if (text === "") {
        this.at++;
      } else {
        const tabs = leadingTabs(line);
        if (!inTag && tabs < depth) break;
        found.push(...this.block(text, tabs));
      }
    }
    this.level--;
    return found;
  }

  private block(text: string, tabs: number): Block[] {
    this.at++;
    const fence = /^(`{3,})(.*)$/.exec(text);
    if (fence?.[1] !== undefined && !fence[2]?.includes("`"))
      return [this.code(fence[1], fence[2] ?? "", tabs)];
    if (text === "$$")
      return [{ kind: "equation", text: this.verbatim("$$", tabs), attributes: {}, children: [] }];
    const tag = openTag(text);
    if (tag === undefined) {
      const line = splitAttributeList(text);
      return [{ kind: "text", ...line, children: this.level < DEEPEST ? this.blocks(tabs + 1) : [] }];
    }
    const { name, attributes, selfClosing, rest } = tag;
    const leaf = { kind: name, attributes, text: "", children: [] };
    if (selfClosing) return [leaf];
    if (name === "table") return [{ ...leaf, text: `${rest}\n${this.upTo("</table>")}` }];
    const end = rest.toLowerCase().lastIndexOf(`</${name}>`);
    if (end >= 0) {
      const after = rest.slice(end + name.length + 3).trim();
      const trailing = after === "" ? [] : [{ kind: "text", text: after, attributes: {}, children: [] }];
      return [{ ...leaf, text: rest.slice(0, end).trim() }, ...trailing];
    }
    if (this.level >= DEEPEST) return [{ ...leaf, text: rest }];
    this.open.push(name);
    const children = this.blocks(0, true);
    this.open.pop();
    return [{ ...leaf, text: rest, children }];
  }

  private code(fence: string, info: string, tabs: number): Block {
    const { text: language } = splitAttributeList(info.trim());
    return { kind: "code", text: this.verbatim(fence, tabs), attributes: { language }, children: [] };
  }

  /** Lines up to one that is `end` alone, without the tabs of the block. */
  private verbatim(end: string, tabs: number): string {
    const kept: string[] = [];
    for (let line = this.lines[this.at++]; line !== undefined; line = this.lines[this.at++]) {
      if (line.trim() === end) break;
      kept.push(line.slice(Math.min(tabs, leadingTabs(line))));
    }
    return kept.join("\n");
  }

  private upTo(end: string): string {
    const kept: string[] = [];
    for (let line = this.lines[this.at++]; line !== undefined; line = this.lines[this.at++]) {
      if (line.trim().toLowerCase().endsWith(end)) {
        kept.push(line.trim().slice(0, -end.length));
        break;
      }
      kept.push(line);
    }
    return kept.join("\n");
  }
}

function leadingTabs(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0;
}
