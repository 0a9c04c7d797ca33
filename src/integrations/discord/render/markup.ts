/**
 * Discord's markup as GitHub-flavoured markdown: mentions, emoji and times by name, spoilers and small print in words.
 * After https://discord.com/developers/docs/reference#message-formatting.
 */
import { nameText } from "@/core/services/conversations/chat-markdown";
import type { Names } from "./names";

/** Code, which nothing is changed in: fences first, then spans of one or two backticks. */
const code = /(```[\s\S]*?```|``[^`][\s\S]*?``|`[^`\n]+`)/;

/** Stands in for a piece of code; Discord lets nobody post this character. */
const HOLE = "\u0000";

export function markdownOf(content: string, names: Names): string {
  const pieces = content.replaceAll(HOLE, "").split(code);
  const codes = pieces.filter((_piece, index) => index % 2 === 1);
  // Code stands out of the way meanwhile, so that what goes around it (a spoiler, a quote) is seen whole.
  return prose(pieces.map((piece, index) => (index % 2 === 1 ? HOLE : piece)).join(""), names)
    .replaceAll(HOLE, () => fenced(codes.shift() ?? ""))
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** Discord lets a fence begin and end within a line; markdown does not. */
function fenced(piece: string): string {
  const fence = /^```(?:([a-z0-9+#_.-]*)\n)?([\s\S]*?)\n?```$/i.exec(piece);
  return fence === null ? piece : `\n\`\`\`${fence[1] ?? ""}\n${fence[2] ?? ""}\n\`\`\`\n`;
}

function prose(text: string, names: Names): string {
  return (
    text
      .replaceAll(/<@!?(\d{1,20})>/g, (_whole, id: string) => `@${nameText(names.user(id), "unknown user")}`)
      .replaceAll(/<@&(\d{1,20})>/g, (_whole, id: string) => `@${nameText(names.role(id), "deleted role")}`)
      .replaceAll(
        /<#(\d{1,20})>/g,
        (_whole, id: string) => `#${nameText(names.channel(id), "unknown channel")}`,
      )
      .replaceAll(/<\/([^:>\n]{1,100}):\d{1,20}>/g, "/$1")
      .replaceAll(/<a?:(\w{1,64}):\d{1,20}>/g, ":$1:")
      .replaceAll(/<t:(-?\d{1,13})(?::[a-zA-Z])?>/g, (whole, seconds: string) => momentOf(seconds) ?? whole)
      .replaceAll(/<id:([\w-]+)(?::\d+)?>/g, (_whole, place: string) => `(server page: ${place})`)
      .replaceAll(/\|\|([\s\S]+?)\|\|/g, "[spoiler: $1]")
      .replaceAll(/^-# +/gm, "")
      // A heading inside a message must not become one of the whole conversation.
      .replaceAll(/^\s{0,3}#{1,6} +(.+)$/gm, (_whole, title: string) => `**${title.replaceAll("**", "")}**`)
      .replace(/^>>> ([\s\S]*)$/m, (_whole, quoted: string) => quoted.replaceAll(/^/gm, "> "))
      .replaceAll(/<(?=[a-z/!?])(?!https?:|mailto:)/gi, "\\<")
  );
}

function momentOf(seconds: string): string | undefined {
  const time = new Date(Number(seconds) * 1_000);
  return Number.isNaN(time.getTime())
    ? undefined
    : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
