import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { backupDatabase } from "@/core/db/backup";
import { migrate } from "@/core/db/migrate";
import { readKeptFile, writeKeptFile } from "@/core/services/search/kept-file";
import { migrationsFolder, temporaryDatabase } from "@test/database";

/** Processes that run until the tests are over, and one that was killed. */
let living: Bun.Subprocess;
let dead: Bun.Subprocess;
const start = () => Bun.spawn([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
beforeAll(async () => {
  [living, dead] = [start(), start()];
  dead.kill("SIGKILL");
  await dead.exited;
});
afterAll(() => living.kill());

const partsIn = (folder: string) => readdirSync(folder).filter((name) => name.includes(".part"));

describe("what killed processes left of files in the making", () => {
  test("is removed at the next start: of a restore, and of a copy before a migration", async () => {
    await using database = await temporaryDatabase();
    const backups = join(database.folder, "backups");
    mkdirSync(backups);
    const left = [
      `${database.path}.${dead.pid}.part`,
      `${database.path}.${dead.pid}.part-journal`,
      join(backups, `before-migration-2026-01-02T03-04-05-678Z.db.${dead.pid}.part`),
    ];
    const others = [
      `${database.path}.${living.pid}.part`,
      join(backups, `of-mine.db.${dead.pid}.part`),
      join(database.folder, `notes.db.${dead.pid}.part`),
    ];
    for (const path of [...left, ...others]) writeFileSync(path, "half of it");
    await migrate(database, migrationsFolder);
    expect([...partsIn(database.folder), ...partsIn(backups)].toSorted()).toEqual(
      others.map((path) => basename(path)).toSorted(),
    );
  });

  test("is removed by the next copy to the same place", async () => {
    await using database = await temporaryDatabase();
    const target = join(database.folder, "copies", "monday.db");
    mkdirSync(join(target, ".."));
    writeFileSync(`${target}.${dead.pid}.part`, "half of it");
    writeFileSync(`${target}.${living.pid}.part`, "being written");
    await backupDatabase(database, target);
    expect(partsIn(join(target, ".."))).toEqual([`monday.db.${living.pid}.part`]);
  });

  test("is told by its age where this process has the number of the one before", async () => {
    await using database = await temporaryDatabase();
    const own = `${database.path}.${process.pid}.part`;
    writeFileSync(own, "being written");
    await migrate(database, migrationsFolder);
    expect(partsIn(database.folder)).toHaveLength(1);
    utimesSync(own, new Date(0), new Date(0));
    await migrate(database, migrationsFolder);
    expect(partsIn(database.folder)).toEqual([]);
  });

  test("is removed when the file is made the next time, and nothing that others are making", async () => {
    await using database = await temporaryDatabase();
    const path = join(database.folder, "kept");
    const others = [`${path}.${living.pid}.part`, `${path}-more.${dead.pid}.part`];
    for (const part of [`${path}.${dead.pid}.part`, ...others]) writeFileSync(part, "half of it");
    await writeKeptFile(path, { format: 1 }, [new Uint8Array(8)]);
    expect(partsIn(database.folder).toSorted()).toEqual(others.map((part) => basename(part)).toSorted());
    expect(readKeptFile(path, ({ header, left }) => [header, left])).toEqual([{ format: 1 }, 8]);
  });
});
