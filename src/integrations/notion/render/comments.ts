import { richTextToEnhanced } from "../blocks/rich-text";
import { plainId, type RenderContext } from "../markdown/context";
import { inlineToGfm } from "../markdown/inline";
import type { Comment } from "../models/objects";

/** Open discussions, each as a list item by its first comment, with the answers below it; "" for none. */
export function commentsMarkdown(comments: readonly Comment[], context: RenderContext): string {
  const discussions = Map.groupBy(comments, ({ discussion_id: discussion, id }) => discussion || id);
  const items = [...discussions.values()].flatMap((answers) =>
    answers.map((comment, index) => `${index === 0 ? "- " : "  - "}${line(comment, context)}`),
  );
  return items.length === 0 ? "" : `## Comments\n\n${items.join("\n")}`;
}

function line(comment: Comment, context: RenderContext): string {
  const { created_by: author, display_name: shown, created_time: time, rich_text: words } = comment;
  const known = author === null || author === undefined ? undefined : context.userName(plainId(author.id));
  const name = shown?.resolved_name ?? known ?? "Someone";
  const text = inlineToGfm(richTextToEnhanced(words), context)
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
  return `**${inlineToGfm(name.replaceAll(/[\\*~`$[\]<>{}|^]/g, "\\$&"), context)}** (${time.slice(0, 10)}): ${text}`;
}
