import type { Db } from "@/core/models/database";

/**
 * Makes what is stored look as a program with an older renderer left it: the same items, each with another look and the
 * mark below the present one.
 *
 * @throws where versions have no rendering mark: nothing would ever be rendered anew.
 */
export async function rewindRendering(db: Db): Promise<void> {
  const items = await db.raw.all('SELECT "itemKey", "version" FROM "syncItem"');
  for (const row of items) {
    const [itemKey, version] = [String(row["itemKey"]), String(row["version"])];
    const [mark, rest] = /^(\d+):(.+)$/.exec(version)?.slice(1) ?? [];
    if (mark === undefined || rest === undefined) throw new Error(`The version of ${itemKey} has no mark.`);
    const older = `${Number(mark) - 1}:${rest}`;
    await db.raw.run('UPDATE "syncItem" SET "version" = ? WHERE "itemKey" = ?', [older, itemKey]);
  }
  await db.raw.run(`UPDATE "mdArtifacts" SET "markdown" = 'An older look.', "contentHash" = 'older'`);
}
