/** The exact shapes of GitHub's REST API: every field it always gives, and no other. */
import { sha256 } from "@/lib/hash";
import { nameOf } from "./expected";
import type { FakeRelease, FakeRepository, FakeSaid, FakeThread } from "./types";
import { type GithubWorld } from "./world";

export const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

export class Shapes {
  constructor(
    private readonly world: GithubWorld,
    private readonly api: string,
  ) {}

  user(login: string) {
    const url = `${this.api}/users/${login}`;
    return {
      login,
      id: 1_000 + login.length,
      node_id: `U_${login}`,
      avatar_url: "https://avatars.githubusercontent.com/u/1",
      gravatar_id: "",
      url,
      html_url: `https://github.com/${login}`,
      ...this.links(url, "followers subscriptions organizations repos received_events"),
      ...this.links(url, "following gists starred events"),
      type: "User",
      user_view_type: "public",
      site_admin: false,
    };
  }

  me(login: string) {
    const nothing = {
      bio: null,
      blog: "",
      company: null,
      email: null,
      hireable: null,
      location: null,
      name: login,
    };
    const counts = { followers: 1, following: 1, public_gists: 0, public_repos: 2 };
    return { ...this.user(login), ...nothing, ...counts, created_at: iso(0), updated_at: iso(0) };
  }

  /** @param full with what only the answer about one repository has. */
  repository(one: FakeRepository, full = false) {
    const url = `${this.api}/repos/${nameOf(one)}`;
    const parts =
      "archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees";
    return {
      id: one.id,
      node_id: `R_${one.id}`,
      name: one.name,
      full_name: nameOf(one),
      owner: this.user(one.owner),
      private: one.isPrivate,
      visibility: one.isPrivate ? "private" : "public",
      html_url: `https://github.com/${nameOf(one)}`,
      description: `All about ${one.name}.`,
      fork: one.fork,
      url,
      ...this.links(url, parts),
      issue_comment_url: `${url}/issues/comments{/number}`,
      clone_url: `https://github.com/${nameOf(one)}.git`,
      git_url: `git://github.com/${nameOf(one)}.git`,
      ssh_url: `git@github.com:${nameOf(one)}.git`,
      svn_url: `https://github.com/${nameOf(one)}`,
      mirror_url: null,
      homepage: null,
      language: "TypeScript",
      license: null,
      topics: ["yard"],
      default_branch: "main",
      ...{ forks: 0, forks_count: 0, open_issues: 1, open_issues_count: 1, size: 12 },
      ...{ stargazers_count: 3, watchers: 3, watchers_count: 3 },
      ...{ has_downloads: true, has_projects: true, has_wiki: one.wiki !== undefined, has_pages: false },
      ...{ has_issues: one.hasIssues, has_discussions: one.hasDiscussions, archived: false, disabled: false },
      ...{ pushed_at: iso(0), created_at: iso(0), updated_at: iso(0) },
      ...(full ? { network_count: 0, subscribers_count: 1 } : {}),
    };
  }

  issue(one: FakeThread) {
    const at = this.at(one);
    const html = `https://github.com/${at.name}/${one.kind === "pull" ? "pull" : "issues"}/${one.number}`;
    const pull = `${at.url}/pulls/${one.number}`;
    const url = `${at.url}/issues/${one.number}`;
    return {
      id: one.id,
      node_id: one.nodeId,
      number: one.number,
      title: one.title,
      body: one.body === "" ? null : one.body,
      state: one.state === "open" ? "open" : "closed",
      state_reason: null,
      locked: false,
      active_lock_reason: null,
      user: one.author === null ? null : this.user(one.author),
      author_association: "MEMBER",
      labels: one.labels.map((name, id) => this.label(at.url, name, id)),
      assignee: null,
      assignees: [],
      milestone: null,
      comments: one.comments.length,
      url,
      repository_url: at.url,
      labels_url: `${url}/labels{/name}`,
      ...this.links(url, "comments events timeline"),
      html_url: html,
      created_at: iso(one.createdAt),
      updated_at: iso(one.updatedAt),
      closed_at: one.state === "open" ? null : iso(one.updatedAt),
      ...(one.kind === "pull"
        ? {
            draft: false,
            pull_request: {
              url: pull,
              html_url: html,
              diff_url: `${html}.diff`,
              patch_url: `${html}.patch`,
              merged_at: one.state === "merged" ? iso(one.updatedAt) : null,
            },
          }
        : {}),
      ...one.extra,
    };
  }

  pull(one: FakeThread) {
    const at = this.at(one);
    const url = `${at.url}/pulls/${one.number}`;
    const issue = this.issue(one);
    const rest = without(
      issue,
      "state_reason comments repository_url pull_request labels_url events_url timeline_url",
    );
    const html = issue.html_url;
    const branch = (ref: string) => {
      const repo = this.repository(at.repository);
      return { label: `${at.repository.owner}:${ref}`, ref, sha: "0".repeat(40), repo, user: repo.owner };
    };
    const link = (href: string) => ({ href });
    return {
      ...rest,
      url,
      ...{
        issue_url: `${at.url}/issues/${one.number}`,
        comments_url: `${at.url}/issues/${one.number}/comments`,
      },
      ...{ commits_url: `${url}/commits`, statuses_url: `${at.url}/statuses/0` },
      ...{ review_comments_url: `${url}/comments`, review_comment_url: `${at.url}/pulls/comments{/number}` },
      ...{ diff_url: `${html}.diff`, patch_url: `${html}.patch` },
      merge_commit_sha: null,
      merged_at: issue.pull_request?.merged_at ?? null,
      head: branch("work"),
      base: branch("main"),
      auto_merge: null,
      ...{ requested_reviewers: [], requested_teams: [] },
      _links: {
        ...{
          comments: link(url),
          commits: link(url),
          statuses: link(url),
          html: link(html),
          issue: link(url),
        },
        ...{ review_comments: link(url), review_comment: link(url), self: link(url) },
      },
    };
  }

