/** One message as markdown. */
import {
  inBrackets,
  nameText,
  quotedBlocks,
  reactionLine,
  saidBlock,
} from "@/core/services/conversations/chat-markdown";
import { clip } from "@/lib/clean-text";
import { shownSize } from "@/lib/file-names";
import { bulletList } from "@/lib/markdown-text";
import type { ApiAttachment, ApiMessage } from "../models/api";
import { tablesOf } from "../models/block-texts";
import { isoOf } from "../models/timestamp";
import { markdownOf, namedLink, type Names } from "./mrkdwn";

export interface MessageScene {
  names: Names;
  /** Address of the channel; a message's own is made from it. */
  link: string;
}

/** Why a file has no name. */
const NAMELESS: Readonly<Record<string, string>> = {
  tombstone: "a file that is no longer there",
  hidden_by_limit: "a file that the workspace's plan hides",
};
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
  if (said === "" || (bot_id && laidOut.length > said.length)) return clip(laidOut, LONGEST);
  return clip([said, ...tablesOf(blocks)].join("\n\n"), LONGEST);
}

/** `**Ann** (14:05): text`, with what it carries and got. `inThread`: the line on answers is left out. */
export function messageBlock(message: ApiMessage, scene: MessageScene, inThread: boolean): string {
  const { names } = scene;
  const { ts, subtype, bot_id, edited, pinned_to, attachments, reactions } = message;
  return saidBlock({
    author: authorOf(message, names),
    at: isoOf(ts),
    marks: [Boolean(bot_id) && "app", Boolean(edited) && "edited", pinned_to.length > 0 && "pinned"],
    blocks: [
      subtype === "tombstone" ? "(This message was deleted.)" : markdownOf(wordsOf(message), names),
      ...attachments.map((attachment) => quotedBlocks(attachmentLines(attachment, names))),
      ...filesOf(message),
      reactionLine(reactions.map(({ name, count }) => ({ shown: `:${name}:`, count }))),
      inThread ? "" : answersLine(message, scene),
    ],
  });
}

function attachmentLines(attachment: ApiAttachment, names: Names): string[] {
  const { title, title_link, from_url } = attachment;
  const address = title_link ?? from_url;
  const heading = address && title ? namedLink(address, title) : nameText(title, "");
  const lines = [
    markdownOf(attachment.pretext ?? "", names),
    nameText(attachment.author_name, ""),
    heading,
    ...wordsOfAttachment(attachment).map((words) => markdownOf(words, names)),
    ...attachment.fields.map(
      ({ title: name, value }) => `**${nameText(name, "")}** ${markdownOf(value ?? "", names)}`,
    ),
    bulletList((attachment.files ?? []).map(fileLine)),
    nameText(attachment.footer, ""),
  ].filter((line) => line !== "");
  return lines.length === 0 ? [nameText(attachment.fallback, "(an attachment without text)")] : lines;
}

/** What programs lay out in blocks has no text beside them, or a text that says less. */
function wordsOfAttachment({ text, blocks = [] }: ApiAttachment): string[] {
  return text ? [text, ...tablesOf(blocks)] : blocks;
}

/** A list of the files, and below it what those hold that could be read. */
function filesOf({ files }: ApiMessage): string[] {
  const read = files.filter(({ shown_text }) => shown_text);
  const others = files.filter(({ shown_text }) => !shown_text);
  return [
    bulletList(others.map(fileLine)),
    ...read.flatMap((file) => [`- ${fileLine(file)}`, quotedBlocks([file.shown_text ?? ""])]),
  ];
}

function fileLine({ name, title, pretty_type, size, permalink, mode }: ApiMessage["files"][number]): string {
  const shown = nameText(title || name || undefined, NAMELESS[mode ?? ""] ?? "a file whose name is not told");
  const link = permalink && URL.canParse(permalink) ? `[${shown}](${permalink})` : shown;
  const facts = [name !== title && title ? name : "", pretty_type, size ? shownSize(size) : ""];
  return `Attached: ${link}${inBrackets(facts.map((fact) => nameText(fact, "")))}`;
}

function answersLine({ ts, thread_ts, reply_count }: ApiMessage, scene: MessageScene): string {
  if (thread_ts !== undefined && thread_ts !== null && thread_ts !== ts)
    return `Also sent in a [thread](${linkTo(scene, thread_ts)})`;
  return reply_count
    ? `Thread: [${reply_count === 1 ? "1 answer" : `${reply_count} answers`}](${linkTo(scene, ts)})`
    : "";
}
