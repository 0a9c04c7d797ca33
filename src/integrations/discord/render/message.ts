/** One message as markdown. */
import { nameText, quotedBlocks, saidBlock } from "@/core/services/conversations/chat-markdown";
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { CHAT_COMMAND, POLL_RESULT } from "../models/channel-types";
import { markdownOf } from "./markup";
import type { Names } from "./names";
import { blocksOf, pollBlock, pollResultBlock, reactionsOf } from "./parts";

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
  const { author, webhook_id, edited_timestamp, pinned, poll, reactions } = message;
  return saidBlock({
    author: authorOf(message, scene.names),
    at: message.timestamp,
    marks: [
      (author.bot === true || Boolean(webhook_id)) && "bot",
      Boolean(edited_timestamp) && "edited",
      pinned && "pinned",
    ],
    blocks: [
      quoteBlock(message, scene),
      commandBlock(message, scene),
      ...(message.type === POLL_RESULT
        ? [pollResultBlock(message)]
        : blocksOf(message, scene.names, `${scene.link}/${message.id}`)),
      ...forwards(message, scene),
      poll ? pollBlock(poll) : "",
      reactionsOf(reactions),
      threadLine(message, scene),
    ],
  });
}

function quoteBlock(message: ApiMessage, scene: MessageScene): string {
  if (message.message_reference?.message_id === undefined || message.message_snapshots) return "";
  const quote = scene.quote(message);
  if (quote === null) return "> (answers a message that was deleted)";
  if (quote === undefined) return "";
  const text = plainLine(markdownOf(quote.text, scene.names), LONGEST_QUOTE);
  return `> **${nameText(quote.author, "unknown")}** wrote: ${text === "" ? "(no text)" : text}`;
}

/** Which command of whom a program answers. */
function commandBlock({ type, interaction }: ApiMessage, { names }: MessageScene): string {
  if (!interaction) return "";
  const { name, user } = interaction;
  const who = names.user(user.id) ?? (user.global_name || user.username);
  return `> **${nameText(who, "unknown")}** used ${type === CHAT_COMMAND ? "/" : ""}${nameText(name, "a command")}`;
}

function forwards(message: ApiMessage, scene: MessageScene): string[] {
  if (message.message_reference?.type !== FORWARD) return [];
  const origin = scene.names.channel(message.message_reference.channel_id ?? "");
  return (message.message_snapshots ?? []).map(({ message: original }) => {
    const from = `Forwarded${origin === undefined ? "" : ` from #${nameText(origin, "")}`}:`;
    return quotedBlocks([from, ...blocksOf(original, scene.names, undefined)]);
  });
}

function threadLine(message: ApiMessage, { names, link }: MessageScene): string {
  if (!message.thread) return "";
  const name = nameText(names.channel(message.thread.id) ?? message.thread.name, "thread");
  return `Thread: [${name}](${link.replace(/\/\d+$/, "")}/${message.thread.id})`;
}