  /** A comment under an issue or pull request. */
  comment(one: FakeSaid, thread: FakeThread) {
    const at = this.at(thread);
    return {
      id: one.id,
      node_id: one.nodeId,
      url: `${at.url}/issues/comments/${one.id}`,
      issue_url: `${at.url}/issues/${thread.number}`,
      html_url: `https://github.com/${at.name}/issues/${thread.number}#issuecomment-${one.id}`,
      body: one.body,
      user: one.author === null ? null : this.user(one.author),
      author_association: "MEMBER",
      performed_via_github_app: null,
      created_at: iso(one.createdAt),
      updated_at: iso(one.updatedAt),
    };
  }

  /** A comment on a line of a pull request. */
  lineComment(one: FakeSaid, thread: FakeThread, place: { path: string; line: number }) {
    const at = this.at(thread);
    const url = `${at.url}/pulls/comments/${one.id}`;
    const html = `https://github.com/${at.name}/pull/${thread.number}#discussion_r${one.id}`;
    const pull = `${at.url}/pulls/${thread.number}`;
    return {
      ...{ id: one.id, node_id: one.nodeId, url, html_url: html, pull_request_url: pull, body: one.body },
      ...{
        path: place.path,
        line: place.line,
        side: "RIGHT",
        subject_type: "line",
        diff_hunk: "@@ -1 +1 @@",
      },
      ...{ commit_id: "0".repeat(40), original_commit_id: "0".repeat(40), pull_request_review_id: null },
      user: this.user(one.author ?? "ghost"),
      author_association: "MEMBER",
      created_at: iso(one.createdAt),
      updated_at: iso(one.updatedAt),
      _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    };
  }

  release(one: FakeRelease) {
    const at = this.at(one);
    const url = `${at.url}/releases/${one.id}`;
    const html = `https://github.com/${at.name}/releases/tag/${one.tag}`;
    return {
      ...{ id: one.id, node_id: `RE_${one.id}`, url, assets_url: `${url}/assets`, html_url: html },
      upload_url: `https://uploads.github.com/repos/${at.name}/releases/${one.id}/assets{?name,label}`,
      ...{ tag_name: one.tag, target_commitish: "main", name: one.name, body: one.body },
      ...{ draft: false, prerelease: false, author: this.user("ada-quay"), assets: [] },
      ...{
        created_at: iso(one.createdAt),
        published_at: iso(one.createdAt),
        immutable: false,
        updated_at: iso(one.createdAt),
      },
      ...{ tarball_url: `${at.url}/tarball/${one.tag}`, zipball_url: `${at.url}/zipball/${one.tag}` },
    };
  }

  tree(one: FakeRepository) {
    const url = `${this.api}/repos/${nameOf(one)}/git`;
    const sha = sha256(JSON.stringify([...one.files])).slice(0, 40);
    return {
      sha,
      url: `${url}/trees/${sha}`,
      truncated: false,
      tree: [...one.files].map(([path, text]) => {
        const blob = blobSha(text);
        const size = Buffer.byteLength(text);
        const mode = one.links?.has(path) === true ? "120000" : "100644";
        return { path, mode, type: "blob", sha: blob, size, url: `${url}/blobs/${blob}` };
      }),
    };
  }

  blob(one: FakeRepository, text: string) {
    const sha = blobSha(text);
    const url = `${this.api}/repos/${nameOf(one)}/git/blobs/${sha}`;
    // GitHub breaks the lines of base64, as mail does.
    const content = Buffer.from(text).toString("base64").replaceAll(/.{60}/g, "$&\n");
    return { sha, node_id: `B_${sha}`, size: Buffer.byteLength(text), url, content, encoding: "base64" };
  }

  private at(one: { repositoryId: number }) {
    const repository = this.world.repositoryOf(one);
    const name = nameOf(repository);
    return { repository, name, url: `${this.api}/repos/${name}` };
  }

  private label(url: string, name: string, id: number) {
    const address = `${url}/labels/${encodeURIComponent(name)}`;
    return {
      id,
      node_id: `LA_${id}`,
      url: address,
      name,
      color: "d73a4a",
      default: false,
      description: "",
    };
  }

  private links(url: string, names: string): Record<string, string> {
    return Object.fromEntries(names.split(" ").map((name) => [`${name}_url`, `${url}/${name}`]));
  }
}

/** Git's own hash of a file's content. */
export function blobSha(text: string): string {
  return new Bun.CryptoHasher("sha1").update(`blob ${Buffer.byteLength(text)}\0${text}`).digest("hex");
}

function without(shape: object, names: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !names.split(" ").includes(name)));
}
