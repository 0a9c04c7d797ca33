import { expect, test } from "bun:test";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/core/db/open";
import { chunk, mdArtifacts } from "@/core/db/schema";
import { messageOf } from "@/core/models/errors";
import { temporaryDatabase, temporaryFolder } from "@test/database";

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("a new database and its folder can be read by their owner alone", () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "deep", "er", "stoneturner.db");
  openDatabase(path).close();
  expect(permissions(path)).toBe("600");
  expect(permissions(join(folder.path, "deep", "er"))).toBe("700");
});

test("the write-ahead log and shared memory are as private as the database", async () => {
  await using database = await temporaryDatabase();
  expect(permissions(`${database.path}-wal`)).toBe("600");
  expect(permissions(`${database.path}-shm`)).toBe("600");
});

test("the connection writes ahead, keeps foreign keys and waits for another process's lock", async () => {
  await using database = await temporaryDatabase();
  const pragma = async (name: string) =>
    Object.values((await database.db.raw.all(`PRAGMA ${name}`))[0] ?? {});
  expect(await pragma("journal_mode")).toEqual(["wal"]);
  expect(await pragma("foreign_keys")).toEqual([1]);
  expect(await pragma("synchronous")).toEqual([1]);
  expect(await pragma("busy_timeout")).toEqual([5000]);
});

test("a chunk of an artifact that does not exist is refused", async () => {
  await using database = await temporaryDatabase();
  const orphan = database.db
    .insert(chunk)
    .values({ rowId: 1, artifactId: "nobody", ordinal: 0, startLine: 1, endLine: 1, text: "x" });
  expect(
    await orphan.then(
      () => "",
      (error: unknown) => messageOf(error),
    ),
  ).toContain("FOREIGN KEY");
});

test("two connections share one database: one reads what the other wrote", async () => {
  await using database = await temporaryDatabase();
  const second = openDatabase(database.path);
  await database.db.raw.run("INSERT INTO setting VALUES ('a', '1')");
  expect(await second.db.raw.all("SELECT key FROM setting")).toEqual([{ key: "a" }]);
  expect(await second.db.$count(mdArtifacts)).toBe(0);
  second.close();
});

test("a data folder that cannot be, and a database that cannot be opened, are named with what to do", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "notes.txt");
  writeFileSync(file, "x");
  mkdirSync(join(folder.path, "taken.db"));
  const opening = (path: string) => () => openDatabase(path).close();
  expect(opening(join(file, "stoneturner.db"))).toThrow(
    expect.objectContaining({
      code: "config",
      message: expect.stringContaining(`The data folder ${file} cannot`),
    }),
  );
  expect(opening(join(folder.path, "taken.db"))).toThrow(
    expect.objectContaining({ code: "config", action: expect.stringContaining("STONETURNER_HOME") }),
  );
});

test("who opens the database while another takes its place works on the new one", async () => {
  using folder = temporaryFolder();
  const [path, next] = [join(folder.path, "stoneturner.db"), join(folder.path, "next.db")];
  openDatabase(path).close();
  const other = openDatabase(next);
  await other.db.raw.run("CREATE TABLE restored (id TEXT)");
  other.close();
  const script = `
    import { Database } from "bun:sqlite";
    import { renameSync } from "node:fs";
    const held = new Database(${JSON.stringify(path)});
    held.run("PRAGMA locking_mode = EXCLUSIVE");
    held.run("PRAGMA journal_mode = DELETE");
    held.run("BEGIN EXCLUSIVE");
    console.log("held");
    await Bun.sleep(300);
    renameSync(${JSON.stringify(next)}, ${JSON.stringify(path)});
    held.close();`;
  const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe", stderr: "inherit" });
  await child.stdout.getReader().read();
  const open = openDatabase(path);
  expect(await open.db.raw.all("SELECT name FROM sqlite_master")).toEqual([{ name: "restored" }]);
  open.close();
  expect(await child.exited).toBe(0);
});

test("a file that is no database is an error, and stays as it was", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "notes.txt");
  writeFileSync(path, "Just some notes, and enough of them to fill the header of a file. ".repeat(20));
  const size = statSync(path).size;
  expect(() => openDatabase(path)).toThrow();
  expect(statSync(path).size).toBe(size);
});
