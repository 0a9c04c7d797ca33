import { keptRows, ownRows } from "@/core/services/sync/kept-rows";
import type { Stream } from "@/core/services/sync/stream";
import { storedKeys } from "../db/queries";
import { githubFile } from "../db/schema";
import { type WikiItem, wikiKey } from "../models/items";
import type { Reading } from "../reading";
import { renderWikiPage, wikiTitle, wikiUrl } from "../render/wiki";
import type { Repository } from "../repositories";
import { type Part, perRepository, type RepositoryState } from "./per-repository";

const RENDERING = 1;
const LARGEST_BYTES = 2 * 1_024 * 1_024;

/** Pages of the repositories' wikis. */
export function wikiStream({ wiki, options, account, directory }: Reading): Stream<WikiItem> {
  async function* read(
    repository: Repository,
    state: RepositoryState | undefined,
    { stored }: { stored: readonly string[] },
  ): AsyncGenerator<Part<WikiItem>> {
    const head = await wiki.head(repository.full_name);
    if (head !== undefined && head === state?.etags["head"]) return;
    const files = head === undefined ? [] : await wiki.files(repository.full_name, head);
    const items = files
      .filter(({ path, data }) => isPage(path) && data.length <= LARGEST_BYTES)
      .map(({ path, sha, data }) => ({ repository, path, sha, text: data.toString() }));
    const met = new Set(items.map(wikiKey));
    const removed = stored.filter((key) => !met.has(key)).map((key) => ({ key, state: "gone" as const }));
    yield { items, removed, state: { mark: null, etags: head === undefined ? {} : { head } } };
  }
  return {
    name: "wiki",
    enumerates: ["full"],
    resume: "restart",
    key: wikiKey,
    version: ({ repository, sha }) => `${RENDERING}:${sha}:${repository.full_name}`,
    pages: (request) =>
      perRepository(
        {
          directory,
          applies: ({ has_wiki }) => options.include.includes("wiki") && has_wiki === true,
          read,
          stored: (db) => storedKeys(db, account, "wiki"),
        },
        request,
      ),
    render: renderWikiPage,
    ...keptRows(ownRows(githubFile, githubFile.fileId, rowOf)),
  };
}

/** Sidebars and footers stand beside every page and say nothing of their own. */
function isPage(path: string): boolean {
  return /\.(?:md|mdown|markdown)$/i.test(path) && !/(?:^|\/)_/.test(path);
}

function rowOf(item: WikiItem, account: string): typeof githubFile.$inferInsert {
  const { repository, path, sha } = item;
  const own = { account, fileId: wikiKey(item), repositoryId: String(repository.id) };
  return { ...own, kind: "wiki", path, sha, title: wikiTitle(path), url: wikiUrl(item) };
}
