/** A real, migrated SQLite database in a folder of its own, for tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase, type OpenDatabase } from "@/core/db/open";

export const migrationsFolder = resolve(import.meta.dir, "../../migrations");

/** A new empty folder that `Symbol.dispose` removes: `using folder = temporaryFolder();`. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "stoneturner-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A migrated database: `await using database = await temporaryDatabase();`. */
export async function temporaryDatabase(): Promise<AsyncDisposable & OpenDatabase & { folder: string }> {
  const folder = temporaryFolder();
  const open = openDatabase(join(folder.path, "stoneturner.db"));
  await migrate(open, migrationsFolder);
  return {
    ...open,
    folder: folder.path,
    [Symbol.asyncDispose]: async () => {
      open.close();
      folder[Symbol.dispose]();
    },
  };
}
