/** The parts of a message beside its text: embeds, files, polls, components, reactions. */
import {
  inBrackets,
  nameText,
  quotedBlocks,
  reactionLine,
} from "@/core/services/conversations/chat-markdown";
import { shownSize } from "@/lib/file-names";
import { bulletList } from "@/lib/markdown-text";
import type { ApiAttachment, ApiContent, ApiEmbed, ApiMessage, ApiPoll } from "../models/api";
import { markdownOf } from "./markup";
import type { Names } from "./names";

/** Text of a message's content and everything attached to it, in blocks; empty when it holds nothing. */
export function blocksOf(content: ApiContent, names: Names, link: string | undefined): string[] {
  return [
    markdownOf(content.content, names),
    ...content.components.flatMap((component) => textsIn(component)).map((text) => markdownOf(text, names)),
    ...content.embeds.map((embed) => quotedBlocks(embedLines(embed, names))),
    bulletList(content.attachments.map((file) => attachmentLine(file, link))),
    bulletList((content.sticker_items ?? []).map(({ name }) => `Sticker: ${nameText(name, "unnamed")}`)),
  ].filter((block) => block !== "");
}

function embedLines(embed: ApiEmbed, names: Names): string[] {
  const from = [embed.provider?.name, embed.author?.name].filter((name) => typeof name === "string");
  const title = embed.title ?? embed.url ?? "";
  const heading =
    embed.url === null || embed.url === undefined
      ? `**${nameText(title, "")}**`
      : `[${nameText(title, "link")}](${embed.url})`;
  const lines = [
    from.map((name) => nameText(name, "")).join(" · "),
    title === "" ? "" : heading,
    markdownOf(embed.description ?? "", names),
    ...(embed.fields ?? []).map(({ name, value }) => `**${nameText(name, "")}** ${markdownOf(value, names)}`),
    nameText(embed.footer?.text, ""),
  ].filter((line) => line !== "");
  return lines.length === 0 ? ["(an embed without text)"] : lines;
}

/** Discord's own links to files end after a day, so the message is linked instead. */
function attachmentLine(file: ApiAttachment, link: string | undefined): string {
  const name = nameText(file.title ?? file.filename, "file");
  const facts = inBrackets([file.content_type, shownSize(file.size)]);
  const said = file.description ? `: ${nameText(file.description, "")}` : "";
  return `Attached: ${link === undefined ? name : `[${name}](${link})`}${facts}${said}`;
}

export function pollBlock(poll: ApiPoll): string {
  const votes = new Map(poll.results?.answer_counts.map(({ id, count }) => [id, count]));
  const lines = poll.answers.map(({ answer_id, poll_media }) => {
    const count = votes.get(answer_id ?? 0) ?? 0;
    return `- ${nameText(poll_media.text ?? poll_media.emoji?.name, "?")}: ${count} ${count === 1 ? "vote" : "votes"}`;
  });
  return [`**Poll: ${nameText(poll.question.text, "without a question")}**`, ...lines].join("\n");
}

/** Reactions on one line, such as `👍×3 :party:×1`; a server's own emoji by name. */
export function reactionsOf(reactions: ApiMessage["reactions"]): string {
  const shown = (reactions ?? []).map(({ emoji: { id, name }, count }) => ({
    shown: id ? `:${name ?? "emoji"}:` : (name ?? "?"),
    count,
  }));
  return reactionLine(shown);
}

/** Texts of a layout of components, in reading order, however deep: text displays, labels of buttons and options. */
function textsIn(component: unknown, depth = 0): string[] {
  if (depth > 8 || component === null || typeof component !== "object") return [];
  if (Array.isArray(component)) return component.flatMap((one) => textsIn(one, depth + 1));
  const fields = new Map<string, unknown>(Object.entries(component));
  const own = ["content", "label"]
    .flatMap((name) => fields.get(name) ?? [])
    .filter((text) => typeof text === "string");
  const inside = ["components", "accessory", "items", "options"].flatMap((name) =>
    textsIn(fields.get(name), depth + 1),
  );
  return [...own, ...inside];
}
