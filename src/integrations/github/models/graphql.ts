/** What GitHub's GraphQL API answers, and the questions put to it. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const actor = looseValue(z.looseObject({ login: z.string() }));
const pageInfo = looseValue(z.looseObject({ hasNextPage: z.boolean(), endCursor: text }));
export const connectionOf = <Node extends z.ZodType>(node: Node) =>
  z.looseObject({ pageInfo, totalCount: looseValue(z.number()), nodes: looseList(node) });

const commentSchema = z.looseObject({
  id: z.string(),
  author: actor,
  body: text,
  /** Of a review. */
  state: text,
  createdAt: text,
  updatedAt: text,
  url: text,
  isAnswer: looseValue(z.boolean()),
  /** Folded away by those who look after the repository, and as what: spam, abuse, outdated, resolved … */
  isMinimized: looseValue(z.boolean()),
  minimizedReason: text,
});
export type Comment = z.infer<typeof commentSchema>;

const threadSchema = z.looseObject({
  id: z.string(),
  isResolved: looseValue(z.boolean()),
  path: text,
  line: looseValue(z.number()),
  comments: connectionOf(commentSchema),
});
export type ReviewThread = z.infer<typeof threadSchema>;

const commitSchema = z.looseObject({
  commit: z.looseObject({
    oid: z.string(),
    messageHeadline: text,
    committedDate: text,
    author: looseValue(z.looseObject({ name: text, user: actor })),
  }),
});

const closingSchema = z.looseObject({
  number: z.number(),
  title: text,
  url: text,
  repository: z.looseObject({ nameWithOwner: z.string() }),
});

const none = { nodes: [], pageInfo: undefined, totalCount: undefined };
/** What belongs to an issue or pull request beside its own fields. */
export const detailsSchema = z.looseObject({
  id: z.string(),
  comments: connectionOf(commentSchema).default(none),
  reviews: connectionOf(commentSchema).default(none),
  reviewThreads: connectionOf(threadSchema).default(none),
  commits: connectionOf(commitSchema).default(none),
  closingIssuesReferences: connectionOf(closingSchema).default(none),
  additions: looseValue(z.number()),
  deletions: looseValue(z.number()),
  changedFiles: looseValue(z.number()),
  baseRefName: text,
  headRefName: text,
  reviewDecision: text,
  mergedBy: actor,
});
export type Details = z.infer<typeof detailsSchema>;

const answerSchema = commentSchema.extend({ replies: connectionOf(commentSchema).default(none) });
export const discussionSchema = z.looseObject({
  id: z.string(),
  number: z.number().int(),
  title: text,
  body: text,
  author: actor,
  createdAt: text,
  updatedAt: text,
  url: text,
  closed: looseValue(z.boolean()),
  isAnswered: looseValue(z.boolean()),
  category: looseValue(z.looseObject({ name: z.string() })),
  labels: connectionOf(z.looseObject({ name: z.string() })).nullish(),
  comments: connectionOf(answerSchema),
});
export type Discussion = z.infer<typeof discussionSchema>;

const page = "pageInfo{hasNextPage endCursor}";
const said = "id author{login} body createdAt updatedAt url";
/** Of comments; reviews cannot be folded away on every server. */
const comment = `${said} isMinimized minimizedReason`;

/** Connections of an issue or pull request that may go on after their first page: how each is asked for. */
export const connections = {
  comments: `{${page} nodes{${comment}}}`,
  reviews: `{${page} nodes{${said} state}}`,
  reviewThreads: `{${page} nodes{id isResolved path line comments(first:50){totalCount nodes{${comment}}}}}`,
  commits: `{totalCount ${page} nodes{commit{oid messageHeadline committedDate author{name user{login}}}}}`,
} as const;
export type ConnectionName = keyof typeof connections;

const first = (name: ConnectionName, size = 100) => `${name}(first:${size})${connections[name]}`;

/** Conversation and changes of up to 100 issues and pull requests at once. */
export const detailsQuery = `query($ids:[ID!]!){nodes(ids:$ids){id ...on Issue{${first("comments")}} ...on PullRequest{
additions deletions changedFiles baseRefName headRefName reviewDecision mergedBy{login}
${first("comments")} ${first("reviews")} ${first("reviewThreads", 50)} ${first("commits")}
closingIssuesReferences(first:20){nodes{number title url repository{nameWithOwner}}}}}}`;

/** One connection of one issue or pull request, after its first page. */
export function restQuery(name: ConnectionName): string {
  const part = `${name}(first:50,after:$after)${connections[name]}`;
  const onIssue = name === "comments" ? `...on Issue{${part}}` : "";
  return `query($id:ID!,$after:String!){node(id:$id){id ${onIssue} ...on PullRequest{${part}}}}`;
}

const answers = `comments(first:50,after:$more){${page} nodes{${comment} isAnswer replies(first:50){totalCount nodes{${comment}}}}}`;

export const discussionsQuery = `query($owner:String!,$name:String!,$after:String,$more:String,$field:DiscussionOrderField!,
$direction:OrderDirection!){repository(owner:$owner,name:$name){discussions(first:25,after:$after,
orderBy:{field:$field,direction:$direction}){${page} nodes{id number title body author{login} createdAt updatedAt url closed
isAnswered category{name} labels(first:20){nodes{name}} ${answers}}}}}`;

export const answersQuery = `query($id:ID!,$more:String!){node(id:$id){id ...on Discussion{${answers}}}}`;
export const answersSchema = z.looseObject({ comments: connectionOf(answerSchema) });
