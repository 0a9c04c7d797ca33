import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { bulletList, inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { tidyMarkdown } from "@/lib/tidy-markdown";
import { toIso } from "@/lib/time";
import type { Details } from "../models/graphql";
import { isPull, type IssueItem, issueKey } from "../models/items";
import type { IssueAnswer } from "../models/rest";
import { comment, conversation, nameOf, review, reviewThread } from "./conversation";

/** One issue or pull request: facts, description, what it changes, conversation. */
export function renderIssue(item: IssueItem, details: Details): RenderedArtifact {
  const { repository, issue } = item;
  const pull = isPull(issue);
  const state = stateOf(issue);
  const blocks = [
    factsLine(repository.full_name, issue, state, pull),
    pull ? changeLine(details) : "",
    plainGfm(issue.body ?? "") || "(no description)",
    pull ? closes(details) : "",
    pull ? commits(details) : "",
    conversation("Conversation", [
      ...details.comments.nodes.map((one) => comment(one)),
      ...details.reviews.nodes.flatMap(review),
      ...details.reviewThreads.nodes.flatMap(reviewThread),
    ]),
  ];
  return {
    integrationArtifactId: issueKey(item),
    kind: "conversation",
    title: titleOf(issue.title, repository.full_name, issue.number),
    markdown: tidyMarkdown(blocks.filter((block) => block !== "").join("\n\n")),
    url: issue.html_url ?? undefined,
    author: issue.user?.login,
    artifactDate: toIso(issue.created_at),
    metadata: {
      repository: repository.full_name,
      number: issue.number,
      kind: pull ? "pull" : "issue",
      state,
    },
  };
}

/** `Crane stops (harbour/cranes#12)`. */
export function titleOf(title: string | null | undefined, repository: string, number: number): string {
  const words = plainLine(title ?? "", 300);
  return `${words === "" ? "Untitled" : words} (${repository}#${number})`;
}

/** open, draft, closed or merged. */
export function stateOf(issue: IssueAnswer): string {
  if (toIso(issue.pull_request?.merged_at ?? issue.merged_at) !== undefined) return "merged";
  return issue.state === "open" && issue.draft === true ? "draft" : plainLine(issue.state ?? "open", 40);
}

function factsLine(repository: string, issue: IssueAnswer, state: string, pull: boolean): string {
  const reason = issue.state_reason ?? "";
  const facts = [
    `${pull ? "Pull request" : "Issue"} #${issue.number} of ${inlineText(repository)}`,
    reason === "" || reason === "completed" ? state : `${state} (${inlineText(reason.replaceAll("_", " "))})`,
    `opened by ${nameOf(issue.user)}${dayOf(" on ", issue.created_at)}`,
    dayOf(state === "merged" ? "merged on " : "closed on ", issue.closed_at),
    listed("labels: ", issue.labels),
    listed(
      "assigned to ",
      issue.assignees.map(({ login }) => login),
    ),
    listed(
      "milestone: ",
      issue.milestone === null || issue.milestone === undefined ? [] : [issue.milestone.title],
    ),
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

function changeLine({
  baseRefName,
  headRefName,
  additions,
  deletions,
  changedFiles,
  mergedBy,
  reviewDecision,
}: Details): string {
  const decision = (reviewDecision ?? "").toLowerCase().replaceAll("_", " ");
  const facts = [
    baseRefName && headRefName ? `from \`${branch(headRefName)}\` into \`${branch(baseRefName)}\`` : "",
    typeof changedFiles === "number" ? `${changedFiles} files, +${additions ?? 0} −${deletions ?? 0}` : "",
    decision === "" ? "" : `reviews: ${inlineText(decision)}`,
    mergedBy === null || mergedBy === undefined ? "" : `merged by ${nameOf(mergedBy)}`,
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

function closes({ closingIssuesReferences: { nodes } }: Details): string {
  const named = nodes.map(({ repository, number, title }) =>
    `${inlineText(`${repository.nameWithOwner}#${number}`)} ${inlineText(plainLine(title ?? ""))}`.trim(),
  );
  return named.length === 0 ? "" : `Closes:\n\n${bulletList(named)}`;
}

function commits({ commits: { nodes } }: Details): string {
  const lines = nodes.map(({ commit: { oid, messageHeadline, author } }) => {
    const who = author?.user?.login ?? author?.name ?? "";
    return `\`${oid.slice(0, 7)}\` ${inlineText(plainLine(messageHeadline ?? ""))}${who === "" ? "" : ` (${inlineText(who)})`}`;
  });
  return lines.length === 0 ? "" : `## Commits\n\n${bulletList(lines)}`;
}

function branch(name: string): string {
  return plainLine(name, 250).replaceAll("`", "");
}

function dayOf(before: string, time: string | null | undefined): string {
  const day = toIso(time)?.slice(0, 10);
  return day === undefined ? "" : `${before}${day}`;
}

function listed(before: string, names: readonly string[]): string {
  return names.length === 0
    ? ""
    : `${before}${names.map((name) => inlineText(plainLine(name, 100))).join(", ")}`;
}
