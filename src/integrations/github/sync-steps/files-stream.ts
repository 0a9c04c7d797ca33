import { removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import { RequestRefusedError } from "@/core/services/http/errors";
import type { Stream } from "@/core/services/sync/stream";
import { storedKeys } from "../db/queries";
import { githubFile } from "../db/schema";
import { type FileItem, fileKey } from "../models/items";
import { treeSchema } from "../models/rest";
import type { Reading } from "../reading";
import { documentOf, fileUrl, renderFile } from "../render/file";
import type { Repository } from "../repositories";
import { type Part, perRepository, type RepositoryState } from "./per-repository";

const RENDERING = 1;
/** Larger files are hardly written by people. */
const LARGEST_BYTES = 2 * 1_024 * 1_024;
/** What git calls a link to another file: its content is that file's path, which says nothing by itself. */
const SYMLINK = "120000";

/** Documentation in the repositories: markdown files, by git's own hash of their content. */
export function filesStream({ api, options, account, directory }: Reading): Stream<FileItem> {
  const titles = new Map<string, string>();
  return {
    name: "files",
    enumerates: ["full"],
    resume: "restart",
    key: fileKey,
    version: ({ repository, sha }) => `${RENDERING}:${sha}:${repository.full_name}`,
    pages: (request) =>
      perRepository(
        {
          directory,
          applies: () => options.include.includes("docs"),
          read: readTree(api),
          stored: (db) => storedKeys(db, account, "file"),
        },
        request,
      ),
    render: async (item) => {
      const bytes = await api.blob(item.repository.full_name, item.sha);
      const document = documentOf(new TextDecoder().decode(bytes), item);
      titles.set(fileKey(item), document.title);
      return renderFile(item, document);
    },
    save: (tx, items) =>
      saveOwnRows(
        tx,
        githubFile,
        githubFile.fileId,
        items.map((item) => rowOf(account, item, titles.get(fileKey(item)) ?? item.path)),
      ),
    remove: (tx, keys) => removeOwnRows(tx, githubFile, githubFile.fileId, account, keys),
  };
}

/** One question gives every path with its hash; it costs nothing while the branch stands still. */
function readTree(api: Reading["api"]) {
  return async function* read(
    repository: Repository,
    state: RepositoryState | undefined,
    { stored }: { stored: readonly string[] },
  ): AsyncGenerator<Part<FileItem>> {
    const branch = encodeURIComponent(repository.default_branch ?? "HEAD");
    const path = `/repos/${repository.full_name}/git/trees/${branch}`;
    const asked = { query: { recursive: 1 }, etag: state?.etags["tree"] };
    const answer = await orEmpty(() => api.get(path, treeSchema, asked));
    if (answer === undefined) return;
    const { tree, truncated } = answer.data;
    const documents = tree.filter(
      ({ path: file, type, mode }) => type !== "tree" && mode !== SYMLINK && isDocumentation(file),
    );
    const small = documents.filter(({ size }) => (size ?? 0) <= LARGEST_BYTES);
    const items = small.map(({ path: file, sha }) => ({ repository, path: file, sha }));
    const met = new Set(items.map(fileKey));
    const isWhole = truncated !== true;
    yield {
      items,
      skipped: documents
        .filter(({ size }) => (size ?? 0) > LARGEST_BYTES)
        .map((file) => ({
          key: fileKey({ repository, ...file }),
          reason: `${file.path} is larger than 2 MB.`,
        })),
      removed: isWhole
        ? stored.filter((key) => !met.has(key)).map((key) => ({ key, state: "gone" as const }))
        : [],
      ...(isWhole ? {} : { incomplete: `${repository.full_name} has more files than GitHub lists at once.` }),
      state: { mark: null, etags: answer.etag === undefined ? {} : { tree: answer.etag } },
    };
  };
}

const extensions = /\.(?:md|mdx|markdown|mdown)$/i;
const folders =
  /(?:^|\/)(?:docs?|documentation|adrs?|rfcs?|decisions|runbooks?|guides?|handbook|wiki|\.github)\//i;
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|dist)\//i;

/** Markdown at the top, in folders for documentation, and every README. */
export function isDocumentation(path: string): boolean {
  if (!extensions.test(path) || foreign.test(path)) return false;
  return !path.includes("/") || folders.test(path) || /(?:^|\/)readme\.[a-z]+$/i.test(path);
}

/** 409: a repository without a commit has no tree. */
async function orEmpty<Answer>(ask: () => Promise<Answer>) {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RequestRefusedError && error.status === 409)
      return { data: { tree: [], truncated: false }, etag: undefined };
    throw error;
  }
}

function rowOf(account: string, item: FileItem, title: string): typeof githubFile.$inferInsert {
  const { repository, path, sha } = item;
  return {
    account,
    fileId: fileKey(item),
    repositoryId: String(repository.id),
    kind: "file",
    path,
    sha,
    title,
    url: fileUrl(item),
  };
}
