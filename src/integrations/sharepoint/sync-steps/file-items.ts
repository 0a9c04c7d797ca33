/** Files as items of a stream: what one is, whether it is read, and its mark. */
import { canRead } from "@/core/services/readers/read-document";
import type { ItemNotice } from "@/core/services/sync/stream";
import { shownName, shownSize } from "@/lib/file-names";
import { hashJson } from "@/lib/hash";
import type { ItemRow } from "../db/queries";
import type { DriveItem } from "../models/models";

/** Raised when the same file is rendered differently from now on, so that every file is read again once. */
const RENDERING = 1;

/** A file, and where it lies. */
export interface FileItem {
  row: ItemRow;
  path: string[];
}

export function versionOf({ row, path }: FileItem): string {
  const { name, mimeType, contentMark, description, createdBy, editedBy, editedAt, parentId, url } = row;
  // Two folders of one name have one path, and what lies in them goes with the one or the other.
  const place = [path, parentId];
  return hashJson([
    RENDERING,
    name,
    mimeType,
    contentMark,
    description,
    createdBy,
    editedBy,
    editedAt,
    url,
    place,
  ]);
}

/** Folders, and what leads elsewhere: kept as rows, and no item of the stream. */
export const isPlace = ({ kind }: ItemRow) => kind === "folder" || kind === "notebook" || kind === "shortcut";

/** Why something is left out, if it is. Of a place only a notebook is worth a word. */
export function whyLeftOut(item: DriveItem, row: ItemRow, maxFileMb: number): ItemNotice | undefined {
  if (row.kind === "folder" || row.kind === "shortcut") return undefined;
  const skipped = (reason: string) => ({ key: row.itemKey, reason: `'${shownName(row.name)}' ${reason}.` });
  if (row.kind === "notebook") return skipped("is a notebook of OneNote, which is not read");
  if (row.kind === "other") return skipped("is of a kind that is not known here");
  if (item.malware) return skipped("holds malware, says Microsoft");
  const kind = canRead(row.name);
  if (kind !== "text" && kind !== "document") return skipped("is neither text nor a document");
  if ((row.size ?? 0) > maxFileMb * 1024 * 1024)
    return skipped(`has ${shownSize(row.size ?? 0)}, more than the ${maxFileMb} MB that are read`);
  return undefined;
}
