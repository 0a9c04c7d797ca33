/** GitHub's GraphQL API as far as it is asked: the same types and fields, answered by an engine that checks each question. */
import { buildSchema, graphql } from "graphql";
import { iso } from "./shapes";
import { nameOf } from "./expected";
import type { FakeSaid, FakeThread } from "./types";
import { type GithubWorld } from "./world";

const schema = buildSchema(`
scalar DateTime scalar URI scalar GitObjectID
enum DiscussionOrderField { CREATED_AT UPDATED_AT }
enum OrderDirection { ASC DESC }
input DiscussionOrder { field: DiscussionOrderField!, direction: OrderDirection! }
interface Node { id: ID! }
type Actor { login: String! }
type PageInfo { hasNextPage: Boolean!, endCursor: String }
type Repository { nameWithOwner: String!, discussions(first: Int, after: String, orderBy: DiscussionOrder): Discussions! }
type Discussions { totalCount: Int!, pageInfo: PageInfo!, nodes: [Discussion] }
type Category { name: String! }
type Label { name: String! }
type Labels { nodes: [Label] }
type Said { id: ID!, author: Actor, body: String!, createdAt: DateTime!, updatedAt: DateTime!, url: URI!, state: String, isAnswer: Boolean, isMinimized: Boolean!, minimizedReason: String, replies(first: Int): SaidConnection! }
type SaidConnection { totalCount: Int!, pageInfo: PageInfo!, nodes: [Said] }
type LineThread { id: ID!, isResolved: Boolean!, path: String!, line: Int, comments(first: Int): SaidConnection! }
type LineThreads { totalCount: Int!, pageInfo: PageInfo!, nodes: [LineThread] }
type GitActor { name: String, user: Actor }
type Commit { oid: GitObjectID!, messageHeadline: String!, committedDate: DateTime!, author: GitActor }
type PullCommit { commit: Commit! }
type PullCommits { totalCount: Int!, pageInfo: PageInfo!, nodes: [PullCommit] }
type Issues { nodes: [Issue] }
type Issue implements Node { id: ID!, number: Int!, title: String!, url: URI!, repository: Repository!, comments(first: Int, after: String): SaidConnection! }
type PullRequest implements Node { id: ID!, additions: Int!, deletions: Int!, changedFiles: Int!, baseRefName: String!, headRefName: String!,
 reviewDecision: String, mergedBy: Actor, comments(first: Int, after: String): SaidConnection!, reviews(first: Int, after: String): SaidConnection!,
 reviewThreads(first: Int, after: String): LineThreads!, commits(first: Int, after: String): PullCommits!, closingIssuesReferences(first: Int): Issues! }
type Discussion implements Node { id: ID!, number: Int!, title: String!, body: String!, author: Actor, createdAt: DateTime!, updatedAt: DateTime!, url: URI!,
 closed: Boolean!, isAnswered: Boolean, category: Category!, labels(first: Int): Labels, comments(first: Int, after: String): SaidConnection! }
type Query { node(id: ID!): Node, nodes(ids: [ID!]!): [Node]!, repository(owner: String!, name: String!): Repository }
`);

interface Order {
  field: "CREATED_AT" | "UPDATED_AT";
  direction: "ASC" | "DESC";
}
interface Paged {
  first?: number;
  after?: string;
}
export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
}

export function graphqlAnswer(world: GithubWorld, { query, variables }: GraphqlRequest, mostPerPage: number) {
  const nodeOf = ({ id }: { id: string }) => {
    const found = world.threads.find(({ nodeId }) => nodeId === id);
    return found === undefined ? null : threadNode(world, found, mostPerPage);
  };
  const rootValue = {
    node: nodeOf,
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeOf({ id })),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = world.repositories.find((one) => nameOf(one) === `${owner}/${name}`);
      if (found === undefined) return null;
      const own = world.threads.filter((one) => one.kind === "discussion" && one.repositoryId === found.id);
      return {
        nameWithOwner: nameOf(found),
        discussions: (asked: Paged & { orderBy: Order }) =>
          connection(
            inOrder(own, asked.orderBy),
            asked,
            (one) => threadNode(world, one, mostPerPage),
            mostPerPage,
          ),
      };
    },
  };
  return graphql({ schema, source: query, rootValue, variableValues: variables });
}

