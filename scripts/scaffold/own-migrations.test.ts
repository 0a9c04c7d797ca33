import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@test/database";
import { tablesOf, takeBackMigrations, takeBackUnseen } from "./own-migrations";

const sql = [
  "CREATE TABLE `core` (`id` text);",
  "CREATE TABLE `acmeItem` (`id` text);\n--> statement-breakpoint\nCREATE INDEX `acmeIndex` ON `acmeItem` (`id`);",
  "ALTER TABLE `acmeItem` ADD `title` text;",
];

/** A project with three migrations, the last two of them Acme's. */
function project(path: string): void {
  mkdirSync(join(path, "migrations/meta"), { recursive: true });
  for (const [idx, text] of sql.entries()) {
    writeFileSync(join(path, `migrations/000${idx}_m.sql`), text);
    writeFileSync(join(path, `migrations/meta/000${idx}_snapshot.json`), "{}");
  }
  const entries = sql.map((_text, idx) => ({ idx, version: "6", when: 1_000 + idx, tag: `000${idx}_m` }));
  writeFileSync(join(path, "migrations/meta/_journal.json"), JSON.stringify({ version: "7", entries }));
}

const gitIn =
  (cwd: string) =>
  (...args: string[]) =>
    Bun.spawnSync(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd });

test("what nobody has seen is taken back, down to the first migration about something else", async () => {
  using folder = temporaryFolder();
  project(folder.path);
  expect(takeBackMigrations(folder.path, ["acmeItem"], [folder.path])).toEqual(["0002_m", "0001_m"]);
  expect(readdirSync(join(folder.path, "migrations")).toSorted()).toEqual(["0000_m.sql", "meta"]);
  expect(existsSync(join(folder.path, "migrations/meta/0001_snapshot.json"))).toBe(false);
  const journal = await Bun.file(join(folder.path, "migrations/meta/_journal.json")).text();
  const entries = [{ idx: 0, version: "6", when: 1_000, tag: "0000_m" }];
  expect(journal).toBe(JSON.stringify({ version: "7", entries }, null, 2));
  expect(takeBackMigrations(folder.path, ["acmeItem"], [folder.path])).toEqual([]);
});

test("what a database has had stays", () => {
  using folder = temporaryFolder();
  project(folder.path);
  const database = new Database(join(folder.path, "stoneturner.db"));
  database.run(`CREATE TABLE "__stoneturnerMigrations" (createdAt INTEGER, hash TEXT, appliedAt TEXT)`);
  database.run(`INSERT INTO "__stoneturnerMigrations" VALUES (1001, '', '')`);
  database.close();
  expect(takeBackMigrations(folder.path, ["acmeItem"], [folder.path, join(folder.path, "nowhere")])).toEqual([
    "0002_m",
  ]);
});

test("what is committed stays", () => {
  using folder = temporaryFolder();
  project(folder.path);
  const git = gitIn(folder.path);
  git("init", "--quiet");
  git("add", "migrations/0001_m.sql");
  git("commit", "--quiet", "--no-gpg-sign", "-m", "tables");
  expect(takeBackMigrations(folder.path, ["acmeItem"], [])).toEqual(["0002_m"]);
});

test("what nobody has is made anew where it made new tables, and only where a repository says that nobody has it", () => {
  using folder = temporaryFolder();
  project(folder.path);
  writeFileSync(join(folder.path, "package.json"), "{}");
  const git = gitIn(folder.path);
  git("init", "--quiet");
  git("add", "package.json", "migrations/0000_m.sql");
  expect(takeBackUnseen(folder.path, [])).toEqual([]);
  git("commit", "--quiet", "--no-gpg-sign", "-m", "core");
  const changed = "UPDATE `core` SET `id` = '';";
  writeFileSync(join(folder.path, "migrations/0002_m.sql"), changed);
  expect(takeBackUnseen(folder.path, [])).toEqual([]);
  writeFileSync(join(folder.path, "migrations/0002_m.sql"), sql[2] ?? "");
  expect(takeBackUnseen(folder.path, [])).toEqual(["0002_m", "0001_m"]);
  expect(takeBackUnseen(folder.path, [])).toEqual([]);
});

test("an integration's tables are those that it declares", async () => {
  const schema = resolve(import.meta.dir, "../../src/integrations/gong/db/schema.ts");
  expect(await tablesOf(schema)).toContain("gongCall");
  expect(await tablesOf(`${schema}.none`)).toEqual([]);
});
