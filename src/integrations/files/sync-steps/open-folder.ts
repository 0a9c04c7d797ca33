import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { below, shownName } from "@/lib/file-names";
import type { NoticeEntry } from "./entries";
import { GIT_IGNORE, GitIgnore } from "./git-ignore";

/** A name in a folder. `other` needs a look: a file, a link, or of a type that the file system does not tell. */
export interface ListedName {
  name: string;
  type: "folder" | "other";
}

/** A folder's listing, sorted by name. */
export interface Folder {
  /** Path relative to the connected folder; empty for that folder itself. */
  path: string;
  names: readonly ListedName[];
  /** Names that are not UTF-8: they cannot be opened by any path that text can hold. */
  unnameable: readonly NoticeEntry[];
  ignored: GitIgnore | undefined;
  /** The file system that it lies on. */
  device: string;
}

/**
 * Lists a folder and reads its `.gitignore`. Throws the system's error when either cannot be done: without its
 * `.gitignore` a folder is not read, since that file may keep something out for a reason.
 */
export async function openFolder(
  root: string,
  path: string,
  above: Folder | undefined,
  followIgnored: boolean,
): Promise<Folder | NoticeEntry> {
  const whole = join(root, path);
  const listed = await readdir(whole, { withFileTypes: true });
  const [real, stats] = await Promise.all([realpath(whole), stat(whole, { bigint: true })]);
  if (real !== whole) {
    return {
      kind: "skipped",
      key: `${path}/`,
      reason: `'${shownName(path)}' became a link while it was read.`,
    };
  }
  const { names, unnameable } = await sortNames(whole, path, listed);
  const hasRules = !followIgnored && names.some(({ name }) => name === GIT_IGNORE);
  const ignored = hasRules ? await GitIgnore.read(root, path, above?.ignored) : above?.ignored;
  return { path, names, unnameable, ignored, device: String(stats.dev) };
}

async function sortNames(
  whole: string,
  path: string,
  listed: Dirent[],
): Promise<Pick<Folder, "names" | "unnameable">> {
  const names = new Map<string, ListedName>();
  for (const entry of listed) {
    names.set(entry.name, { name: entry.name, type: entry.isDirectory() ? "folder" : "other" });
  }
  const unnameable: NoticeEntry[] = [];
  // The system's bytes became U+FFFD where they are not UTF-8; names that really hold U+FFFD stay.
  if ([...names.keys()].some((name) => name.includes("\uFFFD"))) {
    const raw = await readdir(whole, { encoding: "buffer" });
    const good = new Set<string>();
    for (const bytes of raw) {
      const name = decodeExactly(bytes);
      if (name === undefined) unnameable.push(unnameableNotice(path, bytes));
      else good.add(name);
    }
    for (const name of names.keys()) if (!good.has(name)) names.delete(name);
  }
  return {
    names: [...names.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    unnameable: unnameable.sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

function decodeExactly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // Not UTF-8: the answer, not a fault.
  }
}

function unnameableNotice(path: string, bytes: Uint8Array): NoticeEntry {
  const spelt = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
  const key = below(path, spelt);
  return {
    kind: "failed",
    key,
    reason: `'${shownName(key)}' could not be read: its name is not UTF-8. Rename it.`,
  };
}
