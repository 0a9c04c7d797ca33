/** How what was synced over time differs from what a new installation reads at once, in words. */
import { isDeepStrictEqual } from "node:util";
import type { Db, SqlRow } from "@/core/models/database";
import type { ConnectedApp } from "@test/fake-app";

type Served = Awaited<ReturnType<ConnectedApp["served"]>>;

export function servedDiffers(grown: Served, fresh: Served): string[] {
  const found: string[] = [];
  for (const [key, { title, markdown }] of fresh) {
    const old = grown.get(key);
    if (old === undefined) found.push(`${key} ("${title}") is missing`);
    else if (old.title !== title) found.push(`${key} is titled "${old.title}", not "${title}"`);
    else if (old.markdown !== markdown) found.push(`${key} ${firstDifference(old.markdown, markdown)}`);
  }
  for (const key of grown.keys()) if (!fresh.has(key)) found.push(`${key} is served, but not there`);
  return found;
}

function firstDifference(old: string, fresh: string): string {
  const [is, should] = [old.split("\n"), fresh.split("\n")];
  const at = should.findIndex((line, index) => line !== is[index]);
  const line = at === -1 ? should.length : at;
  return `reads "${is[line]?.slice(0, 80) ?? ""}" in line ${line + 1}, not "${should[line]?.slice(0, 80) ?? ""}"`;
}

/** Compares the integration's own tables, whatever the order of their rows. */
export async function ownRowsDiffer(grown: Db, fresh: Db, tables: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rowsOf = async (db: Db) => sorted(await db.raw.all(`SELECT * FROM "${table}"`));
    const [is, should] = [await rowsOf(grown), await rowsOf(fresh)];
    if (isDeepStrictEqual(is, should)) continue;
    const [many, few] = [new Set(is), new Set(should)];
    const lacks = should.filter((row) => !many.has(row)).map((row) => `${table} lacks ${row.slice(0, 300)}`);
    const extra = is.filter((row) => !few.has(row)).map((row) => `${table} still has ${row.slice(0, 300)}`);
    found.push(...lacks, ...extra);
  }
  return found;
}

/** Which run met a row last is bookkeeping. */
function sorted(rows: readonly SqlRow[]): string[] {
  const own = (row: SqlRow) => Object.entries(row).filter(([name]) => !/run(?:Id)?$/i.test(name));
  return rows.map((row) => JSON.stringify(Object.fromEntries(own(row)))).sort();
}
