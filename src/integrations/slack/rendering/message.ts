/** One message as markdown. */
import { clip } from "@/lib/clean-text";
import type { ApiAttachment, ApiMessage } from "../models/api";
import { isoOf } from "../models/timestamp";
import { markdownOf, namedLink, nameOf, type Names } from "./mrkdwn";

export interface MessageScene {
  names: Names;
  /** Address of the channel; a message's own is made from it. */
  link: string;
}

/** The longest text that Slack takes is 40,000 characters; some programs of its own write more. */
const LONGEST = 60_000;

export function authorOf({ user, username, bot_profile, subtype }: ApiMessage, names: Names): string {
  // Whoever deleted it is not told; Slack puts a name of its own in the place.
  if (subtype === "tombstone") return "somebody";
  const known = user === null || user === undefined ? undefined : names.user(user);
  return username || known || bot_profile?.name || (user ? "unknown user" : "unknown app");
}

export function linkTo({ link }: Pick<MessageScene, "link">, ts: string): string {
  return `${link}/p${ts.replace(".", "")}`;
}

/** What a message says in mrkdwn: a person's text; an app's blocks, of which the text is only a summary. */
export function wordsOf({ text, blocks, bot_id }: ApiMessage): string {
  const said = text ?? "";
  const laidOut = blocks.join("\n\n");
  return clip(said === "" || (bot_id && laidOut.length > said.length) ? laidOut : said, LONGEST);
}

/** `**Ann** (14:05): text`, with what it carries and got. `inThread`: the line on answers is left out. */
export function messageBlock(message: ApiMessage, scene: MessageScene, inThread: boolean): string {
  const marks = [isoOf(message.ts).slice(11, 16)];
  if (message.bot_id) marks.push("app");
  if (message.edited) marks.push("edited");
  if (message.pinned_to.length > 0) marks.push("pinned");
  const head = `**${nameOf(authorOf(message, scene.names), "unknown")}** (${marks.join(", ")}):`;
  const body = bodyOf(message, scene, inThread);
  const isText = /^(?!\d{1,9}[.)]\s)[^>\-`\n|#]/.test(body[0] ?? "");
  return isText ? `${head} ${body.join("\n\n")}` : [head, ...body].join("\n\n");
}

function bodyOf(message: ApiMessage, scene: MessageScene, inThread: boolean): string[] {
  const { names } = scene;
  const blocks = [
    message.subtype === "tombstone" ? "(This message was deleted.)" : markdownOf(wordsOf(message), names),
    ...message.attachments.map((attachment) => quoted(attachmentLines(attachment, names))),
    ...filesOf(message),
    reactionLine(message),
    inThread ? "" : answersLine(message, scene),
  ].filter((block) => block !== "");
  return blocks.length === 0 ? ["(a message without text)"] : blocks;
}

function quoted(lines: readonly string[]): string {
  return lines.join("\n\n").replaceAll(/^/gm, "> ").replaceAll(/^> $/gm, ">");
}

function attachmentLines(attachment: ApiAttachment, names: Names): string[] {
  const { title, title_link, from_url } = attachment;
  const address = title_link ?? from_url;
  const heading = address && title ? namedLink(address, title) : nameOf(title ?? undefined, "");
  const lines = [
    markdownOf(attachment.pretext ?? "", names),
    nameOf(attachment.author_name ?? undefined, ""),
    heading,
    markdownOf(attachment.text ?? "", names),
    ...attachment.fields.map(
      ({ title: name, value }) => `**${nameOf(name ?? undefined, "")}** ${markdownOf(value ?? "", names)}`,
    ),
    nameOf(attachment.footer ?? undefined, ""),
  ].filter((line) => line !== "");
  return lines.length === 0
    ? [nameOf(attachment.fallback ?? undefined, "(an attachment without text)")]
    : lines;
}

/** A list of the files, and below it what those hold that could be read. */
function filesOf({ files }: ApiMessage): string[] {
  const read = files.filter(({ shown_text }) => shown_text);
  const others = files.filter(({ shown_text }) => !shown_text);
  return [
    others.map((file) => `- ${fileLine(file)}`).join("\n"),
    ...read.flatMap((file) => [`- ${fileLine(file)}`, quoted([file.shown_text ?? ""])]),
  ];
}

function fileLine({ name, title, pretty_type, size, permalink }: ApiMessage["files"][number]): string {
  const shown = nameOf(title || name || undefined, "a file that is no longer there");
  const link = permalink && URL.canParse(permalink) ? `[${shown}](${permalink})` : shown;
  const facts = [name !== title && title ? name : undefined, pretty_type, sizeOf(size)].filter(Boolean);
  return `Attached: ${link}${facts.length === 0 ? "" : ` (${facts.map((fact) => nameOf(String(fact), "")).join(", ")})`}`;
}

function sizeOf(bytes: number | null | undefined): string | undefined {
  if (bytes === null || bytes === undefined) return undefined;
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function reactionLine({ reactions }: ApiMessage): string {
  return reactions.length === 0
    ? ""
    : `Reactions: ${reactions.map(({ name, count }) => `:${name}:×${count}`).join(" ")}`;
}

function answersLine({ ts, thread_ts, reply_count }: ApiMessage, scene: MessageScene): string {
  if (thread_ts !== undefined && thread_ts !== null && thread_ts !== ts)
    return `Also sent in a [thread](${linkTo(scene, thread_ts)})`;
  return reply_count
    ? `Thread: [${reply_count === 1 ? "1 answer" : `${reply_count} answers`}](${linkTo(scene, ts)})`
    : "";
}
