/** What the fake keeps: repositories, threads and what was said in them, releases. */

export interface FakeSaid {
  id: number;
  nodeId: string;
  author: string | null;
  body: string;
  createdAt: number;
  updatedAt: number;
  /** As what it was folded away, if it was. */
  minimizedReason?: string;
}
export interface FakeReview extends FakeSaid {
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
}
export interface FakeLineThread {
  nodeId: string;
  path: string;
  line: number;
  isResolved: boolean;
  comments: FakeSaid[];
}
export interface FakeThread {
  kind: "issue" | "pull" | "discussion";
  repositoryId: number;
  id: number;
  nodeId: string;
  number: number;
  title: string;
  body: string;
  state: "open" | "closed" | "merged";
  author: string | null;
  labels: string[];
  createdAt: number;
  updatedAt: number;
  comments: (FakeSaid & { replies: FakeSaid[] })[];
  reviews: FakeReview[];
  lineThreads: FakeLineThread[];
  commits: { oid: string; headline: string }[];
  /** Number of the issue that a pull request closes. */
  closes: number | undefined;
  /** The repository that issue lies in, where it is another one. */
  closesIn?: number;
  extra: Record<string, unknown>;
}
export interface FakeRelease {
  repositoryId: number;
  id: number;
  tag: string;
  name: string;
  body: string;
  createdAt: number;
}
export interface FakeRepository {
  id: number;
  owner: string;
  name: string;
  isPrivate: boolean;
  hasIssues: boolean;
  hasDiscussions: boolean;
  fork: boolean;
  /** Files by path. */
  files: Map<string, string>;
  /** Paths of files that are links to others; their text is the path of those. */
  links?: ReadonlySet<string>;
  /** Pages of its wiki by path; undefined where it is switched off. */
  wiki: Map<string, string> | undefined;
  /** Names that it had before. */
  formerNames: string[];
}
