import { expect, test } from "bun:test";
import type { RenderContext } from "../markdown/context";
import { commentSchema } from "../models/objects";
import { commentsMarkdown } from "./comments";

const ann = "00000000-0000-4000-8000-000000000001";
const context: RenderContext = {
  pageUrl: "https://app.notion.com/p/x",
  userName: (id) => (id === ann.replaceAll("-", "") ? "Ann *Lee*" : undefined),
  title: () => undefined,
  links: [],
};

function comment(change: Record<string, unknown> = {}) {
  return commentSchema.parse({
    id: "c1",
    discussion_id: "d1",
    created_time: "2026-05-01T09:00:00.000Z",
    created_by: { id: ann },
    rich_text: [{ type: "text", plain_text: "Looks good." }],
    ...change,
  });
}

test("discussions follow each other, answers stand below what they answer", () => {
  const comments = [
    comment(),
    comment({
      id: "c2",
      discussion_id: "d2",
      rich_text: [{ plain_text: "Where is the *crane*?\nTell me." }],
    }),
    comment({ id: "c3", rich_text: [{ plain_text: "Thanks." }], created_time: "2026-05-02T09:00:00.000Z" }),
  ];
  expect(commentsMarkdown(comments, context)).toBe(
    [
      "## Comments",
      "",
      "- **Ann \\*Lee\\*** (2026-05-01): Looks good.",
      "  - **Ann \\*Lee\\*** (2026-05-02): Thanks.",
      "- **Ann \\*Lee\\*** (2026-05-01): Where is the \\*crane\\*? Tell me.",
    ].join("\n"),
  );
});

test("who wrote is told by the name Notion shows, the one that is known, or nobody's", () => {
  const shown = (change: Record<string, unknown>) =>
    commentsMarkdown([comment(change)], context).split("\n")[2];
  expect(shown({ display_name: { type: "custom", resolved_name: "Deploy bot" } })).toStartWith(
    "- **Deploy bot** (",
  );
  expect(shown({ created_by: { id: "x" } })).toStartWith("- **Someone** (");
  expect(shown({ created_by: null })).toStartWith("- **Someone** (");
});

test("no comments leave nothing", () => {
  expect(commentsMarkdown([], context)).toBe("");
});
