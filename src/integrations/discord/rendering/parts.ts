/** The parts of a message beside its text: embeds, files, polls, components, reactions. */
import type { ApiAttachment, ApiContent, ApiEmbed, ApiMessage, ApiPoll } from "../models/api";
import { markdownOf, nameOf } from "./markup";
import type { Names } from "./names";

/** Text of a message's content and everything attached to it, in blocks; empty when it holds nothing. */
export function blocksOf(content: ApiContent, names: Names, link: string | undefined): string[] {
  return [
    markdownOf(content.content, names),
    ...content.components.flatMap((component) => textsIn(component)).map((text) => markdownOf(text, names)),
    ...content.embeds.map((embed) => quoted(embedLines(embed, names))),
    listOf(content.attachments.map((file) => attachmentLine(file, link))),
    listOf((content.sticker_items ?? []).map(({ name }) => `Sticker: ${nameOf(name, "unnamed")}`)),
  ].filter((block) => block !== "");
}

export function quoted(lines: readonly string[]): string {
  return lines.join("\n\n").replaceAll(/^/gm, "> ").replaceAll(/^> $/gm, ">");
}

function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function embedLines(embed: ApiEmbed, names: Names): string[] {
  const from = [embed.provider?.name, embed.author?.name].filter((name) => typeof name === "string");
  const title = embed.title ?? embed.url ?? "";
  const heading =
    embed.url === null || embed.url === undefined
      ? `**${nameOf(title, "")}**`
      : `[${nameOf(title, "link")}](${embed.url})`;
  const lines = [
    from.map((name) => nameOf(name, "")).join(" · "),
    title === "" ? "" : heading,
    markdownOf(embed.description ?? "", names),
    ...(embed.fields ?? []).map(({ name, value }) => `**${nameOf(name, "")}** ${markdownOf(value, names)}`),
    nameOf(embed.footer?.text, ""),
  ].filter((line) => line !== "");
  return lines.length === 0 ? ["(an embed without text)"] : lines;
}

/** Discord's own links to files end after a day, so the message is linked instead. */
function attachmentLine(file: ApiAttachment, link: string | undefined): string {
  const name = nameOf(file.title ?? file.filename, "file");
  const facts = [file.content_type, sizeOf(file.size)].filter((fact) => fact !== null && fact !== undefined);
  const said =
    file.description === null || file.description === undefined ? "" : `: ${nameOf(file.description, "")}`;
  return `Attached: ${link === undefined ? name : `[${name}](${link})`} (${facts.join(", ")})${said}`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function pollBlock(poll: ApiPoll): string {
  const votes = new Map(poll.results?.answer_counts.map(({ id, count }) => [id, count]));
  const lines = poll.answers.map(({ answer_id, poll_media }) => {
    const count = votes.get(answer_id ?? 0) ?? 0;
    return `- ${nameOf(poll_media.text ?? poll_media.emoji?.name ?? undefined, "?")}: ${count} ${count === 1 ? "vote" : "votes"}`;
  });
  return [`**Poll: ${nameOf(poll.question.text ?? undefined, "without a question")}**`, ...lines].join("\n");
}

/** Reactions on one line, such as `👍×3 :party:×1`. */
export function reactionLine(reactions: ApiMessage["reactions"]): string {
  const shown = (reactions ?? []).map(({ emoji, count }) => {
    const isOwn = emoji.id !== null && emoji.id !== undefined;
    return `${isOwn ? `:${emoji.name ?? "emoji"}:` : (emoji.name ?? "?")}×${count}`;
  });
  return shown.length === 0 ? "" : `Reactions: ${shown.join(" ")}`;
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
