import type { Repository } from "../repositories";
import type { Discussion } from "./graphql";
import type { IssueAnswer, ReleaseAnswer } from "./rest";

/** An issue or pull request as it was listed. */
export interface IssueItem {
  repository: Repository;
  issue: IssueAnswer;
  /** When a comment was changed that the listing does not tell of. */
  touchedAt?: string;
}

export interface DiscussionItem {
  repository: Repository;
  discussion: Discussion;
}

export interface ReleaseItem {
  repository: Repository;
  release: ReleaseAnswer;
}

/** A page of documentation, by its path and git's hash of its content. */
export interface FileItem {
  repository: Repository;
  path: string;
  sha: string;
}

/** A page of a wiki with its text. */
export interface WikiItem extends FileItem {
  text: string;
}

export const issueKey = ({ repository, issue }: IssueItem) => `github:${repository.id}:issue:${issue.number}`;
export const discussionKey = ({ repository, discussion }: DiscussionItem) =>
  `github:${repository.id}:discussion:${discussion.number}`;
export const releaseKey = ({ repository, release }: ReleaseItem) =>
  `github:${repository.id}:release:${release.id}`;
export const fileKey = ({ repository, path }: FileItem) => `github:${repository.id}:file:${path}`;

export const wikiKey = ({ repository, path }: WikiItem) => `github:${repository.id}:wiki:${path}`;

/** GitHub lists pull requests among issues; their own listing tells them by their branches. */
export function isPull({ pull_request, base }: IssueAnswer): boolean {
  return (pull_request ?? base ?? undefined) !== undefined;
}
