import picomatch from "picomatch";
import type { FilesOptions } from "../models/models";

const junkFolders = new Set([
  ".git",
  ".hg",
  ".svn",
  ".jj",
  "node_modules",
  "bower_components",
  "__pycache__",
  ".venv",
  "venv",
  ".tox",
  ".mypy_cache",
  ".pytest_cache",
  ".gradle",
  ".Trash",
  ".Trashes",
  ".Spotlight-V100",
  ".fseventsd",
  "__MACOSX",
  "$RECYCLE.BIN",
  "System Volume Information",
  "lost+found",
]);

/** Also what SQLite keeps beside a database while it is open. */
const passingFile =
  /^(~\$.*|\.~lock\..*#|.*\.(swp|swo|crdownload|part)|.*\.(db|sqlite3?)-(wal|shm|journal)|.*~|Thumbs\.db|desktop\.ini|\.DS_Store)$/i;

/** Also copies that people and programs make of them before they change them: `stoneturner.key.bak`, `id_rsa.old`. */
const secretFile =
  /^((.*\.(key|pem|pfx|p12|jks|keystore|kdbx|ppk)|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|\.netrc|\.pgpass|\.git-credentials|\.npmrc|\.htpasswd)(\.(bak|backup|old|orig|next|new|save))?|\.env(\..*)?)$/i;

/** Says why an entry is left out by its name alone, or undefined when it is not. */
export type NameRule = (key: string, name: string, isFolder: boolean) => string | undefined;

/**
 * The rules of one connected folder that need no look at the disk: junk, secrets, hidden files, patterns.
 * Reasons are plain words that follow the entry's name.
 */
export function nameRule(options: Pick<FilesOptions, "include" | "exclude" | "followHidden">): NameRule {
  const included = options.include.length === 0 ? undefined : matcher(options.include);
  const excluded = matcher(options.exclude);
  return (key, name, isFolder) => {
    if (isFolder && junkFolders.has(name)) return "is a folder that tools keep for themselves";
    if (!isFolder && passingFile.test(name)) return "is a passing file of another program";
    if (!isFolder && secretFile.test(name)) return "looks like a key or password file";
    if (name.startsWith(".") && !options.followHidden) return "is hidden";
    if (excluded(key, name)) return "is left out by a pattern";
    if (!isFolder && included !== undefined && !included(key, name)) return "fits none of the patterns";
    return undefined;
  };
}

/**
 * Patterns as people write them: one without a slash fits at any depth, one with a slash from the top of the
 * folder; a pattern that fits a folder fits everything in it; a plain name fits itself, whatever is in it.
 */
function matcher(patterns: readonly string[]): (key: string, name: string) => boolean {
  const keys = new Set<string>();
  const names = new Set<string>();
  const globs: string[] = [];
  for (const pattern of patterns) {
    const open = pattern.replace(/\/+$/, "");
    const bare = open.replace(/^(\.?\/)+/, "");
    if (bare === "") continue;
    const atAnyDepth = bare === open && !bare.includes("/");
    (atAnyDepth ? names : keys).add(bare);
    const glob = atAnyDepth ? `**/${bare}` : bare;
    globs.push(glob, `${glob}/**`);
  }
  const fits = globs.length === 0 ? () => false : picomatch(globs, { dot: true });
  return (key, name) => keys.has(key) || names.has(name) || fits(key);
}
