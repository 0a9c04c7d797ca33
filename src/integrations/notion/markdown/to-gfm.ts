/** Notion's enhanced markdown as plain GitHub-flavoured markdown: what it says stays, what only adorns goes. */
import { fenced } from "@/lib/fence";
import { tidyMarkdown } from "@/lib/tidy-markdown";
import type { Block } from "./block";
import type { RenderContext } from "./context";
import { inlineToGfm } from "./inline";
import { parseEnhanced } from "./parse";
import { bold, broken, listItem, listKind, quoted, withBelow } from "./gfm-blocks";
import { tagToGfm } from "./tag-blocks";

/** Headings go one level down: the first level is the page's title. */
export function enhancedToGfm(markdown: string, context: RenderContext): string {
  return tidyMarkdown(renderBlocks(parseEnhanced(markdown), context));
}

/** Blocks one after the other: items of a list close together, all else with a blank line between. */
function renderBlocks(blocks: readonly Block[], context: RenderContext): string {
  let made = "";
  let before: string | undefined;
  for (const block of blocks) {
    const text = renderBlock(block, context);
    if (text === "") continue;
    const list = listKind(text);
    if (made !== "") made += list !== undefined && list === before ? "\n" : "\n\n";
    made += text;
    before = list;
  }
  return made;
}

function renderBlock(block: Block, context: RenderContext): string {
  if (block.kind === "text") return renderText(block, context);
  if (block.kind === "code")
    return fenced(block.text, (block.attributes["language"] ?? "").replaceAll(/\s/g, "-"));
  if (block.kind === "equation") return `$$\n${block.text.trim()}\n$$`;
  return tagToGfm(block, context, renderBlocks);
}

function renderText({ text, children, attributes }: Block, context: RenderContext): string {
  const below = renderBlocks(children, context);
  if (/^-{3,}$/.test(text)) return withBelow("---", below);
  const heading = /^(?:▶\s*)?(#{1,4}) (.*)$/s.exec(text);
  if (heading?.[1] !== undefined) {
    const words = inlineToGfm(heading[2] ?? "", context)
      .replaceAll(/\s+/g, " ")
      .trim();
    return withBelow(words === "" ? "" : `#${heading[1]} ${words}`, below);
  }
  const item = /^([-*+]|\d{1,9}\.) (\[[ xX]\] )?(.*)$/s.exec(text) ?? /^([-*+]|\d{1,9}\.)()()$/.exec(text);
  if (item?.[1] !== undefined) {
    const marker = /^\d/.test(item[1]) ? `${item[1]} ` : "- ";
    return listItem(marker, `${(item[2] ?? "").toLowerCase()}${inlineToGfm(item[3] ?? "", context)}`, below);
  }
  const toggle = /^▶ ?(.*)$/s.exec(text);
  if (toggle !== null) return listItem("- ", bold(inlineToGfm(toggle[1] ?? "", context)), below);
  const quote = /^> ?(.*)$/s.exec(text);
  if (quote !== null) return quoted(withBelow(broken(inlineToGfm(quote[1] ?? "", context)), below));
  const words = broken(inlineToGfm(text, context).trim());
  return attributes["toggle"] === "true" ? listItem("- ", bold(words), below) : withBelow(words, below);
}
