/** All that a shared drive holds, where it is new to the account or is called otherwise now. */
import type { JsonValue } from "@/core/models/artifact";
import type { Page } from "@/core/services/sync/stream";
import { saveFiles } from "../db/queries";
import type { DriveFile } from "../models/models";
import type { Changed } from "./change-page";
import { pagesOfFiles, queries } from "./listing";
import { placesToKeep } from "./moved";
import { isPlace, pageOf } from "./page";
import type { DriveItem } from "./stream";
import { targetsOf } from "./targets";

export async function* drivePages(
  { api, options, account, places, missed }: Changed,
  driveId: string,
  cursor: () => JsonValue,
): AsyncGenerator<Page<DriveItem>> {
  const folders: DriveFile[] = [];
  for await (const { files, incomplete } of pagesOfFiles(api, queries.folders, "", driveId)) {
    if (incomplete !== undefined) await missed(incomplete);
    folders.push(...files);
  }
  for (const folder of folders) places.learn(folder);
  yield { items: [], cursor: cursor(), save: (tx) => saveFiles(tx, account, folders) };
  for await (const { files, incomplete } of pagesOfFiles(api, queries.files, "", driveId)) {
    if (incomplete !== undefined) await missed(incomplete);
    const fresh = await targetsOf(api, files, places);
    const kept = placesToKeep(files.filter(isPlace), places);
    for (const place of kept) places.learn(place);
    yield {
      ...pageOf([...files, ...fresh], places, options),
      cursor: cursor(),
      save: (tx) => saveFiles(tx, account, kept),
    };
  }
}
