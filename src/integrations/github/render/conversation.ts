/** What people said, as markdown: who, when, what. */
import { plainLine } from "@/lib/clean-text";
import { escapeMarkdown } from "@/lib/escape-markdown";
import { inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { toIso } from "@/lib/time";
import type { Comment, ReviewThread } from "../models/graphql";

const verdicts: Readonly<Record<string, string>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "asks for changes",
  DISMISSED: "review dismissed",
};

/** A block of a conversation with its place in time. */
export interface Said {
  at: string;
  markdown: string;
}

/** A name on a line of markdown; GitHub shows `ghost` where an account is gone. */
export function nameOf(author: { login: string } | null | undefined): string {
  return escapeMarkdown(plainLine(author?.login ?? "ghost", 100), { atLineStart: false, inTableCell: false });
}

/** Of these the words are left out: nobody is to read them, and no agent is to follow them. */
const unwanted = /^(?:spam|abuse)$/;

/** "" for a comment that everybody sees, else what it was folded away as. */
function foldedAs({ isMinimized, minimizedReason }: Comment): string {
  if (isMinimized !== true) return "";
  return inlineText(plainLine(minimizedReason ?? "", 50).toLowerCase()) || "something else";
}

export function comment(one: Comment, note = ""): Said {
  const at = toIso(one.createdAt) ?? "";
  const when = at === "" ? "" : `${at.slice(0, 10)} ${at.slice(11, 16)}`;
  const folded = foldedAs(one);
  const marks = [when, note, folded === "" ? "" : `hidden as ${folded}`]
    .filter((mark) => mark !== "")
    .join(", ");
  const body = unwanted.test(folded) ? "" : plainGfm(one.body ?? "");
  const head = `**${nameOf(one.author)}**${marks === "" ? "" : ` (${marks})`}`;
  return { at, markdown: body === "" ? head : `${head}:\n\n${body}` };
}

/** A review's verdict and words; nothing for one that only holds comments on lines. */
export function review(one: Comment): Said[] {
  const verdict = verdicts[one.state ?? ""];
  if (verdict === undefined && (one.body ?? "").trim() === "") return [];
  return [comment(one, verdict ?? "review")];
}

/** Comments on one place of the change. */
export function reviewThread({ path, line, isResolved, comments }: ReviewThread): Said[] {
  const [first] = comments.nodes;
  if (first === undefined) return [];
  const place = `${plainLine(path ?? "", 300).replaceAll("`", "")}${typeof line === "number" ? `:${line}` : ""}`;
  const head = `**On \`${place || "the change"}\`**${isResolved === true ? " (resolved)" : ""}`;
  const said = comments.nodes.map((one) => comment(one).markdown);
  const hidden = (comments.totalCount ?? 0) - comments.nodes.length;
  if (hidden > 0) said.push(`(${hidden} more answers at GitHub)`);
  return [{ at: toIso(first.createdAt) ?? "", markdown: [head, ...said].join("\n\n") }];
}

/** Blocks in the order of their time under one heading; "" for none. */
export function conversation(title: string, blocks: readonly Said[]): string {
  if (blocks.length === 0) return "";
  const sorted = [...blocks].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return [`## ${title}`, ...sorted.map(({ markdown }) => markdown)].join("\n\n");
}
