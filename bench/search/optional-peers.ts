/**
 * Peers that are no dependencies of the product: `npm install --prefix bench/search` puts them beside this file. One
 * that is not there is left out, and the report says so.
 */
import { createRequire } from "node:module";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import type { BenchChunk, Peer } from "./peers";

const load = createRequire(import.meta.url);

interface MiniSearchIndex {
  addAll: (documents: { id: number; text: string }[]) => void;
  search: (query: string, options: { combineWith: "OR" }) => { id: number }[];
}
type MiniSearchClass = new (options: { fields: string[]; idField: string }) => MiniSearchIndex;

/** MiniSearch: an index of words in memory. */
export function miniSearch(): Peer {
  // The package's own types are not there for the type check, which runs without it.
  const MiniSearch = load("minisearch") as MiniSearchClass;
  const index = new MiniSearch({ fields: ["text"], idField: "id" });
  return {
    name: "MiniSearch",
    kind: "words",
    build: (chunks) => index.addAll([...chunks].map(({ id, text }) => ({ id, text }))),
    search: ({ text }) =>
      index
        .search(text, { combineWith: "OR" })
        .slice(0, 10)
        .map(({ id }) => id),
  };
}

interface Orama {
  create: (options: { schema: Record<string, string> }) => unknown;
  insertMultiple: (
    index: unknown,
    documents: { id: string; text: string }[],
    batch: number,
  ) => Promise<unknown>;
  search: (index: unknown, query: { term: string; limit: number }) => Promise<{ hits: { id: string }[] }>;
}

/** Orama: an index of words in memory. */
export function orama(): Peer {
  const { create, insertMultiple, search } = load("@orama/orama") as Orama;
  const index = create({ schema: { id: "string", text: "string" } });
  return {
    name: "Orama",
    kind: "words",
    build: async (chunks) => {
      await insertMultiple(
        index,
        [...chunks].map(({ id, text }) => ({ id: String(id), text })),
        500,
      );
    },
    search: async ({ text }) =>
      (await search(index, { term: text, limit: 10 })).hits.map(({ id }) => Number(id)),
  };
}

/** sqlite-vec: a table of vectors in SQLite, all of them compared in C. */
export function sqliteVec(): Peer {
  const { getLoadablePath } = load("sqlite-vec") as { getLoadablePath: () => string };
  let database: Database | undefined;
  return {
    name: "sqlite-vec",
    kind: "vectors",
    build: (chunks: Iterable<BenchChunk>, folder) => {
      const made = new Database(join(folder, "vec.db"));
      database = made;
      made.loadExtension(getLoadablePath());
      made.run("PRAGMA journal_mode = WAL");
      made.run("CREATE VIRTUAL TABLE v USING vec0(vector float[256])");
      const insert = made.prepare("INSERT INTO v (rowid, vector) VALUES (?, ?)");
      made.transaction(() => {
        for (const { id, vector } of chunks) insert.run(id, new Uint8Array(vector.buffer));
      })();
    },
    search: ({ vector }) => {
      const sql = "SELECT rowid AS id FROM v WHERE vector MATCH ? AND k = 10 ORDER BY distance";
      const rows =
        database?.query<{ id: number }, [Uint8Array]>(sql).all(new Uint8Array(vector.buffer)) ?? [];
      return rows.map(({ id }) => id);
    },
    close: () => database?.close(),
  };
}

interface LanceTable {
  add: (rows: { id: number; vector: number[] }[]) => Promise<unknown>;
  createIndex: (column: string, options: { config: unknown }) => Promise<void>;
  query: () => { nearestTo: (vector: number[]) => LanceQuery };
  close: () => void;
}
interface LanceQuery {
  distanceType: (type: "cosine") => LanceQuery;
  refineFactor: (factor: number) => LanceQuery;
  limit: (count: number) => LanceQuery;
  toArray: () => Promise<{ id: number | bigint }[]>;
}
interface LanceDb {
  connect: (folder: string) => Promise<{
    createTable: (name: string, rows: { id: number; vector: number[] }[]) => Promise<LanceTable>;
  }>;
  Index: { hnswSq: (options: { distanceType: "cosine" }) => unknown };
}

const rowsACall = 5_000;

/** LanceDB: a graph over quantised vectors in files, its hits compared again by their floats. */
export function lanceDb(): Peer {
  const { connect, Index } = load("@lancedb/lancedb") as LanceDb;
  let table: LanceTable | undefined;
  return {
    name: "LanceDB, HNSW",
    kind: "vectors",
    build: async (chunks, folder) => {
      const database = await connect(join(folder, "lance"));
      const rows = [...chunks];
      for (let from = 0; from < rows.length; from += rowsACall) {
        const some = rows
          .slice(from, from + rowsACall)
          .map(({ id, vector }) => ({ id, vector: [...vector] }));
        if (table === undefined) table = await database.createTable("vectors", some);
        else await table.add(some);
      }
      await table?.createIndex("vector", { config: Index.hnswSq({ distanceType: "cosine" }) });
    },
    search: async ({ vector }) => {
      const nearest = table?.query().nearestTo([...vector]);
      const rows = await nearest?.distanceType("cosine").refineFactor(10).limit(10).toArray();
      return (rows ?? []).map(({ id }) => Number(id));
    },
    close: () => table?.close(),
  };
}
