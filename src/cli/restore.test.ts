import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
import { runCommand, startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";

/** A data folder with one synced note, its backup, and the note changed and synced since. */
async function restorable() {
  const folder = temporaryFolder();
  const [home, notes, backup] = ["home", "notes", "copies/monday.db"].map((name) =>
    join(folder.path, name),
  ) as [string, string, string];
  for (const path of [home, notes]) mkdirSync(path, { mode: 0o700 });
  const cli = (...args: string[]) => runCommand(args, { home });
  writeFileSync(join(notes, "crane.md"), "# Crane\n\nThe harbour crane is blue.\n");
  await cli("connect", "files", "--path", notes);
  expect(await cli("sync")).toMatchObject({ code: 0 });
  expect((await cli("backup", backup)).stderr).toContain("key");
  writeFileSync(join(notes, "crane.md"), "# Crane\n\nThe harbour crane is vermilion.\n");
  writeFileSync(join(notes, "ship.md"), "# Ship\n\nA ship called Walrus.\n");
  expect(await cli("sync")).toMatchObject({ code: 0 });
  const path = join(home, "stoneturner.db");
  return { home, path, backup, cli, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

type Place = Awaited<ReturnType<typeof restorable>>;

const titles = (path: string): unknown[] => {
  const database = new Database(path, { readonly: true });
  try {
    return database.query("SELECT title FROM mdArtifacts ORDER BY title").values().flat();
  } finally {
    database.close();
  }
};

/** Restores a copy that a statement has changed; it must be refused and leave everything as it was. */
async function refusal(place: Place, statement: string): Promise<string> {
  const changed = `${place.backup}.changed`;
  copyFileSync(place.backup, changed);
  const copy = new Database(changed);
  copy.run(statement);
  copy.close();
  const { code, stderr } = await place.cli("restore", changed);
  expect(code).not.toBe(0);
  expect(titles(place.path)).toEqual(["Crane", "Ship"]);
  expect(readdirSync(place.home).filter((name) => name.endsWith(".part"))).toEqual([]);
  return stderr;
}

describe("restore", () => {
  test("brings back the backup's state, keeps what it replaces, and syncs converge from there", async () => {
    using place = await restorable();
    const { code, stdout } = await place.cli("restore", place.backup);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("key are not part") });
    const kept = /kept: (.*)$/m.exec(stdout)?.[1] ?? "";
    expect(titles(kept)).toEqual(["Crane", "Ship"]);
    expect([statSync(kept).mode & 0o777, statSync(place.path).mode & 0o777]).toEqual([0o600, 0o600]);
    expect((await place.cli("search", "harbour crane")).stdout).toContain("blue");
    const restored = new Database(place.path, { readonly: true });
    expect(restored.query("PRAGMA journal_mode").values()).toEqual([["wal"]]);
    restored.close();
    expect(await place.cli("sync")).toMatchObject({ code: 0 });
    const found = (await place.cli("search", "harbour crane")).stdout;
    expect([found.includes("vermilion"), found.includes("blue")]).toEqual([true, false]);
    expect(titles(place.path)).toEqual(["Crane", "Ship"]);
  });

  test("is refused while a server runs, or any other process has the database open", async () => {
    using place = await restorable();
    const server = await startServing([], place);
    const refused = await place.cli("restore", place.backup);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("server runs") });
    server.child.kill("SIGTERM");
    await server.child.exited;
    const script = `
      import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
      globalThis.held = openDatabase(${JSON.stringify(place.path)});
      await globalThis.held.db.raw.all("SELECT 1 FROM setting");
      console.log("open");
      setTimeout(() => {}, 60000);`;
    const cwd = join(import.meta.dir, "../..");
    const other = Bun.spawn([process.execPath, "-e", script], { cwd, stdout: "pipe", stderr: "inherit" });
    await other.stdout.getReader().read();
    const held = await place.cli("restore", place.backup);
    expect(held).toMatchObject({ code: 1, stderr: expect.stringContaining("Another process has") });
    other.kill("SIGKILL");
    await other.exited;
    expect(titles(place.path)).toEqual(["Crane", "Ship"]);
    expect(await place.cli("restore", place.backup)).toMatchObject({ code: 0 });
  });

  test("refuses a file that holds more, less or other things than ours, and says which", async () => {
    using place = await restorable();
    const cases: [string, string][] = [
      ["CREATE TRIGGER sneaky AFTER INSERT ON setting BEGIN DELETE FROM mdArtifacts; END", "trigger sneaky"],
      ["CREATE VIEW searchSneaky AS SELECT 1", "view searchSneaky"],
      ["CREATE TABLE loot (secret TEXT)", "table loot"],
      ["ALTER TABLE setting ADD COLUMN more TEXT", "table setting"],
      ["DROP TABLE syncTask", "lacks the table syncTask"],
      [`INSERT INTO "__stoneturnerMigrations" VALUES (9000000000000, 'x', 'x')`, "newer Stoneturner"],
      [`UPDATE "__stoneturnerMigrations" SET hash = 'x'`, "no database of Stoneturner"],
    ];
    for (const [statement, reason] of cases) expect(await refusal(place, statement)).toContain(reason);
  });

  test("drops search triggers that are not ours, and the index is built again", async () => {
    using place = await restorable();
    const copy = new Database(place.backup);
    copy.run("CREATE TRIGGER searchSneaky AFTER UPDATE ON setting BEGIN DELETE FROM mdArtifacts; END");
    copy.close();
    expect(await place.cli("restore", place.backup)).toMatchObject({ code: 0 });
    const { db, close } = openDatabase(place.path);
    expect(await db.raw.all("SELECT 1 FROM sqlite_master WHERE name = 'searchSneaky'")).toEqual([]);
    close();
    expect((await place.cli("search", "harbour crane")).stdout).toContain("blue");
  });

  test("an older version's backup is brought up to date, whatever its index was like", async () => {
    using place = await restorable();
    const old = join(place.home, "old.db");
    const folder = join(place.home, "migrations");
    cpSync(join(import.meta.dir, "../../migrations"), folder, { recursive: true });
    const journal = join(folder, "meta/_journal.json");
    const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: object[] };
    // The migrations before the one that renames a table.
    writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 11) }));
    const database = openDatabase(old);
    await migrate(database, folder);
    await database.db.raw.run("CREATE TABLE searchChunk (rowId INTEGER PRIMARY KEY, artifactId TEXT)");
    await database.db.raw.run(`CREATE TABLE searchText (rowId INTEGER PRIMARY KEY)`);
    const today = new Database(place.path, { readonly: true });
    for (const [sql] of today.query("SELECT sql FROM sqlite_master WHERE name = 'searchChunkGone'").values())
      await database.db.raw.run(String(sql));
    today.close();
    database.close();
    expect(await place.cli("restore", old)).toMatchObject({ code: 0 });
    expect(await place.cli("status")).toMatchObject({ code: 0, stderr: "" });
    expect(await place.cli("doctor")).toMatchObject({ code: 0 });
  });

  test("refuses what is no backup: damage, other files, links, databases in use, itself", async () => {
    using place = await restorable();
    const { backup, cli, path } = place;
    const bytes = readFileSync(backup);
    const reasons: [string, Uint8Array | string, RegExp][] = [
      ["notes.txt", "not a database", /no SQLite database/],
      ["empty.db", "", /is empty/],
      ["half.db", bytes.subarray(0, bytes.length / 2), /damaged/],
    ];
    for (const [name, content, reason] of reasons) {
      const file = join(place.home, name);
      writeFileSync(file, content);
      expect((await cli("restore", file)).stderr).toMatch(reason);
    }
    const link = join(place.home, "link.db");
    symlinkSync(backup, link);
    expect((await cli("restore", link)).stderr).toContain("no plain file");
    expect((await cli("restore", place.home)).stderr).toContain("no plain file");
    expect(await cli("restore", join(place.home, "nowhere.db"))).toMatchObject({ code: 3 });
    expect((await cli("restore", path)).stderr).toContain("from itself");
    const folder = { home: place.home, env: { DATABASE_URL: `file:${place.home}` } };
    const inFolder = await runCommand(["restore", backup], folder);
    expect(inFolder).toMatchObject({ code: 2, stderr: expect.stringContaining("is a folder. Move it away") });
    writeFileSync(`${backup}-wal`, "something");
    expect((await cli("restore", backup)).stderr).toContain("write-ahead log");
    expect(titles(path)).toEqual(["Crane", "Ship"]);
  });

  test("replaces a database that is damaged, keeps it, and leaves none of its log behind", async () => {
    using place = await restorable();
    writeFileSync(place.path, "no database at all, but long enough to look at. ".repeat(100));
    writeFileSync(`${place.path}-wal`, "rubbish");
    const { code, stdout } = await place.cli("restore", place.backup);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(existsSync(`${place.path}-wal`)).toBe(false);
    const kept = /kept: (.*)$/m.exec(stdout)?.[1] ?? "";
    expect(readFileSync(`${kept}-wal`, "utf8")).toBe("rubbish");
    expect((await place.cli("search", "harbour crane")).stdout).toContain("blue");
  });

  test("keeps a journal of the damaged database away from the one it puts in place", async () => {
    using place = await restorable();
    const journal = journalOfChange(place.path);
    writeFileSync(place.path, "no database at all, but long enough to look at. ".repeat(100));
    writeFileSync(`${place.path}-journal`, journal);
    expect(await place.cli("restore", place.backup)).toMatchObject({ code: 0 });
    expect(existsSync(`${place.path}-journal`)).toBe(false);
    const restored = new Database(place.path);
    expect(restored.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
    restored.close();
    expect(titles(place.path)).toEqual(["Crane"]);
  });
});

/** The journal that a process leaves which is killed while it changes a database in place: SQLite undoes it when it opens. */
function journalOfChange(path: string): Buffer {
  const database = new Database(path);
  database.run("PRAGMA journal_mode = DELETE");
  // What does not fit in memory is written to the file at once, and what it was before to the journal.
  database.run("PRAGMA cache_size = 1");
  database.run("BEGIN");
  database.run("UPDATE mdArtifacts SET title = 'Undone', markdown = zeroblob(200000)");
  const journal = readFileSync(`${path}-journal`);
  database.run("ROLLBACK");
  database.close();
  return journal;
}
