/** One message as markdown. */
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { nameOf, markdownOf } from "./markup";
import type { Names } from "./names";
import { blocksOf, pollBlock, quoted, reactionLine } from "./parts";

/** A message that another one answers. */
export interface Quote {
  author: string;
  text: string;
}

export interface MessageScene {
  names: Names;
  /** `https://discord.com/channels/{server}/{channel}`. */
  link: string;
  /** What a message answers: undefined when it is not known, null when it was deleted. */
  quote: (message: ApiMessage) => Quote | null | undefined;
}

const LONGEST_QUOTE = 120;
const FORWARD = 1;

export function authorOf(message: Pick<ApiMessage, "author" | "webhook_id">, names: Names): string {
  const { author, webhook_id } = message;
  // A webhook chooses a name for each message.
  if (webhook_id !== null && webhook_id !== undefined) return author.username;
  return names.user(author.id) ?? (author.global_name || author.username);
}

/** `**Ann** (14:05): text`, with what it answers, carries and got. */
export function messageBlock(message: ApiMessage, scene: MessageScene): string {
  const { names } = scene;
  const body = bodyOf(message, scene);
  const marks = [message.timestamp.slice(11, 16)];
  if (message.author.bot === true || message.webhook_id) marks.push("bot");
  if (message.edited_timestamp) marks.push("edited");
  if (message.pinned) marks.push("pinned");
  const head = `**${nameOf(authorOf(message, names), "unknown")}** (${marks.join(", ")}):`;
  const isText = /^[^>\-`\n|#]/.test(body[0] ?? "");
  return isText ? `${head} ${body.join("\n\n")}` : [head, ...body].join("\n\n");
}

function bodyOf(message: ApiMessage, scene: MessageScene): string[] {
  const link = `${scene.link}/${message.id}`;
  const blocks = [
    quoteBlock(message, scene),
    ...blocksOf(message, scene.names, link),
    ...forwards(message, scene),
    message.poll === null || message.poll === undefined ? "" : pollBlock(message.poll),
    reactionLine(message.reactions),
    threadLine(message, scene),
  ].filter((block) => block !== "");
  return blocks.length === 0 ? ["(a message without text)"] : blocks;
}

function quoteBlock(message: ApiMessage, scene: MessageScene): string {
  if (message.message_reference?.message_id === undefined || message.message_snapshots) return "";
  const quote = scene.quote(message);
  if (quote === null) return "> (answers a message that was deleted)";
  if (quote === undefined) return "";
  const text = plainLine(markdownOf(quote.text, scene.names), LONGEST_QUOTE);
  return `> **${nameOf(quote.author, "unknown")}** wrote: ${text === "" ? "(no text)" : text}`;
}

function forwards(message: ApiMessage, scene: MessageScene): string[] {
  if (message.message_reference?.type !== FORWARD) return [];
  const origin = scene.names.channel(message.message_reference.channel_id ?? "");
  return (message.message_snapshots ?? []).map(({ message: original }) => {
    const from = `Forwarded${origin === undefined ? "" : ` from #${nameOf(origin, "")}`}:`;
    return quoted([from, ...blocksOf(original, scene.names, undefined)]);
  });
}

function threadLine(message: ApiMessage, { names, link }: MessageScene): string {
  if (!message.thread) return "";
  const name = nameOf(names.channel(message.thread.id) ?? message.thread.name, "thread");
  return `Thread: [${name}](${link.replace(/\/\d+$/, "")}/${message.thread.id})`;
}
