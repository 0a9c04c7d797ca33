import { MissingError } from "@/core/services/http/errors";
import type { Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { removeThreads, saveThreads, storedKeys } from "../db/queries";
import type { Details } from "../models/graphql";
import { type IssueItem, issueKey } from "../models/items";
import type { IssueAnswer } from "../models/rest";
import type { Reading } from "../reading";
import { renderIssue } from "../render/issue";
import { issueRows } from "../render/thread-rows";
import { loadDetails } from "./details";
import { readIssues } from "./list-issues";
import { lastState, perRepository } from "./per-repository";

/** Raised when the same item is rendered differently from now on, so that each is written again once. */
const RENDERING = 2;
const NAME = "issues";

/** Issues and pull requests: GitHub lists them together. */
export function issuesStream({ api, options, directory, account }: Reading): Stream<IssueItem> {
  const details = new Map<string, Details>();
  const detailsOf = (item: IssueItem): Details => {
    const found = details.get(item.issue.node_id);
    if (found !== undefined) return found;
    throw new MissingError(`${issueKey(item)} went away while it was read.`, { status: 404, detail: "" });
  };
  return {
    name: NAME,
    enumerates: ["full"],
    resume: "restart",
    key: issueKey,
    version: ({ repository, issue, touchedAt }) =>
      hashJson([RENDERING, repository.full_name, lasting(issue), touchedAt ?? null]),
    pages: (request) =>
      perRepository(
        {
          directory,
          applies: () => options.include.includes("issues") || options.include.includes("pulls"),
          read: async function* (repository, state, { db, stored }) {
            const before = state ?? (await lastState(request, NAME, repository));
            yield* readIssues({ api, options, account, directory, db }, repository, state, {
              before,
              stored,
            });
          },
          stored: (db) => storedKeys(db, account, "issue"),
        },
        request,
      ),
    prepare: async (items) => {
      details.clear();
      for (const [id, one] of await loadDetails(
        api,
        items.map(({ issue }) => issue.node_id),
      ))
        details.set(id, one);
    },
    render: (item) => renderIssue(item, detailsOf(item)),
    save: (tx, items) =>
      saveThreads(
        tx,
        account,
        items.map((item) => issueRows(account, item, detailsOf(item))),
      ),
    remove: (tx, keys) => removeThreads(tx, account, keys),
  };
}

/** What an issue says of itself, without what changes with each look at it (reactions, counts of others). */
function lasting(issue: IssueAnswer): unknown {
  const { title, body, state, state_reason, draft, user, labels, assignees, milestone, comments } = issue;
  const { closed_at, merged_at, updated_at, pull_request } = issue;
  const said = [title, body, state, state_reason, draft, user?.login, labels, milestone?.title, comments];
  return [
    said,
    assignees.map(({ login }) => login),
    closed_at,
    merged_at ?? pull_request?.merged_at,
    updated_at,
  ];
}
