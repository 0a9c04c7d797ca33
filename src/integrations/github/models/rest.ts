/** What GitHub's REST API answers, as far as it is used: what tells an item apart is needed, the rest may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const yes = looseValue(z.boolean());
const user = looseValue(z.looseObject({ login: z.string() }));

export const repositorySchema = z.looseObject({
  id: z.number(),
  full_name: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  description: text,
  visibility: text,
  private: yes,
  archived: yes,
  disabled: yes,
  fork: yes,
  default_branch: text,
  language: text,
  topics: looseList(z.string()),
  stargazers_count: looseValue(z.number()),
  has_issues: yes,
  has_discussions: yes,
  has_wiki: yes,
  homepage: text,
  pushed_at: text,
  html_url: text,
});
export type RepositoryAnswer = z.infer<typeof repositorySchema>;

/** An issue, or a pull request as the listing of issues (`pull_request`) or of pull requests (`base`) gives it. */
export const issueSchema = z.looseObject({
  number: z.number().int(),
  node_id: z.string(),
  title: text,
  body: text,
  state: text,
  state_reason: text,
  draft: yes,
  user,
  labels: looseList(z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)])),
  assignees: looseList(z.looseObject({ login: z.string() })),
  milestone: looseValue(z.looseObject({ title: z.string() })),
  comments: looseValue(z.number()),
  created_at: text,
  updated_at: text,
  closed_at: text,
  merged_at: text,
  html_url: text,
  pull_request: looseValue(z.looseObject({ merged_at: text })),
  base: looseValue(z.looseObject({})),
});
export type IssueAnswer = z.infer<typeof issueSchema>;

/** A comment of a whole repository's listing. */
export const touchedCommentSchema = z.looseObject({
  node_id: z.string(),
  updated_at: text,
  issue_url: text,
  pull_request_url: text,
});

export const releaseSchema = z.looseObject({
  id: z.number(),
  tag_name: z.string(),
  name: text,
  body: text,
  draft: yes,
  prerelease: yes,
  author: user,
  created_at: text,
  published_at: text,
  html_url: text,
  assets: looseList(z.looseObject({ name: z.string() })),
});
export type ReleaseAnswer = z.infer<typeof releaseSchema>;

export const treeSchema = z.looseObject({
  truncated: yes,
  tree: z.array(
    z.looseObject({
      path: z.string(),
      mode: text,
      type: text,
      sha: z.string(),
      size: looseValue(z.number()),
    }),
  ),
});
