import { extname } from "node:path";
import { plainLine } from "@/lib/clean-text";

/** A path, name or title fit to be shown on one line: no control characters, well-formed, at most 300 characters. */
export function shownName(text: string): string {
  return plainLine(text, 300);
}

/** Last part of a relative path. */
export function nameOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** Everything before the last part of a relative path; empty at the top. */
export function folderOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf("/")));
}

/** Lower-case extension without the dot; empty when the name has none. */
export function extensionOf(key: string): string {
  return extname(nameOf(key)).slice(1).toLowerCase();
}

/** A relative path below `folder`. */
export function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Bytes in words of people: `340 kB`, `2.5 MB`, `1.2 GB`. */
export function shownSize(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${Math.round((bytes / 1000 ** step) * 10) / 10} ${units[step] ?? ""}`;
}
