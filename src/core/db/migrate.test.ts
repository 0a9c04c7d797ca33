import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { backupDatabase } from "@/core/db/backup";
import { LEDGER, migrate } from "@/core/db/migrate";
import { openDatabase, type OpenDatabase } from "@/core/db/open";
import { CancelledError, messageOf } from "@/core/models/errors";
import { migrationsFolder, temporaryDatabase, temporaryFolder } from "@test/database";

/** A copy of the real migrations with more of them after the last one. */
function withMore(folder: string, statements: readonly string[]): string {
  const copy = join(folder, "migrations");
  cpSync(migrationsFolder, copy, { recursive: true });
  const journalPath = join(copy, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(journalPath, "utf8"));
  for (const [index, statement] of statements.entries()) {
    const tag = `9${index}_more`;
    journal.entries.push({
      idx: 900 + index,
      version: "6",
      when: 9_000_000_000_000 + index,
      tag,
      breakpoints: true,
    });
    writeFileSync(join(copy, `${tag}.sql`), statement);
  }
  writeFileSync(journalPath, JSON.stringify(journal));
  return copy;
}

const tableNames = async (open: OpenDatabase) =>
  (await open.db.raw.all("SELECT name FROM sqlite_master WHERE type = 'table'")).map((row) => row["name"]);
const reasonOf = (failing: Promise<unknown>) => failing.then(() => "it worked", messageOf);

