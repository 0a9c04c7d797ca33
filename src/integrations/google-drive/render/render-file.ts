import type { ArtifactKind, JsonValue, RenderedArtifact } from "@/core/models/artifact";
import { ItemError } from "@/core/models/errors";
import { TooLargeError } from "@/core/services/http/errors";
import { readDocument } from "@/core/services/readers/read-document";
import { plainLine } from "@/lib/clean-text";
import { cutMarkdown } from "@/lib/cut-markdown";
import { shownName } from "@/lib/file-names";
import { factList, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { toIso } from "@/lib/time";
import { type DriveApi, EXPORT_LIMIT_MB } from "../api/drive-api";
import { wayOf, type Way } from "../sync-steps/classify";
import type { DriveItem } from "../sync-steps/stream";

/** Characters of markdown that one artifact holds at most. */
const MOST_MARKDOWN = 2_000_000;

interface Content {
  markdown: string;
  kind: ArtifactKind;
  metadata: Record<string, JsonValue>;
}

/**
 * Reads and renders one file. Null when its bytes turn out to be no text.
 *
 * @throws ItemError in plain words when it cannot be read; MissingError or ForbiddenError when it is not ours to see.
 */
export async function renderFile(
  api: DriveApi,
  { file, path }: DriveItem,
  maxFileMb: number,
  signal: AbortSignal,
): Promise<RenderedArtifact | null> {
  const way = wayOf(file);
  if (way === undefined) return null;
  const content = await contentOf(api, file.id, way, maxFileMb, signal);
  if (content === null) return null;
  const title = plainLine(file.name, 300) || "Untitled";
  const [owner] = file.owners;
  const facts = factList({
    In: path.join(" / "),
    Owner: owner?.displayName ?? owner?.emailAddress,
    "Last edited by": file.lastModifyingUser?.displayName,
    Description: file.description,
  });
  const body = nestedMarkdown(content.markdown, 2);
  const kept = cutMarkdown(body, MOST_MARKDOWN);
  const mark = kept === body ? "" : "> **Cut here.** The first 2 MB of the text are shown.";
  return {
    integrationArtifactId: `drive:${file.id}`,
    kind: content.kind,
    title,
    markdown: [`# ${lineText(title)}`, facts, kept, mark].filter((part) => part !== "").join("\n\n"),
    url: URL.canParse(file.webViewLink ?? "") ? (file.webViewLink ?? undefined) : undefined,
    author: owner?.displayName ?? file.lastModifyingUser?.displayName ?? undefined,
    artifactDate: toIso(file.modifiedTime),
    metadata: { ...content.metadata, mimeType: file.mimeType, path: path.join("/") },
  };
}

async function contentOf(
  api: DriveApi,
  id: string,
  way: Way,
  maxFileMb: number,
  signal: AbortSignal,
): Promise<Content | null> {
  const read = (bytes: Uint8Array, path: string) =>
    readDocument({ path, bytes, size: bytes.length, truncated: false, signal });
  if (way.kind === "download") {
    const bytes = await api.download(id, maxFileMb * 1024 * 1024);
    return bytes.length === 0 ? { markdown: "", kind: "document", metadata: {} } : read(bytes, way.path);
  }
  try {
    const bytes = await api.export(id, way.mimeType);
    if (way.mimeType !== "text/markdown") return await read(bytes, way.path);
    return { markdown: withoutPictures(new TextDecoder().decode(bytes)), kind: "document", metadata: {} };
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return plainText(api, id, way, error);
  }
}

/** Pictures stand in an exported document and may make it too large; its text alone seldom is. */
async function plainText(
  api: DriveApi,
  id: string,
  way: Way & { kind: "export" },
  cause: Error,
): Promise<Content> {
  const tooLarge = (error: Error) =>
    new ItemError(`'${shownName(way.path)}' is larger than the ${EXPORT_LIMIT_MB} MB that Google exports.`, {
      action: "Split it into smaller files; it is tried again when it has changed.",
      cause: error,
    });
  if (way.mimeType !== "text/markdown") throw tooLarge(cause);
  try {
    const text = new TextDecoder().decode(await api.export(id, "text/plain"));
    const markdown = text.split(/\r?\n/).map(lineText).join("\n\n");
    return { markdown, kind: "document", metadata: { textOnly: true } };
  } catch (error) {
    if (error instanceof TooLargeError) throw tooLarge(error);
    throw error;
  }
}

/** Google puts pictures as data at the end, and an anchor behind each heading. */
function withoutPictures(markdown: string): string {
  return markdown
    .replaceAll(/^\[image\d+\]:[ \t]*<?data:[^\n]*$/gm, "")
    .replaceAll(/^[ \t]*!\[\]\[image\d+\][ \t]*\n\n?/gm, "")
    .replaceAll(/!\[([^\]\n]*)\]\[image\d+\]/g, "$1")
    .replaceAll(/^(#{1,6} [^\n]*?)[ \t]*\{#[^}\n]*\}[ \t]*$/gm, "$1")
    .replace(/^\uFEFF/, "");
}
