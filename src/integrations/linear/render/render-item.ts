import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { bulletList, inlineText, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { toIso } from "@/lib/time";
import type { KindName } from "../api/kinds";
import type { Item } from "../models/models";
import { conversation } from "./conversation";

type Named = { name?: string | null | undefined } | null | undefined;
type Link = { identifier?: string | null | undefined; title?: string | null | undefined; state?: Named };

/** One issue, project, document or initiative as an artifact. Pure. */
export function renderItem(kind: KindName, item: Item): RenderedArtifact {
  const title = titleOf(kind, item);
  const sections: [string, string][] = [
    ["", nestedMarkdown(item.description ?? "", 2)],
    ["", nestedMarkdown(item.content ?? "", 2)],
    ["Updates", updatesOf(item)],
    ["Milestones", bulletList(item.projectMilestones?.nodes.map(milestone) ?? [])],
    ["Projects", bulletList(item.projects?.nodes.map(nameOf) ?? [])],
    ["Sub-issues", bulletList(item.children?.nodes.map(linkTo) ?? [])],
    ["Related issues", bulletList(relationsOf(item))],
    ["Links", bulletList(linksOf(item))],
    ["Comments", conversation(item.comments?.nodes ?? [])],
  ];
  const shown = sections
    .filter(([, text]) => text !== "")
    .map(([name, text]) => (name === "" ? text : `## ${name}\n\n${text}`));
  return {
    integrationArtifactId: artifactKey(kind, item.id),
    kind: "document",
    title,
    markdown: [`# ${lineText(title)}`, facts(kind, item), ...shown].join("\n\n"),
    url: webAddress(item.url),
    author: item.creator?.name ?? item.owner?.name ?? undefined,
    artifactDate: toIso(item.updatedAt),
    metadata: { kind, identifier: item.identifier ?? null, archived: Boolean(item.archivedAt) },
  };
}

export const artifactKey = (kind: KindName, id: string) => `linear:${kind}:${id}`;

/** `ENG-12: Pump stops` for issues, the name for others. */
export function titleOf(kind: KindName, item: Item): string {
  const given = plainLine(item.title ?? item.name ?? "", 300);
  const name = given === "" ? `Untitled ${kind}` : given;
  return item.identifier && kind === "issue" ? `${plainLine(item.identifier)}: ${name}` : name;
}

/** A status is an object for projects and a word for initiatives. */
export function statusOf({ status }: Item): string | undefined {
  return (typeof status === "object" ? status?.name : status) ?? undefined;
}

export function cycleOf({ cycle }: Item): string | undefined {
  return cycle?.name ?? (typeof cycle?.number === "number" ? `Cycle ${cycle.number}` : undefined);
}

/** `onTrack` → `on track`. */
const words = (text: string | null | undefined) =>
  (text ?? "").replaceAll(/(?<=[a-z])[A-Z]/g, " $&").toLowerCase();
const day = (time: string | null | undefined) => toIso(time)?.slice(0, 10) ?? "";
const joined = (list: { nodes: Named[] } | null | undefined) =>
  list?.nodes.map((one) => one?.name ?? "").join(", ") ?? "";
const nameOf = (one: Named) => inlineText(one?.name ?? "");

function facts(kind: KindName, item: Item): string {
  const { team, issue, parent } = item;
  const rows: [string, string | null | undefined][] = [
    ["Team", team ? `${team.name ?? ""} (${team.key ?? ""})` : joined(item.teams)],
    ["State", item.state?.name ?? statusOf(item)],
    ["Health", words(item.health)],
    ["Priority", item.priorityLabel === "No priority" ? "" : item.priorityLabel],
    ["Assignee", item.assignee?.name],
    ["Lead", item.lead?.name ?? item.owner?.name],
    ["Created by", item.creator?.name],
    ["Labels", joined(item.labels)],
    ["Project", item.project?.name],
    ["Milestone", item.projectMilestone?.name],
    ["Initiative", item.initiative?.name ?? joined(item.initiatives)],
    ["Cycle", cycleOf(item)],
    ["Issue", issue ? plainLink(issue) : ""],
    ["Parent", parent ? plainLink(parent) : ""],
    ["Estimate", item.estimate?.toString()],
    ["Progress", kind === "project" && item.progress ? `${Math.round(item.progress * 100)} %` : ""],
    ["Start", item.startDate],
    ["Due", item.dueDate ?? item.targetDate],
    ["Created", day(item.createdAt)],
    ["Completed", day(item.completedAt)],
    ["Canceled", day(item.canceledAt)],
    ["Archived", day(item.archivedAt)],
  ];
  return bulletList(rows.map(([name, value]) => (value ? `${name}: ${inlineText(value)}` : "")));
}

const plainLink = ({ identifier, title }: Link) => `${identifier ?? ""} ${title ?? ""}`.trim();

function linkTo(link: Link): string {
  const state = link.state?.name;
  return inlineText(`${plainLink(link)}${state ? ` (${state})` : ""}`);
}

/** The other end of a relation reads the other way round. */
const inverse: Record<string, string> = {
  blocks: "blocked by",
  duplicate: "duplicated by",
  related: "related to",
};
const forward: Record<string, string> = { duplicate: "duplicate of", related: "related to" };

function relationsOf({ relations, inverseRelations }: Item): string[] {
  const shown = (word: string, link: Link | null | undefined) =>
    link ? `${inlineText(word)} ${linkTo(link)}` : "";
  return [
    ...(relations?.nodes ?? []).map(({ type, relatedIssue }) =>
      shown(forward[type ?? ""] ?? type ?? "", relatedIssue),
    ),
    ...(inverseRelations?.nodes ?? []).map(({ type, issue }) =>
      shown(inverse[type ?? ""] ?? type ?? "", issue),
    ),
  ];
}

function linksOf({ attachments, externalLinks }: Item): string[] {
  const links = [
    ...(attachments?.nodes ?? []).map(({ title, subtitle, url }) => ({ name: title, more: subtitle, url })),
    ...(externalLinks?.nodes ?? []).map(({ label, url }) => ({ name: label, more: undefined, url })),
  ];
  return links.map(({ name, more, url }) => {
    const address = webAddress(url);
    const label = inlineText(plainLine(name ?? "", 300)) || "Link";
    return `${address === undefined ? label : `[${label}](<${address}>)`}${more ? `: ${inlineText(more)}` : ""}`;
  });
}

function milestone({
  name,
  targetDate,
}: {
  name?: string | null | undefined;
  targetDate?: string | null | undefined;
}): string {
  return inlineText(`${name ?? ""}${targetDate ? ` (${targetDate})` : ""}`);
}

function updatesOf({ projectUpdates, initiativeUpdates }: Item): string {
  const updates = [...(projectUpdates?.nodes ?? []), ...(initiativeUpdates?.nodes ?? [])];
  return updates
    .toSorted((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1))
    .map(({ body, health, createdAt, user }) => {
      const head = [day(createdAt), user?.name ?? "", words(health)].filter((part) => part !== "");
      return `### ${inlineText(head.join(", "))}\n\n${nestedMarkdown(body ?? "", 4)}`.trim();
    })
    .join("\n\n");
}

/** Only addresses of the web become links. */
function webAddress(given: string | null | undefined): string | undefined {
  const url = URL.parse(given ?? "");
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
}
