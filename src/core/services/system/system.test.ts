import { expect, test } from "bun:test";
import { join } from "node:path";
import { backupDatabase, backupsOf } from "@/core/db/backup";
import { testApp } from "@test/app";
import { temporaryFolder } from "@test/database";
import { readSystem } from "./system";

test("backups are found beside the database, wherever that lies", async () => {
  using elsewhere = temporaryFolder();
  const path = join(elsewhere.path, "fast", "stone.db");
  await using app = await testApp({ environment: { DATABASE_URL: `file:${path}` } });
  expect((await readSystem(app)).backups).toEqual([]);
  const copy = join(backupsOf(path), "before-migration-2026-01-02T03-04-05-678Z.db");
  await backupDatabase({ path }, copy);
  const system = await readSystem(app);
  expect(system.backups).toMatchObject([{ name: "before-migration-2026-01-02T03-04-05-678Z.db" }]);
  expect(system).toMatchObject({ databasePath: path, home: app.folder, olderArtifacts: 0 });
});
