import { boolean, index, integer, primaryKey, table, text } from "@/core/db/table";

/** One row a repository that is read. */
export const githubRepository = table(
  "githubRepository",
  {
    account: text().notNull(),
    /** GitHub's id as text: it stays when a repository is renamed or moves to another owner. */
    repositoryId: text().notNull(),
    /** `owner/name` as it is now. */
    fullName: text().notNull(),
    description: text(),
    /** public, private or internal. */
    visibility: text(),
    isArchived: boolean().notNull(),
    isFork: boolean().notNull(),
    defaultBranch: text(),
    language: text(),
    /** Separated by commas. */
    topics: text().notNull(),
    stars: integer().notNull(),
    /** ISO-8601 UTC. */
    pushedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.repositoryId] })],
);

/** One row an issue, pull request or discussion. */
export const githubThread = table(
  "githubThread",
  {
    account: text().notNull(),
    /** The artifact's `integrationArtifactId`. */
    threadId: text().notNull(),
    repositoryId: text().notNull(),
    /** issue, pull or discussion. */
    kind: text().notNull(),
    number: integer().notNull(),
    title: text().notNull(),
    /** open, closed, merged, draft or answered. */
    state: text().notNull(),
    /** Why an issue was closed: completed, not_planned, duplicate. */
    stateReason: text(),
    /** A discussion's category. */
    category: text(),
    author: text(),
    /** Separated by commas. */
    assignees: text().notNull(),
    milestone: text(),
    /** APPROVED, CHANGES_REQUESTED or REVIEW_REQUIRED, of a pull request. */
    reviewDecision: text(),
    /** Branches of a pull request: what it changes, and from where. */
    baseBranch: text(),
    headBranch: text(),
    additions: integer(),
    deletions: integer(),
    changedFiles: integer(),
    comments: integer().notNull(),
    createdAt: text(),
    updatedAt: text(),
    closedAt: text(),
    mergedAt: text(),
    url: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.threadId] }),
    index("githubThread_repository").on(t.account, t.repositoryId, t.kind),
    index("githubThread_updated").on(t.updatedAt),
  ],
);

/** One row a label of an issue, pull request or discussion. */
export const githubLabel = table(
  "githubLabel",
  { account: text().notNull(), threadId: text().notNull(), label: text().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.threadId, t.label] }), index("githubLabel_label").on(t.label)],
);

/** One row a comment, review or answer; its text is in the artifact. */
export const githubComment = table(
  "githubComment",
  {
    account: text().notNull(),
    commentId: text().notNull(),
    threadId: text().notNull(),
    /** comment, review, review comment or reply. */
    kind: text().notNull(),
    author: text(),
    /** APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED, of a review. */
    state: text(),
    /** File that a review comment is about. */
    path: text(),
    createdAt: text(),
    updatedAt: text(),
    url: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.commentId] }),
    index("githubComment_thread").on(t.account, t.threadId),
    index("githubComment_author").on(t.author),
  ],
);

/** One row a commit of a pull request. */
export const githubCommit = table(
  "githubCommit",
  {
    account: text().notNull(),
    threadId: text().notNull(),
    sha: text().notNull(),
    headline: text().notNull(),
    author: text(),
    committedAt: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.threadId, t.sha] })],
);

/** One row an issue that a pull request closes when it is merged. */
export const githubClosing = table(
  "githubClosing",
  {
    account: text().notNull(),
    /** The pull request. */
    threadId: text().notNull(),
    /** `owner/name#number` of the issue. */
    issue: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.threadId, t.issue] })],
);

/** One row a release. */
export const githubRelease = table(
  "githubRelease",
  {
    account: text().notNull(),
    /** The artifact's `integrationArtifactId`. */
    releaseId: text().notNull(),
    repositoryId: text().notNull(),
    tag: text().notNull(),
    name: text(),
    isDraft: boolean().notNull(),
    isPrerelease: boolean().notNull(),
    author: text(),
    publishedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.releaseId] })],
);

/** One row a page of documentation: a markdown file of a repository or of its wiki. */
export const githubFile = table(
  "githubFile",
  {
    account: text().notNull(),
    /** The artifact's `integrationArtifactId`. */
    fileId: text().notNull(),
    repositoryId: text().notNull(),
    /** file or wiki. */
    kind: text().notNull(),
    path: text().notNull(),
    /** Git's hash of the content. */
    sha: text().notNull(),
    title: text().notNull(),
    url: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.fileId] }),
    index("githubFile_repository").on(t.account, t.repositoryId, t.kind),
  ],
);
