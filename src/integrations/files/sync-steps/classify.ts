import type { BigIntStats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileError, isGone } from "../errno";
import { MEGABYTE, type FilesOptions } from "../models/models";
import { below, shownName, shownSize } from "@/lib/file-names";
import { canRead } from "@/core/services/readers/read-document";
import type { Classified, NoticeEntry } from "./entries";
import type { NameRule } from "./leave-out";
import type { Folder, ListedName } from "./open-folder";

export interface WalkRules {
  root: string;
  options: FilesOptions;
  leaveOut: NameRule;
}

/** Says what the entry `listed` of `folder` is. Throws TransientError when the disk is in trouble. */
export async function classify(rules: WalkRules, folder: Folder, listed: ListedName): Promise<Classified> {
  const key = below(folder.path, listed.name);
  try {
    const early = listed.type === "folder" ? leftOut(rules, folder, key, listed.name, true) : undefined;
    if (early !== undefined) return early;
    if (listed.type === "folder") return { kind: "folder", key };
    const stats = await lstat(join(rules.root, key), { bigint: true });
    const isFolder = stats.isDirectory();
    const notice = leftOut(rules, folder, key, listed.name, isFolder);
    if (notice !== undefined) return notice;
    if (isFolder) return { kind: "folder", key };
    if (stats.isSymbolicLink()) return await linkNotice(rules.root, key);
    if (!stats.isFile()) return skipped(key, "is not a plain file");
    return unreadable(rules.options, key, stats) ?? { kind: "file", key, stats };
  } catch (error) {
    if (isGone(error)) return { kind: "gone", key };
    const failure = fileError(key, error);
    if (failure.code === "transient") throw failure;
    return { kind: "failed", key, reason: failure.explanation };
  }
}

function leftOut(
  rules: WalkRules,
  folder: Folder,
  key: string,
  name: string,
  isFolder: boolean,
): NoticeEntry | undefined {
  const byName = rules.leaveOut(key, name, isFolder);
  const ignored = byName === undefined && (folder.ignored?.ignores(key, isFolder) ?? false);
  const reason = ignored ? "is left out by .gitignore" : byName;
  return reason === undefined ? undefined : skipped(isFolder ? `${key}/` : key, reason);
}

function unreadable(options: FilesOptions, key: string, stats: BigIntStats): NoticeEntry | undefined {
  const readable = canRead(key);
  if (readable === "binary") return skipped(key, "is neither text nor a document");
  const size = Number(stats.size);
  if (readable === "document" && size > options.maxFileMb * MEGABYTE) {
    return skipped(key, `has ${shownSize(size)}, more than the ${options.maxFileMb} MB that are read`);
  }
  return undefined;
}

/** A link is never followed: what it leads to inside the folder is read at its own place, outside is not ours. */
async function linkNotice(root: string, key: string): Promise<NoticeEntry> {
  try {
    const target = await realpath(join(root, key));
    const inside = target === root || target.startsWith(root + sep);
    return skipped(
      key,
      inside
        ? "is a link to something in this folder, read at its own place"
        : "is a link out of this folder",
    );
  } catch (error) {
    if (fileError(key, error).code === "transient") throw error;
    return skipped(key, "is a link that leads nowhere");
  }
}

function skipped(key: string, reason: string): NoticeEntry {
  return { kind: "skipped", key, reason: `'${shownName(key)}' ${reason}.` };
}
