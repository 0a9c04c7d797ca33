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
import { type Names, withMentioned } from "./names";

/** Characters of a title, a description or a foot that are shown; Discord itself takes 2,048 at most. */
const LONGEST_TEXT = 2_048;
const lineOf = (text: string | null | undefined, otherwise = "") => nameText(text, otherwise, LONGEST_TEXT);

/** Text of a message's content and everything attached to it, in blocks; empty when it holds nothing. */
export function blocksOf(content: ApiContent, known: Names, link: string | undefined): string[] {
  const names = withMentioned(known, content.mentions);
  return [
    markdownOf(content.content, names),
    ...content.components.flatMap((component) => textsIn(component, names)),
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
      ? `**${lineOf(title)}**`
      : `[${lineOf(title, "link")}](${embed.url})`;
  const lines = [
    from.map((name) => lineOf(name)).join(" · "),
    title === "" ? "" : heading,
    markdownOf(embed.description ?? "", names),
    ...(embed.fields ?? []).map(({ name, value }) => `**${lineOf(name)}** ${markdownOf(value, names)}`),
    lineOf(embed.footer?.text),
  ].filter((line) => line !== "");
  return lines.length === 0 ? ["(an embed without text)"] : lines;
}

/** Discord's own links to files end after a day, so the message is linked instead. */
function attachmentLine(file: ApiAttachment, link: string | undefined): string {
  const name = nameText(file.title ?? file.filename, "file");
  const facts = inBrackets([file.content_type, shownSize(file.size)]);
  const said = file.description ? `: ${lineOf(file.description)}` : "";
  return `Attached: ${link === undefined ? name : `[${name}](${link})`}${facts}${said}`;
}

export function pollBlock(poll: ApiPoll): string {
  // Without results nobody knows of any votes; with them, an answer without a count has none.
  const votes = poll.results && new Map(poll.results.answer_counts.map(({ id, count }) => [id, count]));
  const lines = poll.answers.map(({ answer_id, poll_media }) => {
    const answer = `- ${lineOf(poll_media.text ?? poll_media.emoji?.name, "?")}`;
    return votes ? `${answer}: ${shownVotes(votes.get(answer_id ?? 0) ?? 0)}` : answer;
  });
  return [`**Poll: ${lineOf(poll.question.text, "without a question")}**`, ...lines].join("\n");
}

const shownVotes = (count: number | string) => `${count} ${Number(count) === 1 ? "vote" : "votes"}`;

/** What Discord itself posts when a poll has ended, whose fields are meant for programs. */
export function pollResultBlock({ embeds }: ApiContent): string {
  const fields = new Map(
    embeds.flatMap(({ fields }) => fields ?? []).map(({ name, value }) => [name, value]),
  );
  const winner = fields.get("victor_answer_text") ?? fields.get("victor_answer_emoji_name");
  const [own, all] = [fields.get("victor_answer_votes") ?? "0", shownVotes(fields.get("total_votes") ?? "0")];
  const result =
    winner === undefined ? `no answer won alone, of ${all}` : `${lineOf(winner)} won, ${own} of ${all}`;
  return `**Poll ended: ${lineOf(fields.get("poll_question_text"), "without a question")}** ${result}`;
}

/** What a message holds in a few words, where it has no text: what it is quoted by. */
export function briefly(content: ApiContent & Pick<Partial<ApiMessage>, "poll">): string {
  const titles = content.embeds.map(({ title, description }) => title ?? description);
  const files = content.attachments.map(({ title, filename }) => title ?? filename);
  const stickers = (content.sticker_items ?? []).map(({ name }) => name);
  const held = [content.poll?.question.text, ...titles, ...files, ...stickers].filter((part) =>
    Boolean(part),
  );
  return content.content === "" ? held.join(", ") : content.content;
}

/** Reactions on one line, such as `👍×3 :party:×1`; a server's own emoji by name. */
export function reactionsOf(reactions: ApiMessage["reactions"]): string {
  const shown = (reactions ?? []).map(({ emoji: { id, name }, count }) => ({
    shown: id ? `:${name ?? "emoji"}:` : (name ?? "?"),
    count,
  }));
  return reactionLine(shown);
}

const FILE = 13;

/**
 * Texts of a layout of components, in reading order, however deep: text displays, labels of buttons and options with
 * where they lead, what pictures show, names of files.
 */
function textsIn(component: unknown, names: Names, depth = 0): string[] {
  if (depth > 8 || component === null || typeof component !== "object") return [];
  if (Array.isArray(component)) return component.flatMap((one) => textsIn(one, names, depth + 1));
  const fields = new Map<string, unknown>(Object.entries(component));
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" && value.trim() !== "" ? value : undefined;
  };
  const [label, url] = [text("label"), text("url")];
  const leads = url !== undefined && /^https?:/i.test(url);
  const own = [
    markdownOf(text("content") ?? "", names),
    leads
      ? `[${lineOf(label, "link")}](${url.replaceAll(/[\s<>]/g, encodeURIComponent)})`
      : markdownOf(label ?? "", names),
    markdownOf(text("description") ?? "", names),
    fields.get("type") === FILE ? lineOf(text("name")) : "",
  ].filter((words) => words !== "");
  const inside = ["components", "accessory", "items", "options"].flatMap((name) =>
    textsIn(fields.get(name), names, depth + 1),
  );
  return [...own, ...inside];
}
