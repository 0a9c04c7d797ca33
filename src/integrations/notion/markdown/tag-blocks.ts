/** Blocks that enhanced markdown writes as tags. */
import { escapeInline } from "@/lib/escape-markdown";
import type { Block } from "./block";
import { blockIdIn, fileName, type FoundLink, idIn, lastingUrl, type RenderContext } from "./context";
import { bold, listItem, quoted, withBelow } from "./gfm-blocks";
import { image, inlineToGfm, plainInline, withoutLinks } from "./inline";
import { linkTo } from "./mention";
import { tableToGfm } from "./table";

type RenderChildren = (blocks: readonly Block[], context: RenderContext) => string;

/** Tags that show nothing a reader could use. */
const silent = new Set(["empty-block", "table_of_contents", "breadcrumb", "colgroup", "col", "button"]);
const media: Record<string, string> = { audio: "Audio", video: "Video", file: "File", pdf: "PDF" };

export function tagToGfm(block: Block, context: RenderContext, render: RenderChildren): string {
  const { kind, attributes } = block;
  if (silent.has(kind)) return "";
  if (kind === "table") return tableToGfm(block, context);
  if (kind === "page" || kind === "database" || kind === "folder") return contained(block, context);
  if (kind === "image") return image(caption(block, context), addressOf(block), context);
  if (media[kind] !== undefined) return mediaLink(media[kind], block, context);
  if (kind === "embed" || kind === "bookmark" || kind === "link-preview" || kind === "link_preview")
    return bookmark(block, context);
  if (kind === "unknown") return unknownNote(block, context);
  const inside = withBelow(inlineToGfm(block.text, context), render(unwrapped(block), context));
  switch (kind) {
    case "callout":
      return quoted(withIcon(attributes["icon"], inside));
    case "details":
      return toggle(block, context, render);
    case "tab":
      return withBelow(
        bold(escapeInline(attributes["title"] ?? attributes["name"] ?? attributes["label"] ?? "")),
        inside,
      );
    case "meeting-notes":
    case "meeting_notes":
      return meetingNotes(block, context, render);
    case "synced_block_reference":
      return inside === ""
        ? `> Synced from [another page](${lastingUrl(attributes["url"] ?? "", context)}).`
        : inside;
    default:
      // Columns, tabs, synced blocks, and whatever comes next: what stands inside counts.
      return inside;
  }
}

function unwrapped({ children }: Block): readonly Block[] {
  return children.filter((child) => child.kind !== "summary");
}

/** Children pages and databases, as a list of links. */
function contained(block: Block, context: RenderContext): string {
  const { kind, attributes, text } = block;
  const url = attributes["url"] ?? "";
  const id = idIn(url);
  const source = idIn(attributes["data-source-url"] ?? "");
  const linked: FoundLink["kind"] = kind === "database" ? "database" : "page";
  if (id !== undefined && kind !== "folder") context.links.push({ id, kind: linked, contains: true });
  if (source !== undefined) context.links.push({ id: source, kind: "dataSource", contains: false });
  const title =
    plainInline(text, context) || (id === undefined ? undefined : context.title(id)) || "Untitled";
  const label = kind === "page" ? "" : `${kind === "database" ? "Database" : "Folder"}: `;
  return `- ${label}${linkTo(title, url, context)}`;
}

function caption(block: Block, context: RenderContext): string {
  return withoutLinks(inlineToGfm(block.text || (block.attributes["caption"] ?? ""), context))
    .replaceAll("\n", " ")
    .trim();
}

function addressOf({ attributes }: Block): string {
  return attributes["source"] ?? attributes["src"] ?? attributes["url"] ?? "";
}

function mediaLink(label: string, block: Block, context: RenderContext): string {
  const name = block.attributes["name"] ?? fileName(addressOf(block));
  const words = caption(block, context) || escapeInline(name);
  return `[${label}${words === "" ? "" : `: ${words}`}](${lastingUrl(addressOf(block), context)})`;
}

function bookmark(block: Block, context: RenderContext): string {
  const url = addressOf(block);
  const words = caption(block, context) || escapeInline(url);
  return words === "" ? "" : `[${words}](${lastingUrl(url, context)})`;
}

/** Content that Notion does not give to programs: said, so that nobody takes the page for complete. */
function unknownNote({ attributes }: Block, context: RenderContext): string {
  const url = attributes["url"] ?? "";
  const what = attributes["alt"] ?? "";
  const address = blockIdIn(url) === undefined ? context.pageUrl : lastingUrl(url, context);
  return `> Not shown here${what === "" ? "" : `: ${escapeInline(what)}`}. [Open in Notion](${address})`;
}

function withIcon(icon: string | undefined, text: string): string {
  // An icon may be an emoji, the address of an image, or the name of a drawing: only the first is text.
  const isEmoji =
    icon !== undefined && icon.length <= 16 && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(icon);
  return isEmoji ? `${icon}${OWN_LINE.test(text) ? "\n\n" : " "}${text}`.trimEnd() : text;
}

/** Beginnings of what must stand at the start of a line: items, headings, quotes, tables, code, equations, rules. */
const OWN_LINE = /^(?:[-*+] |\d+\. |#{1,6} |>|\||`{3}|\$\$|---)/;

function toggle(block: Block, context: RenderContext, render: RenderChildren): string {
  const summary = block.children.find((child) => child.kind === "summary");
  const title = inlineToGfm(summary?.text || block.text, context)
    .replaceAll("\n", " ")
    .trim();
  return listItem("- ", bold(title) || "**Details**", render(unwrapped(block), context));
}

const meetingParts: Record<string, string> = { summary: "Summary", notes: "Notes", transcript: "Transcript" };

/** Title, then summary, notes and transcript, each under its name. */
function meetingNotes(block: Block, context: RenderContext, render: RenderChildren): string {
  const titles = block.children.filter((child) => child.kind === "text");
  const title = block.text || (titles[0]?.text ?? "");
  const parts = block.children.flatMap((child) => {
    if (child === titles[0] && block.text === "") return [];
    const name = meetingParts[child.kind];
    if (name === undefined) return [render([child], context)];
    const inside = withBelow(inlineToGfm(child.text, context), render(child.children, context));
    return inside === "" ? [] : [`**${name}**\n\n${inside}`];
  });
  return [`**Meeting notes${title === "" ? "" : `: ${inlineToGfm(title, context)}`}**`, ...parts].join(
    "\n\n",
  );
}
