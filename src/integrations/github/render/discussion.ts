import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { tidyMarkdown } from "@/lib/tidy-markdown";
import { toIso } from "@/lib/time";
import type { ThreadRows } from "../db/queries";
import type { Discussion } from "../models/graphql";
import { type DiscussionItem, discussionKey } from "../models/items";
import { comment, conversation, nameOf, type Said } from "./conversation";
import { titleOf } from "./issue";
import { commentRow } from "./thread-rows";

/** One discussion: facts, what was asked, answers with their replies. */
export function renderDiscussion(item: DiscussionItem): RenderedArtifact {
  const { repository, discussion } = item;
  const { number, title, author, url } = discussion;
  const blocks = [
    factsLine(repository.full_name, discussion),
    plainGfm(discussion.body ?? "") || "(no description)",
    conversation("Answers", discussion.comments.nodes.map(answer)),
  ];
  return {
    integrationArtifactId: discussionKey(item),
    kind: "conversation",
    title: titleOf(title, repository.full_name, number),
    markdown: tidyMarkdown(blocks.filter((block) => block !== "").join("\n\n")),
    url: url ?? undefined,
    author: author?.login,
    artifactDate: toIso(discussion.createdAt),
    metadata: { repository: repository.full_name, number, kind: "discussion", state: stateOf(discussion) },
  };
}

function stateOf({ isAnswered, closed }: Discussion): string {
  return isAnswered === true ? "answered" : closed === true ? "closed" : "open";
}

function factsLine(repository: string, discussion: Discussion): string {
  const { number, author, createdAt, category, labels } = discussion;
  const names = (labels?.nodes ?? []).map(({ name }) => inlineText(plainLine(name, 100)));
  const facts = [
    `Discussion #${number} of ${inlineText(repository)}`,
    stateOf(discussion),
    category === null || category === undefined ? "" : `in ${inlineText(plainLine(category.name, 100))}`,
    `by ${nameOf(author)} on ${toIso(createdAt)?.slice(0, 10) ?? "an unknown day"}`,
    names.length === 0 ? "" : `labels: ${names.join(", ")}`,
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

function answer(one: Discussion["comments"]["nodes"][number]): Said {
  const { at, markdown } = comment(one, one.isAnswer === true ? "the answer" : "");
  const replies = one.replies.nodes.map((reply) => comment(reply, "reply").markdown);
  const hidden = (one.replies.totalCount ?? 0) - replies.length;
  if (hidden > 0) replies.push(`(${hidden} more replies at GitHub)`);
  return { at, markdown: [markdown, ...replies].join("\n\n") };
}

export function discussionRows(account: string, item: DiscussionItem): ThreadRows {
  const { repository, discussion } = item;
  const own = { account, threadId: discussionKey(item) };
  const answers = discussion.comments.nodes;
  return {
    thread: {
      ...own,
      repositoryId: String(repository.id),
      kind: "discussion",
      number: discussion.number,
      title: plainLine(discussion.title ?? "", 300),
      state: stateOf(discussion),
      category: discussion.category?.name ?? null,
      author: discussion.author?.login ?? null,
      assignees: "",
      comments: answers.reduce((sum, { replies }) => sum + 1 + replies.nodes.length, 0),
      createdAt: toIso(discussion.createdAt) ?? null,
      updatedAt: toIso(discussion.updatedAt) ?? null,
      url: discussion.url ?? null,
    },
    labels: (discussion.labels?.nodes ?? []).map(({ name }) => ({ ...own, label: plainLine(name, 100) })),
    comments: answers.flatMap(({ replies, ...one }) => [
      commentRow(own, one, "comment"),
      ...replies.nodes.map((reply) => commentRow(own, reply, "reply")),
    ]),
    commits: [],
    closing: [],
  };
}
