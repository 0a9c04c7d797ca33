import { toIso } from "@/lib/time";
import { fileError } from "../errno";
import type { FileItem, KnownContent } from "../models/models";
import type { FileEntry } from "./entries";
import { hashHead } from "./open-inside";
import type { ConnectedFolder } from "./render";

/** Raised when the same bytes are rendered differently from now on, so that every file is read again once. */
const RENDERING = 9;
// The coarsest clock of a file system in use (FAT). A file changed so recently may change again within one tick.
const TICK_MS = 2_000;

/** The item for a file that the walk met. A file changed just now is read, so that its mark tells equal times apart. */
export async function toItem(
  folder: ConnectedFolder,
  { key, stats }: FileEntry,
  known: KnownContent | undefined,
  now: number = Date.now(),
): Promise<FileItem> {
  const size = Number(stats.size);
  const parts = [RENDERING, size, stats.mtimeNs, stats.ctimeNs, stats.ino];
  const marks = parts.map(String);
  if (size > folder.mostBytes) marks.push(`first ${folder.mostBytes}`);
  if (isRecent(stats.mtimeMs, now) || isRecent(stats.ctimeMs, now)) {
    marks.push((await recentHash(folder, key)) ?? "gone");
  }
  return {
    key,
    size,
    modifiedAt: toIso(Number(stats.mtimeMs)) ?? toIso(0) ?? "",
    changedAt: toIso(Number(stats.ctimeMs)) ?? toIso(0) ?? "",
    device: String(stats.dev),
    version: marks.join(":"),
    known,
    facts: undefined,
  };
}

async function recentHash(folder: ConnectedFolder, key: string): Promise<string | undefined> {
  try {
    return await hashHead(folder.root, key, folder.mostBytes);
  } catch (error) {
    const failure = fileError(key, error);
    if (failure.code === "transient") throw failure;
    return "unread"; // Rendering meets the same error and reports it with the file's name.
  }
}

function isRecent(timeMs: bigint, now: number): boolean {
  return Math.abs(now - Number(timeMs)) < TICK_MS;
}
