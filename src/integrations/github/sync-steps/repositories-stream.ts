import { removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import type { Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { hashJson } from "@/lib/hash";
import { inlineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import { githubRepository } from "../db/schema";
import type { Reading } from "../reading";
import type { Repository } from "../repositories";

/** The repositories themselves: what each is about. Their list is complete in every sync. */
export function repositoriesStream({ account, directory }: Reading): Stream<Repository> {
  const key = ({ id }: Repository) => `github:${id}`;
  return {
    name: "repositories",
    enumerates: ["full", "incremental"],
    key,
    version: (one) => hashJson({ ...rowOf(account, one), stars: 0, pushedAt: null }),
    async *pages() {
      const { repositories, missing } = await directory();
      const unseen =
        missing.length === 0 ? {} : { incomplete: `${missing.join(", ")} cannot be seen with this token.` };
      yield { items: repositories, cursor: null, ...unseen };
    },
    render: (one) => ({
      integrationArtifactId: key(one),
      kind: "document",
      title: one.full_name,
      markdown: overview(one),
      url: one.html_url ?? undefined,
      metadata: { repository: one.full_name, kind: "repository" },
    }),
    save: (tx, items) =>
      saveOwnRows(
        tx,
        githubRepository,
        githubRepository.repositoryId,
        items.map((one) => rowOf(account, one)),
      ),
    remove: (tx, keys) =>
      removeOwnRows(
        tx,
        githubRepository,
        githubRepository.repositoryId,
        account,
        keys.map((one) => one.replace("github:", "")),
      ),
  };
}

function overview(one: Repository): string {
  const facts = [
    `Repository ${inlineText(one.full_name)}`,
    one.visibility ?? (one.private === true ? "private" : ""),
    one.archived === true ? "archived" : "",
    one.language === null || one.language === undefined ? "" : `mostly ${inlineText(one.language)}`,
    one.topics.length === 0 ? "" : `topics: ${one.topics.map(inlineText).join(", ")}`,
  ];
  const said = paragraphText(one.description ?? "");
  return [facts.filter((fact) => fact !== "").join(" · "), said].filter((part) => part !== "").join("\n\n");
}

function rowOf(account: string, one: Repository): typeof githubRepository.$inferInsert {
  return {
    account,
    repositoryId: String(one.id),
    fullName: one.full_name,
    description: plainLine(one.description ?? "", 1_000) || null,
    visibility: one.visibility ?? (one.private === true ? "private" : "public"),
    isArchived: one.archived === true,
    isFork: one.fork === true,
    defaultBranch: one.default_branch ?? null,
    language: one.language ?? null,
    topics: one.topics.join(", "),
    stars: one.stargazers_count ?? 0,
    pushedAt: toIso(one.pushed_at) ?? null,
    url: one.html_url ?? null,
  };
}
