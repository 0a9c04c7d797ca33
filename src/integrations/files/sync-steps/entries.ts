import type { BigIntStats } from "node:fs";

/** A file that may be read. */
export interface FileEntry {
  kind: "file";
  /** Path relative to the connected folder, with `/`. */
  key: string;
  stats: BigIntStats;
}

/** Something that was left out on purpose, or could not be looked at. Keys of folders end with a slash. */
export interface NoticeEntry {
  kind: "skipped" | "failed";
  key: string;
  /** Plain words that name it. */
  reason: string;
  /** Set when files below it may have been missed. */
  incomplete?: string;
}

/** What a walk meets, in an order that depends on names alone. */
export type WalkEntry = FileEntry | NoticeEntry;

/** An entry of a listing: something to report, a folder to go into, or nothing (any more). */
export type Classified = WalkEntry | FolderEntry | GoneEntry;
interface FolderEntry {
  kind: "folder";
  key: string;
}
interface GoneEntry {
  kind: "gone";
  key: string;
}
