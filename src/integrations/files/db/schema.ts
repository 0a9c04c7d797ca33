import type { ArtifactKind } from "@/core/models/artifact";
import { boolean, index, primaryKey, real, table, text } from "@/core/db/table";

/** One row a file that was read and is served. */
export const filesFile = table(
  "filesFile",
  {
    account: text().notNull(),
    /** Path relative to the folder, with `/`. */
    key: text().notNull(),
    /** Whole path on this machine. */
    path: text().notNull(),
    name: text().notNull(),
    /** Lower case, without the dot; empty when the name has none. */
    extension: text().notNull(),
    /** Path of the folder it lies in, relative; empty for the top. */
    folder: text().notNull(),
    /** Bytes. Whole numbers, in a column that also holds more than two billion on every database. */
    size: real().notNull(),
    /** Last change of the content. */
    mtime: text().notNull(),
    /** Last change of content, name or rights. */
    ctime: text().notNull(),
    /** The file system it lies on, by the system's number. */
    device: text().notNull(),
    /** True when that is another one than the connected folder's: a drive is mounted below it. */
    otherDrive: boolean().notNull(),
    /** SHA-256 of the bytes that were read. */
    hash: text().notNull(),
    /** What it was read as, e.g. `markdown` or `pdf`. */
    format: text().notNull(),
    kind: text().$type<ArtifactKind>().notNull(),
    title: text().notNull(),
    author: text(),
    /** The document's own date, or when its content was first seen to be what it is. */
    artifactDate: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.key] }),
    index("filesFile_extension").on(t.extension),
    index("filesFile_mtime").on(t.mtime),
  ],
);
