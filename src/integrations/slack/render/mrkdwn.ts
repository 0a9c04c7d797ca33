/**
 * Slack's mrkdwn as GitHub-flavoured markdown, with people and channels by name
 * (https://docs.slack.dev/messaging/formatting-message-text).
 */
import { nameText } from "@/core/services/conversations/chat-markdown";

/** What ids are called. */
export interface Names {
  user: (id: string) => string | undefined;
  channel: (id: string) => string | undefined;
}

/** Code, which nothing is changed in but Slack's own marks. */
const code = /(```[\s\S]*?```|`[^`\n]+`)/;
const token = /<([^<>\n]+)>/g;

export function markdownOf(text: string, names: Names): string {
  return text
    .split(code)
    .map((piece, index) => (index % 2 === 1 ? codeOf(piece) : prose(piece, names)))
    .join("")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * Slack lets a fence begin and end within a line, and marks addresses in code as well; markdown does neither. Behind the
 * bar stands what was written: `README.md` passes for an address.
 */
function codeOf(piece: string): string {
  const plain = decoded(piece.replaceAll(token, (_whole, inside: string) => inside.split("|").at(-1) ?? ""));
  const fence = /^```\n?([\s\S]*?)\n?```$/.exec(plain);
  return fence === null ? plain : `\n\`\`\`\n${fence[1] ?? ""}\n\`\`\`\n`;
}

function prose(text: string, names: Names): string {
  const tokens: string[] = [];
  const kept = text.replaceAll(
    token,
    (_whole, inside: string) => `\uE000${tokens.push(tokenOf(inside, names)) - 1}\uE001`,
  );
  return (
    decoded(
      kept.replaceAll(/^&gt;&gt;&gt;\s?([\s\S]*)$/gm, (_whole, quoted: string) =>
        quoted.replaceAll(/^/gm, "> "),
      ),
    )
      .replaceAll(/(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/g, "**$1**")
      .replaceAll(/(?<![\w~])~([^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/g, "~~$1~~")
      .replaceAll(/^([ \t]*)[•◦▪]\uFE0E?[ \t]+/gm, (_whole, before: string) => `${nesting(before)}- `)
      // What markdown would take for a heading, a rule, a link or HTML was meant as it stands.
      .replaceAll(/^(\s{0,3})(#{1,6} |[-=]{3,}\s*$|~{3,})/gm, "$1\\$2")
      // A fence that never ends would swallow what others wrote below it.
      .replaceAll("```", "\\`\\`\\`")
      .replaceAll("](", "]\\(")
      .replaceAll(/<(?=[a-z/!?])/gi, "\\<")
      .replaceAll(/\uE000(\d+)\uE001/g, (_whole, index: string) => tokens[Number(index)] ?? "")
  );
}

/** Slack indents a list by four spaces a level, markdown by the two that its mark takes. */
const nesting = (before: string) => "  ".repeat(Math.floor(before.replaceAll("\t", "    ").length / 4));

function tokenOf(inside: string, names: Names): string {
  const bar = inside.indexOf("|");
  const [target, label] = bar === -1 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
  const id = target.slice(1);
  if (target.startsWith("@")) return `@${nameText(names.user(id) ?? label, "unknown user")}`;
  if (target.startsWith("#")) return `#${nameText(names.channel(id) ?? label, "private channel")}`;
  if (target.startsWith("!date^")) return nameText(label, "a time");
  if (target.startsWith("!")) return `@${nameText(label?.replace(/^@/, ""), id.split("^")[0] ?? "")}`;
  return linkOf(decoded(target), label === undefined ? undefined : decoded(label));
}

/** A link by an address and words that were not written in mrkdwn, but are escaped as Slack does. */
export function namedLink(address: string, words: string): string {
  return linkOf(decoded(address), decoded(words));
}

function linkOf(address: string, label: string | undefined): string {
  if (!/^(?:https?|mailto):/i.test(address)) return nameText(label, address);
  const url = address.replaceAll(/[\s()<>]/g, (mark) =>
    encodeURIComponent(mark).replace("(", "%28").replace(")", "%29"),
  );
  const plain = label === undefined || label === address || `mailto:${label}` === address;
  return plain ? url.replace(/^mailto:/i, "") : `[${nameText(label, "link")}](${url})`;
}

const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

function decoded(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}
