import { z } from "zod";
import type { Stream } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";
import { hashJson } from "@/lib/hash";
import { removeThreads, saveThreads, storedKeys } from "../db/queries";
import {
  answersQuery,
  answersSchema,
  connectionOf,
  type Discussion,
  discussionSchema,
  discussionsQuery,
} from "../models/graphql";
import { type DiscussionItem, discussionKey } from "../models/items";
import type { Reading } from "../reading";
import { discussionRows, renderDiscussion } from "../render/discussion";
import type { Repository } from "../repositories";
import { OVERLAP_MS, type Part, perRepository, type RepositoryState, sinceOption } from "./per-repository";

const RENDERING = 2;
const pageSchema = z.looseObject({
  repository: z.looseObject({ discussions: connectionOf(z.unknown()) }),
});
type Discussions = z.infer<typeof pageSchema>["repository"]["discussions"];
const restSchema = z.looseObject({ node: answersSchema });

/** Discussions with their answers; only GraphQL gives them. */
export function discussionsStream(reading: Reading): Stream<DiscussionItem> {
  const { options, account, directory } = reading;
  return {
    name: "discussions",
    enumerates: ["full"],
    resume: "restart",
    key: discussionKey,
    version: ({ repository, discussion }) => hashJson([RENDERING, repository.full_name, discussion]),
    pages: (request) =>
      perRepository(
        {
          directory,
          applies: ({ has_discussions }) =>
            options.include.includes("discussions") && has_discussions === true,
          read: (repository, state) => readDiscussions(reading, repository, state),
          stored: (db) => storedKeys(db, account, "discussion"),
        },
        request,
      ),
    render: renderDiscussion,
    save: (tx, items) =>
      saveThreads(
        tx,
        account,
        items.map((item) => discussionRows(account, item)),
      ),
    remove: (tx, keys) => removeThreads(tx, account, keys),
  };
}

/**
 * Everything by time of creation: in order of change, one that is answered meanwhile moves to the front, behind the
 * reader's back, and would pass for deleted. What changed since by time of change, newest first: what moves to the front
 * meanwhile is met by the next sync.
 */
async function* readDiscussions(
  { api, options }: Reading,
  repository: Repository,
  state: RepositoryState | undefined,
): AsyncGenerator<Part<DiscussionItem>> {
  const since = state === undefined ? sinceOption(options.since) : Watermark.since(state.mark, OVERLAP_MS);
  const [owner = "", name = ""] = repository.full_name.split("/");
  const mark = Watermark.of(null, api.now());
  const isAll = state === undefined;
  const order = isAll
    ? { field: "CREATED_AT", direction: "ASC" }
    : { field: "UPDATED_AT", direction: "DESC" };
  for (let after: string | null = null; ;) {
    const variables: Record<string, unknown> = { owner, name, after, more: null, ...order };
    const { data } = await api.graphql(discussionsQuery, variables, pageSchema);
    const { nodes: entries, pageInfo }: Discussions = data.repository.discussions;
    const nodes = entries.flatMap((entry) => discussionSchema.safeParse(entry).data ?? []);
    const unknown = entries.length - nodes.length;
    const fresh = nodes.filter(
      ({ updatedAt }) => since === null || Date.parse(updatedAt ?? "") >= Date.parse(since),
    );
    const items: DiscussionItem[] = [];
    for (const one of fresh) {
      mark.see(one.updatedAt);
      items.push({ repository, discussion: await withAllAnswers(api, one) });
    }
    const isLast = pageInfo?.hasNextPage !== true || (!isAll && fresh.length < nodes.length);
    const seen = mark.toJSON();
    const reached = { mark: seen.largest === null ? (state?.mark ?? null) : seen, etags: {} };
    yield { items, ...strange(unknown, repository), ...(isLast ? { state: reached } : {}) };
    if (isLast) return;
    after = pageInfo.endCursor ?? null;
  }
}

/** What cannot be read, or is null in GitHub's answer, must not pass for deleted. */
function strange(unknown: number, { full_name }: Repository): { incomplete?: string } {
  return unknown === 0
    ? {}
    : { incomplete: `GitHub listed ${unknown} discussions of ${full_name} that cannot be read.` };
}

async function withAllAnswers(api: Reading["api"], discussion: Discussion): Promise<Discussion> {
  const { comments } = discussion;
  for (let page = comments.pageInfo; page?.hasNextPage === true;) {
    const { data } = await api.graphql(answersQuery, { id: discussion.id, more: page.endCursor }, restSchema);
    comments.nodes.push(...data.node.comments.nodes);
    page = data.node.comments.nodes.length === 0 ? undefined : data.node.comments.pageInfo;
  }
  return discussion;
}
