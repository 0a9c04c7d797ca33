import { plainLine } from "@/lib/clean-text";
import { inlineText, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { toIso } from "@/lib/time";
import type { Comment } from "../models/models";

/** Comments as a conversation: threads by their first comment, the answers below it, oldest first. "" for none. */
export function conversation(comments: readonly Comment[]): string {
  const byTime = comments.toSorted((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? -1 : 1));
  const ids = new Set(byTime.map(({ id }) => id));
  const answers = Map.groupBy(byTime, ({ parentId }) => (parentId && ids.has(parentId) ? parentId : ""));
  const threads = answers.get("") ?? [];
  return threads
    .flatMap((first) => [
      said(first, ""),
      ...(answers.get(first.id) ?? []).map((answer) => said(answer, " answers")),
    ])
    .join("\n\n");
}

function said({ body, quotedText, createdAt, user, botActor, externalUser }: Comment, verb: string): string {
  const name = user?.name ?? externalUser?.name ?? botActor?.name ?? "Someone";
  const time = toIso(createdAt);
  const when = time === undefined ? "" : ` (${time.slice(0, 10)} ${time.slice(11, 16)} UTC)`;
  const about = plainLine(quotedText ?? "", 500);
  const parts = [
    `**${inlineText(name)}**${verb}${when}:`,
    about === "" ? "" : `> ${lineText(about)}`,
    nestedMarkdown(body ?? "", 4),
  ];
  return parts
    .filter((part) => part !== "")
    .join("\n\n")
    .trim();
}
