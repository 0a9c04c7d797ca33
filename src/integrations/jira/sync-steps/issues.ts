import { ItemError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/models";
import { MissingError } from "@/core/services/http/errors";
import { allOf } from "@/core/services/http/pagination";
import { ownRows } from "@/core/services/sync/kept-rows";
import { restStream } from "@/core/services/sync/rest-stream";
import type { Stream } from "@/core/services/sync/stream";
import { toIso } from "@/lib/time";
import { jiraApi } from "../api";
import { jiraIssue } from "../db/schema";
import { type Issue, type Listed, listedSchema, type Options, searchSchema } from "../models/models";
import { renderIssue, titleOf } from "../render/issue";

/** Raised when the same issue is rendered differently from now on, so that each is written again once. */
const RENDERING = 2;
/** What a listing without texts gives at most; Jira may give fewer. */
const PAGE_SIZE = 1_000;

/**
 * All issues of a site. Each sync lists them all, without their texts and in the order in which they were made, so that
 * edits, deletions, moves and permissions are seen alike; what is new or changed is then asked for in bulk. A search for
 * what changed since would see no deletion.
 */
export async function issuesStream(context: SyncContext, options: Options): Promise<Stream<Listed>> {
  const api = jiraApi(context);
  const site = new URL(context.credential.baseUrl ?? "").origin;
  const addressOf = ({ key }: Issue) => `${site}/browse/${encodeURIComponent(key)}`;
  const among = await conditionOf(api, options);
  let whole = new Map<string, Issue | ItemError>();
  const issueOf = ({ id }: Listed): Issue => {
    const issue = whole.get(id);
    if (issue === undefined) throw new MissingError("The issue is gone.", { status: 404, detail: "" });
    if (issue instanceof ItemError) throw issue;
    return issue;
  };
  return restStream({
    name: "issues",
    rendering: RENDERING,
    http: api.http,
    url: `${api.base}/search/jql`,
    query: { jql: `project ${among} ORDER BY created ASC`, fields: "updated", maxResults: PAGE_SIZE },
    paging: {
      kind: "cursor",
      parameter: "nextPageToken",
      next: (body) => searchSchema.parse(body).nextPageToken,
    },
    items: (body) => searchSchema.parse(body).issues,
    // The choice is part of what an issue's artifact follows from: an issue that did not change is read anew with it.
    item: options.comments ? listedSchema : listedSchema.transform((item) => ({ ...item, comments: false })),
    key: ({ id }) => id,
    prove: api.assertKnown,
    prepare: async (items) => {
      whole = await api.issues(
        items.map(({ id }) => id),
        options.comments,
      );
    },
    render: (item) => renderIssue(issueOf(item), addressOf(issueOf(item)), context.signal),
    rows: ownRows(jiraIssue, jiraIssue.issueId, (item, account) => rowOf(issueOf(item), account, addressOf)),
  });
}

/**
 * What the search says of projects: Jira refuses one without a condition, and one that names a project which is deleted
 * or out of sight.
 */
async function conditionOf(api: ReturnType<typeof jiraApi>, { projects }: Options): Promise<string> {
  if (projects.length === 0) return "is not EMPTY";
  const there = new Set((await allOf(api.projects())).map(({ id }) => id));
  const chosen = projects.filter((id) => there.has(id)).map(Number);
  return chosen.length === 0 ? "is EMPTY" : `in (${chosen.join(", ")})`;
}

function rowOf(
  issue: Issue,
  account: string,
  addressOf: (issue: Issue) => string,
): typeof jiraIssue.$inferInsert {
  const { fields } = issue;
  return {
    account,
    issueId: issue.id,
    key: issue.key,
    title: titleOf(issue),
    projectKey: fields.project?.key ?? null,
    project: fields.project?.name ?? null,
    type: fields.issuetype?.name ?? null,
    status: fields.status?.name ?? null,
    statusCategory: fields.status?.statusCategory?.name ?? null,
    priority: fields.priority?.name ?? null,
    resolution: fields.resolution?.name ?? null,
    assignee: fields.assignee?.displayName ?? null,
    reporter: fields.reporter?.displayName ?? null,
    parentKey: fields.parent?.key ?? null,
    labels: fields.labels,
    createdAt: toIso(fields.created) ?? null,
    updatedAt: toIso(fields.updated) ?? null,
    resolvedAt: toIso(fields.resolutiondate) ?? null,
    dueDate: fields.duedate ?? null,
    url: addressOf(issue),
  };
}
