import type { RenderedArtifact } from "@/core/models/artifact";
import { ItemError } from "@/core/models/errors";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { readDocument } from "@/core/services/readers/read-document";
import { cutMarkdown } from "@/lib/cut-markdown";
import { shownName } from "@/lib/file-names";
import { factList, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import type { GraphApi } from "../api/graph-api";
import type { ItemRow } from "../db/queries";
import type { FileItem } from "../sync-steps/file-items";

/** Characters of markdown that one artifact holds at most. */
const MOST_MARKDOWN = 2_000_000;

/**
 * Reads and renders one file. Null when its bytes turn out to be no text.
 *
 * @throws ItemError in plain words when it cannot be read; MissingError or ForbiddenError when it is not ours to see.
 */
export async function renderFile(
  api: GraphApi,
  { row, path }: FileItem,
  maxFileMb: number,
  signal: AbortSignal,
): Promise<RenderedArtifact | null> {
  const bytes = await bytesOf(api, row, maxFileMb * 1024 * 1024);
  const input = { path: row.name, bytes, size: bytes.length, truncated: false, signal };
  const content =
    bytes.length === 0 ? { markdown: "", kind: "document" as const } : await readDocument(input);
  if (content === null) return null;
  const title = shownName(row.name) || "Untitled";
  const facts = factList({
    In: path.join(" / "),
    "Written by": row.createdBy,
    "Last edited by": row.editedBy === row.createdBy ? undefined : row.editedBy,
    Description: row.description,
  });
  const body = nestedMarkdown(content.markdown, 2);
  const kept = cutMarkdown(body, MOST_MARKDOWN);
  const mark = kept === body ? "" : "> **Cut here.** The first 2 MB of the text are shown.";
  const metadata = "metadata" in content ? content.metadata : {};
  return {
    integrationArtifactId: `sharepoint:${row.itemKey}`,
    kind: content.kind,
    title,
    markdown: [`# ${lineText(title)}`, facts, kept, mark].filter((part) => part !== "").join("\n\n"),
    url: row.url !== null && URL.canParse(row.url) ? row.url : undefined,
    author: row.createdBy ?? row.editedBy ?? undefined,
    artifactDate: row.editedAt ?? undefined,
    metadata: { ...metadata, mimeType: row.mimeType, path: path.join("/") },
  };
}

/** Content that is refused, or not to be found, says nothing of a file that is still there to be seen. */
async function bytesOf(api: GraphApi, { driveId, itemId, name }: ItemRow, most: number): Promise<Uint8Array> {
  try {
    return await api.download(driveId, itemId, most);
  } catch (error) {
    if (!(error instanceof ForbiddenError || error instanceof MissingError)) throw error;
    await api.item(driveId, itemId);
    throw new ItemError(`'${shownName(name)}' may be looked at, but not downloaded: ${error.message}`, {
      action: "Leave its library out, or ask whoever administers the site; it is tried again.",
      cause: error,
    });
  }
}
