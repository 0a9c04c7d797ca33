import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { plainLine } from "@/lib/clean-text";
import { shownName, shownSize } from "@/lib/file-names";
import { bulletList, factList, inlineText, lineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Comment, Issue } from "../models/models";
import { adfToHtml } from "./adf";

export const titleOf = ({ key, fields }: Issue) =>
  `${key}: ${plainLine(fields.summary ?? "", 300) || "Untitled"}`;

/** An issue with its facts, its text, what it is linked with, and what people said about it, oldest first. */
export async function renderIssue(issue: Issue, url: string, signal: AbortSignal): Promise<RenderedArtifact> {
  const { fields } = issue;
  const title = titleOf(issue);
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(", ");
  const facts = factList({
    Project: fields.project?.name ?? fields.project?.key,
    Type: fields.issuetype?.name,
    Status: fields.status?.name,
    Resolution: fields.resolution?.name,
    Priority: fields.priority?.name,
    "Assigned to": fields.assignee?.displayName,
    "Reported by": fields.reporter?.displayName,
    Parent: namedIssue(fields.parent),
    Labels: fields.labels.join(", "),
    Components: names(fields.components),
    "Affects versions": names(fields.versions),
    "Fix versions": names(fields.fixVersions),
    Due: fields.duedate,
  });
  const body = await htmlText(adfToHtml(fields.description), { name: title, level: 2, signal });
  const where = await htmlText(adfToHtml(fields.environment), { name: "environment", level: 3, signal });
  const parts = [
    body,
    section("Environment", where),
    section("Links", linksText(issue)),
    section("Attachments", attachmentsText(issue)),
    section("Comments", await commentsText(issue, signal)),
  ];
  return {
    integrationArtifactId: `jira:${issue.id}`,
    kind: "conversation",
    title,
    markdown: [`# ${lineText(title)}`, facts, ...parts].filter((part) => part !== "").join("\n\n"),
    url,
    author: fields.reporter?.displayName ?? undefined,
    artifactDate: toIso(fields.updated),
  };
}

const section = (title: string, text: string) => (text === "" ? "" : `## ${title}\n\n${text}`);

const namedIssue = (issue: Issue["fields"]["parent"]) =>
  issue ? [issue.key, issue.fields?.summary].filter(Boolean).join(": ") : undefined;

function linksText({ fields }: Issue): string {
  const lines = fields.issuelinks.map(({ type, inwardIssue, outwardIssue }) => {
    const other = namedIssue(outwardIssue ?? inwardIssue);
    return other === undefined
      ? ""
      : inlineText(`${(outwardIssue ? type?.outward : type?.inward) ?? "linked with"} ${other}`);
  });
  return bulletList(lines);
}

/** What the files are called; what they hold is not read. */
function attachmentsText({ fields }: Issue): string {
  return bulletList(
    fields.attachment.map(({ filename, size }) =>
      inlineText(`${shownName(filename)}${size ? ` (${shownSize(size)})` : ""}`),
    ),
  );
}

async function commentsText({ fields }: Issue, signal: AbortSignal): Promise<string> {
  const said: string[] = [];
  for (const { author, created, body, ...seen } of fields.comment?.comments ?? []) {
    const day = toIso(created)?.slice(0, 10) ?? "";
    const name = `**${inlineText(author?.displayName ?? "Somebody")}**`;
    const head = [name, day, whoSees(seen)].filter((part) => part !== "").join(" ");
    said.push(`${head}: ${await htmlText(adfToHtml(body), { name: "comment", level: 4, signal })}`);
  }
  return said.join("\n\n");
}

/** Who reads on has to know what was not meant for everybody who sees the issue. */
function whoSees({ jsdPublic, visibility }: Pick<Comment, "jsdPublic" | "visibility">): string {
  if (visibility?.value) return `(only for ${inlineText(plainLine(visibility.value, 100))})`;
  return jsdPublic === false ? "(internal note)" : "";
}
