import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { ArtifactKind, JsonValue, RenderedArtifact } from "@/core/models/artifact";
import { ItemError, StoneturnerError, messageOf } from "@/core/models/errors";
import { sha256 } from "@/lib/hash";
import { dateInName } from "../date-in-name";
import { fileError } from "../errno";
import { MEGABYTE, type FileItem } from "../models/models";
import { extensionOf, nameOf, shownName, shownSize } from "@/lib/file-names";
import { readDocument, type ReadDocument } from "@/core/services/readers/read-document";
import { cutMarkdown } from "@/lib/cut-markdown";
import { shapeOf } from "@/core/services/index/shape";
import { countWords } from "@/core/services/index/words";
import { looksLikeConversation } from "@/core/services/insights/speakers";
import { readHead, type FileHead } from "./open-inside";

/** Characters of markdown that one artifact holds at most; what is longer ends with a mark that says so. */
const MOST_MARKDOWN = 2_000_000;

/** Of a longer text, its beginning tells what it is. */
const CHARACTERS_LOOKED_AT = 40_000;

/** The folder that a file is read from. */
export interface ConnectedFolder {
  /** Its path, without links. */
  root: string;
  /** The file system it lies on. */
  device: string;
  account: string;
  /** Most bytes that are read of one file. */
  mostBytes: number;
}

/**
 * Reads one file and renders it; notes on the item what it found. Null when it is no text or document, or is no
 * longer a file inside the folder.
 *
 * @throws ItemError naming the file when it cannot be read; TransientError when the disk is in trouble.
 */
export async function renderFile(
  folder: ConnectedFolder,
  item: FileItem,
  signal: AbortSignal,
): Promise<RenderedArtifact | null> {
  const head = await headOf(folder, item);
  if (head === undefined) return null;
  const hash = sha256(head.bytes);
  const document = await documentOf(item, head, signal);
  if (document === null) return null;
  const artifactDate = document.artifactDate ?? dateInName(item.key) ?? contentDate(item, hash);
  const title = shownName(document.title) || shownName(nameOf(item.key));
  const format = formatOf(item, document);
  const author = document.author;
  const kind = kindOf(document);
  item.facts = {
    hash,
    artifactDate,
    format,
    kind,
    title,
    author: author ?? null,
  };
  return {
    integrationArtifactId: `${sha256(folder.account).slice(0, 8)}/${item.key}`,
    kind,
    title,
    markdown: cut(document.markdown, head.size),
    url: document.url ?? pathToFileURL(join(folder.root, item.key)).href,
    author,
    artifactDate,
    metadata: { ...document.metadata, path: item.key, size: head.size, format },
  };
}

async function headOf(folder: ConnectedFolder, item: FileItem): Promise<FileHead | undefined> {
  try {
    return await readHead(folder.root, item.key, folder.mostBytes);
  } catch (error) {
    throw fileError(item.key, error);
  }
}

async function documentOf(item: FileItem, head: FileHead, signal: AbortSignal): Promise<ReadDocument | null> {
  try {
    return await readDocument({ path: item.key, ...head, signal });
  } catch (error) {
    if (signal.aborted || error instanceof StoneturnerError) throw error;
    throw new ItemError(`'${shownName(item.key)}' could not be understood: ${messageOf(error)}`, {
      cause: error,
      action: "It may be damaged: see whether its own program opens it.",
    });
  }
}

/** When the file came to say what it says: touching or copying it back does not count as a change. */
function contentDate(item: FileItem, hash: string): string {
  const { known } = item;
  return known?.hash === hash && known.artifactDate !== null ? known.artifactDate : item.modifiedAt;
}

/** Chats and calls lie in text files as well: their turns tell them. */
function kindOf({ kind, markdown }: ReadDocument): ArtifactKind {
  const beginning = markdown.slice(0, CHARACTERS_LOOKED_AT);
  if (kind !== "document" || !looksLikeConversation(kind, beginning.split("\n"))) return kind;
  return shapeOf(kind, beginning, countWords(beginning));
}

function formatOf(item: FileItem, document: ReadDocument): string {
  const named: JsonValue | undefined = document.metadata["format"];
  return typeof named === "string" ? named : extensionOf(item.key) || "text";
}

/** A reader marks where the file was cut; where its markdown is too long as well, this mark takes that one's place. */
function cut(markdown: string, size: number): string {
  const kept = cutMarkdown(markdown, MOST_MARKDOWN);
  if (kept === markdown) return markdown;
  const mark = `The file has ${shownSize(size)}; the first ${MOST_MARKDOWN / MEGABYTE} MB of its text are shown.`;
  return `${kept}\n\n> **Cut here.** ${mark}\n`;
}
