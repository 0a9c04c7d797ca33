/** The texts of a Block Kit block in reading order (https://docs.slack.dev/reference/block-kit). */

const DEEPEST = 8;
const inside = ["text", "title", "alt_text", "fields", "elements", "accessory", "options"];

/** One entry for each paragraph; a text that was taken out before stays as it is. */
export function blockTexts(block: unknown, depth = 0): string[] {
  if (typeof block === "string") return block === "" ? [] : [block];
  if (depth > DEEPEST || block === null || typeof block !== "object") return [];
  if (Array.isArray(block)) return block.flatMap((one) => blockTexts(one, depth + 1));
  const fields = new Map<string, unknown>(Object.entries(block));
  const texts = inside.flatMap((name) => blockTexts(fields.get(name), depth + 1));
  const type = String(fields.get("type"));
  if (type === "link")
    return [`<${String(fields.get("url"))}${texts[0] === undefined ? "" : `|${texts[0]}`}>`];
  if (type === "user") return [`<@${String(fields.get("user_id"))}>`];
  if (type === "channel") return [`<#${String(fields.get("channel_id"))}>`];
  if (type === "emoji") return [`:${String(fields.get("name"))}:`];
  // Pieces of one paragraph, each with its own style.
  return /^rich_text_(?:section|quote|preformatted)$/.test(type) ? [texts.join("")].filter(Boolean) : texts;
}
