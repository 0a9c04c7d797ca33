import type { DriveApi } from "../api/drive-api";
import { type DriveFile, FOLDER, SHORTCUT } from "../models/models";
import type { Places } from "./places";
import { readMany } from "./read-many";

/** A folder that a shortcut leads to is listed where it lies, if it is ours to see. */
export const leadsToFile = ({ shortcutDetails: to }: DriveFile) =>
  Boolean(to?.targetId) && to?.targetMimeType !== FOLDER;

/** What shortcuts that are new here lead to: no list of changes tells of it, since nothing happened to the file. */
export async function targetsOf(
  api: DriveApi,
  files: readonly DriveFile[],
  places: Places,
): Promise<DriveFile[]> {
  const shortcuts = files.filter(
    (file) => file.mimeType === SHORTCUT && leadsToFile(file) && places.includes(file),
  );
  const ids = shortcuts.flatMap(({ shortcutDetails: to }) => to?.targetId ?? []);
  return (
    await readMany(
      api,
      [...new Set(ids)].filter((id) => !places.isTarget(id)),
    )
  ).files;
}