function inOrder(threads: readonly FakeThread[], { field, direction }: Order): FakeThread[] {
  const by = field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const sign = direction === "ASC" ? 1 : -1;
  return threads.toSorted((a, b) => sign * (a[by] - b[by] || a.number - b.number));
}

function threadNode(world: GithubWorld, one: FakeThread, most: number) {
  // What GitHub fails to look up is null among its neighbours.
  if (one.extra["lost"] === true) return null;
  const repository = world.repositoryOf(one);
  const url = `https://github.com/${nameOf(repository)}/${one.kind}/${one.number}`;
  const said = (all: readonly FakeSaid[]) => (asked: Paged) =>
    connection(all, asked, (entry) => saidNode(entry, url), most * 4);
  const closedIn = one.closesIn ?? one.repositoryId;
  const closing = world.threads.filter(
    (other) => other.repositoryId === closedIn && other.kind === "issue" && other.number === one.closes,
  );
  return {
    __typename: { issue: "Issue", pull: "PullRequest", discussion: "Discussion" }[one.kind],
    id: one.nodeId,
    number: one.number,
    title: one.title,
    body: one.body,
    url,
    author: actor(one.author),
    createdAt: iso(one.createdAt),
    updatedAt: iso(one.updatedAt),
    closed: one.state !== "open",
    isAnswered: false,
    category: { name: "Q&A" },
    labels: { nodes: one.labels.map((name) => ({ name })) },
    repository: { nameWithOwner: nameOf(repository) },
    ...{ additions: 3, deletions: 1, changedFiles: 2, baseRefName: "main", headRefName: "work" },
    reviewDecision: one.reviews.at(-1)?.state ?? null,
    mergedBy: one.state === "merged" ? actor("ada-quay") : null,
    comments: said(one.comments),
    reviews: said(one.reviews),
    reviewThreads: (asked: Paged) =>
      connection(
        one.lineThreads,
        asked,
        ({ nodeId, comments, ...rest }) => ({ id: nodeId, ...rest, comments: said(comments) }),
        most * 4,
      ),
    commits: (asked: Paged) =>
      connection(
        one.commits,
        asked,
        ({ oid, headline }) => ({
          commit: {
            ...{ oid, messageHeadline: headline, committedDate: iso(one.createdAt) },
            author: { name: "Ada Quay", user: actor("ada-quay") },
          },
        }),
        most * 4,
      ),
    closingIssuesReferences: {
      nodes: closing.slice(0, 1).map((other) => ({
        ...{
          number: other.number,
          title: other.title,
          url,
          repository: { nameWithOwner: nameOf(world.repositoryOf(other)) },
        },
      })),
    },
  };
}

function saidNode(one: FakeSaid & { replies?: FakeSaid[]; state?: string }, url: string): object {
  const { nodeId, author, body, createdAt, updatedAt, replies = [], state, minimizedReason } = one;
  return {
    ...{ id: nodeId, author: actor(author), body, createdAt: iso(createdAt), updatedAt: iso(updatedAt) },
    ...{
      url: `${url}#${one.id}`,
      state,
      isAnswer: false,
      isMinimized: minimizedReason !== undefined,
      minimizedReason,
    },
    replies: (asked: Paged) => connection(replies, asked, (reply) => saidNode(reply, url), 100),
  };
}

function actor(login: string | null) {
  return login === null ? null : { login };
}

/** A page by a cursor that names its place, as GitHub's do; shared sizes are never passed. */
function connection<Item>(
  all: readonly Item[],
  { first = 100, after }: Paged,
  node: (item: Item) => object | null,
  most: number,
) {
  const start = after === undefined || after === null ? 0 : Number(atob(after).replace("cursor:", ""));
  const end = Math.min(all.length, start + Math.min(first, most));
  return {
    totalCount: all.length,
    pageInfo: { hasNextPage: end < all.length, endCursor: end === start ? null : btoa(`cursor:${end}`) },
    nodes: all.slice(start, end).map(node),
  };
}
