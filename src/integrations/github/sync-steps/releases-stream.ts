import { z } from "zod";
import { keptRows, ownRows } from "@/core/services/sync/kept-rows";
import type { Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { toIso } from "@/lib/time";
import { etagOfWhole } from "../api";
import { storedKeys } from "../db/queries";
import { githubRelease } from "../db/schema";
import { type ReleaseItem, releaseKey } from "../models/items";
import { releaseSchema } from "../models/rest";
import type { Reading } from "../reading";
import { renderRelease } from "../render/release";
import type { Repository } from "../repositories";
import { type Part, perRepository, type RepositoryState } from "./per-repository";

const RENDERING = 1;
const PER_PAGE = 100;
const pageSchema = z.array(releaseSchema);

/** Releases and their notes. */
export function releasesStream({ api, options, account, directory }: Reading): Stream<ReleaseItem> {
  /** GitHub knows no `since` here: the listing is read whole, unless it is one page that did not change. */
  async function* read(
    repository: Repository,
    state: RepositoryState | undefined,
    { stored }: { stored: readonly string[] },
  ): AsyncGenerator<Part<ReleaseItem>> {
    const path = `/repos/${repository.full_name}/releases`;
    const query = { per_page: PER_PAGE };
    let page = await api.get(path, pageSchema, { query, etag: state?.etags["releases"] });
    if (page === undefined) return;
    const etag = etagOfWhole(page, PER_PAGE);
    const met = new Set<string>();
    while (page !== undefined) {
      const items = page.data.filter(isWanted).map((release) => ({ repository, release }));
      for (const item of items) met.add(releaseKey(item));
      if (page.next === undefined) {
        const removed = stored.filter((key) => !met.has(key)).map((key) => ({ key, state: "gone" as const }));
        yield { items, removed, state: { mark: null, etags: etag === undefined ? {} : { releases: etag } } };
        return;
      }
      yield { items };
      page = await api.get(page.next, pageSchema);
    }
  }
  const isWanted = ({ published_at, created_at }: ReleaseItem["release"]) =>
    options.since === undefined || Date.parse(published_at ?? created_at ?? "") >= Date.parse(options.since);
  return {
    name: "releases",
    enumerates: ["full"],
    resume: "restart",
    key: releaseKey,
    version: ({ repository, release }) => hashJson([RENDERING, repository.full_name, lasting(release)]),
    pages: (request) =>
      perRepository(
        {
          directory,
          applies: () => options.include.includes("releases"),
          read,
          stored: (db) => storedKeys(db, account, "release"),
        },
        request,
      ),
    render: renderRelease,
    ...keptRows(ownRows(githubRelease, githubRelease.releaseId, rowOf)),
  };
}

/** Without how often each file was fetched. */
function lasting({
  tag_name,
  name,
  body,
  draft,
  prerelease,
  published_at,
  assets,
}: ReleaseItem["release"]): unknown {
  return [tag_name, name, body, draft, prerelease, published_at, assets.map((asset) => asset.name)];
}

function rowOf(item: ReleaseItem, account: string): typeof githubRelease.$inferInsert {
  const { repository, release } = item;
  return {
    account,
    releaseId: releaseKey(item),
    repositoryId: String(repository.id),
    tag: release.tag_name,
    name: release.name ?? null,
    isDraft: release.draft === true,
    isPrerelease: release.prerelease === true,
    author: release.author?.login ?? null,
    publishedAt: toIso(release.published_at) ?? null,
    url: release.html_url ?? null,
  };
}
