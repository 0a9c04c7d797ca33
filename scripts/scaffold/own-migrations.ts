/** Takes back migrations that only made one integration's tables, as long as nobody has come to rely on them. */
import { Database } from "bun:sqlite";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { is } from "drizzle-orm";
import { getTableName, Table } from "drizzle-orm/table";
import { z } from "zod";
import { LEDGER } from "@/core/db/migrate";

const journalSchema = z.looseObject({
  entries: z.array(z.looseObject({ idx: z.number(), when: z.number(), tag: z.string() })),
});

/** Names of the tables that an integration's `db/schema.ts` declares. */
export async function tablesOf(schemaPath: string): Promise<string[]> {
  if (!existsSync(schemaPath)) return [];
  const declared: object = await import(schemaPath);
  return Object.values(declared).flatMap((one) => (is(one, Table) ? [getTableName(one)] : []));
}

/**
 * Deletes the newest migrations while they are about `tables` alone, are not committed, and were applied to none of the
 * databases. What stays has to be undone by a migration of its own.
 *
 * @param databases folders in which databases lie.
 * @returns names of the migrations that were taken back.
 */
export function takeBackMigrations(
  root: string,
  tables: readonly string[],
  databases: readonly string[],
): string[] {
  const folder = join(root, "migrations");
  const journalPath = join(folder, "meta/_journal.json");
  const written: unknown = JSON.parse(readFileSync(journalPath, "utf8"));
  const journal = journalSchema.parse(written);
  const applied = new Set(databases.flatMap(appliedIn));
  const taken: string[] = [];
  for (const { idx, when, tag } of journal.entries.toReversed()) {
    const file = join(folder, `${tag}.sql`);
    const own = isAbout(readFileSync(file, "utf8"), tables);
    if (!own || applied.has(when) || isCommitted(root, file)) break;
    rmSync(file);
    rmSync(join(folder, "meta", `${String(idx).padStart(4, "0")}_snapshot.json`), { force: true });
    taken.push(tag);
  }
  // As it was written but for those: a schema would put its fields into another order.
  const isTaken = (value: unknown) =>
    taken.includes(journalSchema.shape.entries.element.safeParse(value).data?.tag ?? "");
  const left = JSON.stringify(
    written,
    (name, value: unknown) =>
      name === "entries" && Array.isArray(value) ? value.filter((one) => !isTaken(one)) : value,
    2,
  );
  if (taken.length > 0) writeFileSync(journalPath, left);
  return taken;
}

/**
 * The same for the newest migrations that made tables which no committed one knows. Nothing without a repository: there
 * nothing tells what others have.
 */
export function takeBackUnseen(root: string, databases: readonly string[]): string[] {
  if (Bun.spawnSync(["git", "cat-file", "-e", "HEAD:./package.json"], { cwd: root }).exitCode !== 0)
    return [];
  const folder = join(root, "migrations");
  const unseen = readdirSync(folder).filter(
    (name) => name.endsWith(".sql") && !isCommitted(root, join(folder, name)),
  );
  const made = unseen.flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/^CREATE TABLE `([^`]+)`/gm)].map(
      ([, table = ""]) => table,
    ),
  );
  return made.length === 0 ? [] : takeBackMigrations(root, made, databases);
}

const statement =
  /^(?:(?:CREATE|ALTER|DROP) TABLE|CREATE (?:UNIQUE )?INDEX `[^`]+` ON)\s+(?:IF (?:NOT )?EXISTS )?`([^`]+)`/;

function isAbout(sql: string, tables: readonly string[]): boolean {
  const statements = sql.split("--> statement-breakpoint").map((one) => one.trim());
  return statements.every((one) => one === "" || tables.includes(statement.exec(one)?.[1] ?? ""));
}

/** Times of the migrations that the databases of a folder have had. */
function appliedIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".db"));
  return files.flatMap((name) => {
    const database = new Database(join(folder, name), { readonly: true });
    try {
      const known = database.query("SELECT 1 FROM sqlite_master WHERE name = ?").get(LEDGER);
      if (known === null) return [];
      const rows = database.query(`SELECT createdAt FROM "${LEDGER}"`).all();
      return z
        .array(z.object({ createdAt: z.number() }))
        .parse(rows)
        .map(({ createdAt }) => createdAt);
    } finally {
      database.close();
    }
  });
}

/** Whether others may have the file already. Without a repository nothing says so. */
function isCommitted(root: string, file: string): boolean {
  const { exitCode } = Bun.spawnSync(["git", "cat-file", "-e", `HEAD:./${file.slice(root.length + 1)}`], {
    cwd: root,
  });
  return exitCode === 0;
}
