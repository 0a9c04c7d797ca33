import { extname } from "node:path";

// Control characters, line and paragraph separators, and marks that reorder text around them.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** A path, name or title fit to be shown on one line: no control characters, well-formed, at most 300 characters. */
export function shownName(text: string): string {
  const clean = text.toWellFormed().replaceAll(unprintable, " ").replaceAll(/ {2,}/g, " ").trim();
  return clean.length <= 300 ? clean : `${clean.slice(0, 299).toWellFormed()}…`;
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