describe("migrate", () => {
  test("makes every table of a new database, without a backup of nothing", async () => {
    using folder = temporaryFolder();
    const open = openDatabase(join(folder.path, "stoneturner.db"));
    const outcome = await migrate(open, migrationsFolder);
    expect(outcome.applied).toBeGreaterThan(0);
    expect(outcome.backup).toBeUndefined();
    expect(await tableNames(open)).toEqual(
      expect.arrayContaining(["mdArtifacts", "chunk", "syncRun", "setting"]),
    );
    open.close();
  });

  test("does nothing the second time", async () => {
    await using database = await temporaryDatabase();
    expect(await migrate(database, migrationsFolder)).toEqual({ applied: 0, backup: undefined });
  });

  test("copies a database that holds data before it changes it", async () => {
    await using database = await temporaryDatabase();
    await database.db.raw.run("INSERT INTO setting VALUES ('kept', 'true')");
    const told: unknown[] = [];
    const { applied, backup } = await migrate(
      database,
      withMore(database.folder, ["CREATE TABLE more (id TEXT)"]),
      { onCopy: (target, bytes) => told.push([target, bytes, existsSync(target)]) },
    );
    expect(applied).toBe(1);
    if (backup === undefined) throw new Error("no backup was made");
    expect(told).toEqual([[backup, expect.any(Number), false]]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const copy = openDatabase(backup);
    expect(await tableNames(copy)).not.toContain("more");
    expect(await copy.db.raw.all("SELECT key FROM setting")).toEqual([{ key: "kept" }]);
    copy.close();
  });

  test("keeps the newest five copies, and nobody else's files", async () => {
    await using database = await temporaryDatabase();
    const folder = join(database.folder, "backups");
    mkdirSync(folder);
    const old = Array.from(
      { length: 7 },
      (_, index) => `before-migration-2026-01-0${index + 1}T00-00-00-000Z.db`,
    );
    for (const name of [...old, "monday.db", "before-restore-2020.db"]) writeFileSync(join(folder, name), "");
    const { backup } = await migrate(database, withMore(database.folder, ["CREATE TABLE more (id TEXT)"]));
    const kept = [...old.slice(3), basename(backup ?? ""), "before-restore-2020.db", "monday.db"];
    expect(new Set(readdirSync(folder))).toEqual(new Set(kept));
  });

  test("applies all pending migrations or none", async () => {
    await using database = await temporaryDatabase();
    const folder = withMore(database.folder, ["CREATE TABLE first (id TEXT)", "CREATE TABLE wrong ("]);
    expect(await reasonOf(migrate(database, folder))).not.toBe("it worked");
    expect(await tableNames(database)).not.toContain("first");
    expect((await migrate(database, migrationsFolder)).applied).toBe(0);
  });

  test("rebuilds a table without losing the rows that refer to it", async () => {
    await using database = await temporaryDatabase();
    const more = [
      "CREATE TABLE parent (id TEXT PRIMARY KEY)",
      "CREATE TABLE child (id TEXT, parentId TEXT REFERENCES parent(id) ON DELETE CASCADE)",
    ];
    await migrate(database, withMore(database.folder, more));
    await database.db.raw.run("INSERT INTO parent VALUES ('p')");
    await database.db.raw.run("INSERT INTO child VALUES ('c', 'p')");
    const rebuild = [
      "CREATE TABLE newParent (id TEXT PRIMARY KEY, note TEXT)",
      "INSERT INTO newParent (id) SELECT id FROM parent",
      "DROP TABLE parent",
      "ALTER TABLE newParent RENAME TO parent",
    ];
    await migrate(database, withMore(database.folder, [...more, rebuild.join("--> statement-breakpoint\n")]));
    expect(await database.db.raw.all("SELECT * FROM child")).toEqual([{ id: "c", parentId: "p" }]);
    expect(await reasonOf(database.db.raw.run("INSERT INTO child VALUES ('d', 'nobody')"))).toContain(
      "FOREIGN KEY",
    );
  });

  test("refuses to leave rows that refer to nothing, and changes nothing", async () => {
    await using database = await temporaryDatabase();
    const orphan = `INSERT INTO chunk VALUES (1, 'nobody', 0, 1, 1, NULL, 'text')`;
    expect(await reasonOf(migrate(database, withMore(database.folder, [orphan])))).toContain(
      "refer to nothing",
    );
    expect(await database.db.raw.all("SELECT * FROM chunk")).toEqual([]);
  });

  test("refuses a database of a newer program, and says what to do", async () => {
    await using database = await temporaryDatabase();
    await migrate(database, withMore(database.folder, ["CREATE TABLE more (id TEXT)"]));
    const reason = await reasonOf(migrate(database, migrationsFolder));
    expect(reason).toContain("newer Stoneturner");
    expect(reason).toContain("backup");
  });

  test("two programs that start on one new database at once both find it migrated", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "stoneturner.db");
    const script = `
      import { migrate } from "@/core/db/migrate";
      import { openDatabase } from "@/core/db/open";
      await migrate(openDatabase(${JSON.stringify(path)}), ${JSON.stringify(migrationsFolder)});`;
    const cwd = resolve(import.meta.dir, "../../..");
    const start = () =>
      Bun.spawn([process.execPath, "-e", script], { cwd, stdout: "ignore", stderr: "pipe" });
    const both = [start(), start(), start()];
    const ends = await Promise.all(
      both.map(async (one) => [await one.exited, await new Response(one.stderr).text()]),
    );
    expect(ends).toEqual([
      [0, ""],
      [0, ""],
      [0, ""],
    ]);
  });

  test("a program that starts while another brings the database up to date waits for it, and finds it done", async () => {
    await using database = await temporaryDatabase();
    const more = withMore(database.folder, ["CREATE TABLE more (id TEXT)"]);
    const other = openDatabase(database.path);
    await database.db.raw.run("PRAGMA busy_timeout = 20");
    const release = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const holding = other.db.transaction(async (tx) => {
      await tx.raw.run("CREATE TABLE more (id TEXT)");
      const values = [9_000_000_000_000, "more", new Date().toISOString()];
      await tx.raw.run(`INSERT INTO "${LEDGER}" VALUES (?, ?, ?)`, values);
      begun.resolve();
      await release.promise;
    });
    await begun.promise;
    const waited = Promise.withResolvers<void>();
    const migrating = migrate(database, more, { onWait: waited.resolve });
    await Promise.race([waited.promise, migrating]);
    release.resolve();
    await holding;
    expect((await migrating).applied).toBe(0);
    expect(await tableNames(database)).toContain("more");
    other.close();
  });

  test("a program that is killed half-way leaves the schema as it was", async () => {
    await using database = await temporaryDatabase();
    const folder = withMore(database.folder, [
      "CREATE TABLE first (id TEXT)",
      "INSERT INTO first WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    ]);
    const script = `
      import { migrate } from "@/core/db/migrate";
      import { openDatabase } from "@/core/db/open";
      console.log("started");
      await migrate(openDatabase(${JSON.stringify(database.path)}), ${JSON.stringify(folder)});`;
    const cwd = resolve(import.meta.dir, "../../..");
    const child = Bun.spawn([process.execPath, "-e", script], { cwd, stdout: "pipe", stderr: "inherit" });
    await child.stdout.getReader().read();
    // Half-way is where the log holds rows of a statement that never ends.
    const written = () => statSync(`${database.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    while (written() < 2 ** 20) await Bun.sleep(5);
    child.kill("SIGKILL");
    expect(await child.exited).not.toBe(0);
    expect(await tableNames(database)).not.toContain("first");
    expect((await migrate(database, migrationsFolder)).applied).toBe(0);
  });
});

describe("a backup", () => {
  test("is a whole copy that its owner alone can read, in a folder made for it", async () => {
    await using database = await temporaryDatabase();
    await database.db.raw.run("INSERT INTO setting VALUES ('kept', 'true')");
    const target = await backupDatabase(database, join(database.folder, "copies", "one.db"));
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const copy = openDatabase(target);
    expect(await copy.db.raw.all("SELECT key FROM setting")).toEqual([{ key: "kept" }]);
    copy.close();
  });

  test("belongs to its owner alone from its first byte on, whatever the umask lets others see", async () => {
    await using database = await temporaryDatabase();
    await database.db.raw.run("INSERT INTO setting VALUES ('large', hex(zeroblob(8000000)))");
    const [modes, before] = [new Set<string>(), process.umask(0)];
    const copying = { isOver: false };
    const copied = backupDatabase(database, join(database.folder, "one.db")).finally(
      () => (copying.isOver = true),
    );
    while (!copying.isOver) {
      for (const name of readdirSync(database.folder).filter((file) => file.startsWith("one.db")))
        modes.add(
          (statSync(join(database.folder, name), { throwIfNoEntry: false })?.mode ?? 0o600).toString(8),
        );
      await new Promise(setImmediate);
    }
    process.umask(before);
    await copied;
    expect([...modes].filter((mode) => !mode.endsWith("600"))).toEqual([]);
    expect(modes.size).toBeGreaterThan(0);
  });

  test("that is stopped ends at once with the reason, and leaves nothing of itself", async () => {
    await using database = await temporaryDatabase();
    await database.db.raw.run("INSERT INTO setting VALUES ('large', hex(zeroblob(8000000)))");
    const stop = new AbortController();
    const copied = backupDatabase(database, join(database.folder, "one.db"), stop.signal);
    stop.abort(new CancelledError("Interrupted."));
    expect(await reasonOf(copied)).toContain("Interrupted.");
    expect(readdirSync(database.folder).filter((name) => name.startsWith("one.db"))).toEqual([]);
  });

  test("takes the place of an older one, and leaves no part of itself when it fails", async () => {
    await using database = await temporaryDatabase();
    const target = join(database.folder, "one.db");
    writeFileSync(target, "an older copy");
    await backupDatabase(database, target);
    expect(statSync(target).size).toBeGreaterThan(1000);
    expect(existsSync(`${target}.${process.pid}.part`)).toBe(false);
    const inFile = join(target, "below-a-file.db");
    expect(await reasonOf(backupDatabase(database, inFile))).not.toBe("it worked");
  });
});
