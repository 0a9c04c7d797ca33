/**
 * The four kinds of things that are read, and how each is asked for. Linear counts what a query could give, not what
 * it gives: 0.1 a field, 1 an object, times the size of each list around it; 10,000 at most a query and 250,000 an hour
 * (linear.app/developers/rate-limiting). So a listing asks for few entries of each inner list, and what has more is
 * asked for once more by itself.
 */
import type { JsonValue } from "@/core/models/artifact";
import type { LinearOptions } from "../models/options";

export type KindName = "issue" | "project" | "document" | "initiative";

interface Sizes {
  /** Entries of inner lists. */
  few: number;
  comments: string;
}

export interface Kind {
  name: KindName;
  /** Root field of the listing; that of one item is the name. */
  list: string;
  /** Items on a page: as many as stay well below 10,000 points. */
  first: number;
  fields: (sizes: Sizes) => string;
  /** What a listing asks for only to tell that an item changed. */
  signs?: string;
  /** Belongs to these teams. */
  inTeams: (team: JsonValue) => Filter;
  /** Fields beside the item's own time that tell of a change. */
  changes: (time: JsonValue) => Filter[];
}

interface Filter {
  [field: string]: JsonValue;
}

const filters = (...all: Filter[]): Filter[] => all;

const more = "pageInfo { hasNextPage endCursor }";
const issueLink = "{ identifier title url state { name } }";
const times = "id url createdAt updatedAt archivedAt";
const updates = (name: string, few: number) =>
  `${name}(first: ${few}) { nodes { body health createdAt user { name } } ${more} }`;
const names = (name: string, few: number) => `${name}(first: ${few}) { nodes { name } ${more} }`;
const comments = (arguments_: string) =>
  `comments(${arguments_}) { nodes { id body quotedText createdAt updatedAt parentId user { name } botActor { name } externalUser { name } } ${more} }`;

export const kinds: readonly Kind[] = [
  {
    name: "issue",
    list: "issues",
    first: 90,
    fields: ({
      few,
      comments: which,
    }) => `${times} identifier title description trashed priorityLabel estimate
      dueDate startedAt completedAt canceledAt state { name type } team { key name } assignee { name } creator { name }
      project { name } projectMilestone { name } cycle { number name } parent ${issueLink} ${names("labels", few + 2)}
      children(first: ${few}) { nodes ${issueLink} ${more} }
      relations(first: ${few}) { nodes { type relatedIssue ${issueLink} } ${more} }
      inverseRelations(first: ${few}) { nodes { type issue ${issueLink} } ${more} }
      attachments(first: ${few}) { nodes { title subtitle url } ${more} } ${comments(which)}`,
    // A sub-issue shows with its state, and tells its parent nothing of it.
    signs: "newest: children(first: 1, orderBy: updatedAt) { nodes { updatedAt } }",
    inTeams: (team) => ({ team }),
    changes: (updatedAt) =>
      filters(
        { comments: { some: { updatedAt } } },
        { attachments: { some: { updatedAt } } },
        { children: { some: { updatedAt } } },
      ),
  },
  {
    name: "project",
    list: "projects",
    first: 50,
    fields: ({
      few,
      comments: which,
    }) => `${times} name description content trashed priorityLabel progress health
      startDate targetDate startedAt completedAt canceledAt status { name } lead { name } creator { name }
      ${names("labels", few)} ${names("teams", few)} ${names("initiatives", few)}
      projectMilestones(first: ${few}) { nodes { name targetDate } ${more} }
      externalLinks(first: ${few}) { nodes { label url } ${more} } ${updates("projectUpdates", few)} ${comments(which)}`,
    inTeams: (some) => ({ accessibleTeams: { some } }),
    changes: (updatedAt) => [{ projectUpdates: { some: { updatedAt } } }],
  },
  {
    name: "document",
    list: "documents",
    first: 50,
    fields: ({ comments: which }) => `${times} title content trashed creator { name } project { name }
      initiative { name } issue ${issueLink} team { key name } ${comments(which)}`,
    inTeams: (team) => ({
      or: filters(
        { team },
        { issue: { team } },
        { project: { accessibleTeams: { some: team } } },
        { initiative: { teams: { some: team } } },
      ),
    }),
    changes: () => [],
  },
  {
    name: "initiative",
    list: "initiatives",
    first: 50,
    fields: ({
      few,
    }) => `${times} name description content trashed status health targetDate startedAt completedAt
      owner { name } creator { name } ${names("projects", few)} ${updates("initiativeUpdates", few)}`,
    inTeams: (some) => ({ teams: { some } }),
    changes: (updatedAt) => [{ initiativeUpdates: { some: { updatedAt } } }],
  },
];

/** A comment that is deleted moves no time, and lies mostly behind the few that are read: ids alone cost little. */
const KNOWN = "known: comments(first: 15) { nodes { id } pageInfo { hasNextPage } }";
/** Entries of each inner list that a listing asks for. */
export const FEW = 3;

const typeOf = ({ name }: Kind) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Filter`;

/**
 * By time of creation, as Linear does by itself: an edit meanwhile does not move an item. Comments come by their last
 * change, newest first, so that a change of an old one shows as well.
 */
export function listQuery(kind: Kind): string {
  const shown = kind.fields({ few: FEW, comments: "first: 4, orderBy: updatedAt" });
  const fields = [shown, shown.includes("comments(") ? KNOWN : "", kind.signs ?? ""].join(" ");
  return `query ($filter: ${typeOf(kind)}, $after: String) {
    ${kind.list}(first: ${kind.first}, after: $after, filter: $filter, includeArchived: true) { nodes { ${fields} } ${more} } }`;
}

/**
 * One item with its comments by hundreds after `$after`.
 *
 * @param few entries of each other inner list.
 */
export function itemQuery(kind: Kind, few = 100): string {
  const fields = kind.fields({ few, comments: "first: 100, after: $after" });
  const after = fields.includes("$after") ? ", $after: String" : "";
  return `query ($id: String!${after}) { ${kind.name}(id: $id) { ${fields} } }`;
}

/**
 * What a person chose, and for an incremental sync what changed since: changed issues of all teams then, because one
 * that was moved out of a chosen team would not be among those of the chosen ones.
 */
export function filterOf(
  kind: Kind,
  { teams, since }: LinearOptions,
  changedSince: string | null,
): JsonValue {
  const and: JsonValue[] = [];
  const ofAll = changedSince !== null && kind.name === "issue";
  if (teams.length > 0 && !ofAll)
    and.push(kind.inTeams({ or: [{ key: { in: teams } }, { name: { in: teams } }] }));
  if (since !== undefined) and.push({ updatedAt: { gte: since } });
  if (changedSince !== null) {
    const time = { gte: changedSince };
    and.push({ or: [{ updatedAt: time }, ...kind.changes(time)] });
  }
  return and.length === 0 ? {} : { and };
}
