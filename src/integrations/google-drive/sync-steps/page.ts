import type { Page } from "@/core/services/sync/stream";
import { type DriveFile, FOLDER, SHORTCUT } from "../models/models";
import type { DriveOptions } from "../models/options";
import { whyLeftOut } from "./classify";
import type { Places } from "./places";
import type { DriveItem } from "./stream";

export const isPlace = ({ mimeType }: DriveFile) => mimeType === FOLDER || mimeType === SHORTCUT;

/** Files as a page's items and notices: what is outside the chosen folders, or in the bin, is not there for us. */
export function pageOf(
  files: readonly DriveFile[],
  places: Places,
  { maxFileMb }: DriveOptions,
): Required<Pick<Page<DriveItem>, "items" | "skipped" | "removed">> {
  const present = files.filter((file) => !isPlace(file) && file.trashed !== true && places.includes(file));
  const noticed = present.map((file) => ({ file, notice: whyLeftOut(file, maxFileMb) }));
  const there = new Set(present);
  return {
    items: noticed.flatMap(({ file, notice }) =>
      notice === undefined ? [{ file, path: places.pathOf(file) }] : [],
    ),
    skipped: noticed.flatMap(({ notice }) => notice ?? []),
    removed: files
      .filter((file) => !there.has(file) && !isPlace(file))
      .map(({ id }) => ({ key: id, state: "gone" as const })),
  };
}
