/** What shared files hold, kept with the messages that share them: read once, and again when the file has changed. */
import { z } from "zod";
import { ItemError } from "@/core/models/errors";
import { canRead, readDocument } from "@/core/services/readers/read-document";
import { clip } from "@/lib/clean-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import type { SlackApi } from "../api";
import type { MessageRow } from "../db/messages";
import { type ApiFile, fileSchema, type MessagesAnswer } from "../models/api";

const MOST_BYTES = 5_000_000;
/** Characters of one file; the rest stands behind its link. */
const MOST_SHOWN = 20_000;

type Files = Pick<SlackApi, "download" | "file">;
type Entry = Record<string, unknown>;

/**
 * Fills in `shown_text` of the files that can be read, from what is stored where a file is the same, and what files of
 * other workspaces are.
 *
 * @param anew asks again for those of which nothing could be had: the app may have been given the scope since.
 */
export async function readFiles(
  api: Files,
  answered: MessagesAnswer["messages"],
  stored: readonly MessageRow[],
  { anew, signal }: { anew: boolean; signal: AbortSignal },
): Promise<void> {
  const before = stored.flatMap(({ raw }) => raw.files).filter((file) => !anew || file.shown_text !== "");
  const known = new Map(before.map((file) => [markOf(file), file.shown_text]));
  for (const message of answered) {
    const files = z.array(z.looseObject({})).safeParse(message["files"]).data ?? [];
    for (const entry of files) {
      await introduce(api, entry, before);
      const file = fileSchema.safeParse(entry).data;
      if (file === undefined || nameOf(file) === undefined || (file.size ?? 0) > MOST_BYTES) continue;
      entry["shown_text"] = known.get(markOf(file)) ?? (await textOf(api, file, signal));
    }
    if (files.length > 0) message["files"] = files;
  }
}

/**
 * In channels that workspaces share, a file comes with its id alone and is to be asked for
 * (https://docs.slack.dev/reference/objects/file-object, "Slack Connect files").
 */
async function introduce(api: Files, entry: Entry, before: readonly ApiFile[]): Promise<void> {
  const { id } = entry;
  if (entry["file_access"] !== "check_file_info" || typeof id !== "string") return;
  const known = before.find((file) => file.id === id);
  // Without an answer it is noted as one of which nothing could be had.
  Object.assign(entry, known ?? (await api.file(id)) ?? { shown_text: "" });
}

const markOf = ({ id, size, updated, title }: ApiFile) => JSON.stringify([id, size, updated, title]);

/** A name by which the readers know what the file is; undefined for what is not read. */
function nameOf({ name, mode, filetype }: ApiFile): string | undefined {
  if (mode === "external" || mode === "tombstone" || mode === "hidden_by_limit") return undefined;
  // Canvases, and the posts that came before them, are given as HTML.
  if (mode === "canvas" || filetype === "quip" || filetype === "canvas" || mode === "space")
    return "canvas.html";
  if (!name) return undefined;
  const reads = canRead(name);
  if (reads === "text" || reads === "document") return name;
  return mode === "snippet" && reads === "unknown" ? `${name}.txt` : undefined;
}

/** Markdown; "" where there is none to be had, so that it is not asked for at each sync. */
async function textOf(api: Pick<SlackApi, "download">, file: ApiFile, signal: AbortSignal): Promise<string> {
  const path = nameOf(file);
  const bytes = file.url_private ? await api.download(file.url_private, MOST_BYTES) : undefined;
  if (path === undefined || bytes === undefined || bytes.length === 0) return "";
  try {
    const read = await readDocument({ path, bytes, size: bytes.length, truncated: false, signal });
    return clip(nestedMarkdown(read?.markdown ?? "", 4), MOST_SHOWN);
  } catch (error) {
    // Locked, broken, or too large for its format: its name still shows.
    if (error instanceof ItemError) return "";
    throw error;
  }
}
