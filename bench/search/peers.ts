import { Database } from "bun:sqlite";
import { join } from "node:path";

/** One chunk of the corpus: its number, text and vector. */
export interface BenchChunk {
  id: number;
  text: string;
  vector: Float32Array;
}

/** A way to search that is measured. Ids of the ten best, the best first. */
export interface Peer {
  name: string;
  /** Compared by vectors, whose truth is known, or by words. */
  kind: "vectors" | "words";
  build: (chunks: Iterable<BenchChunk>, folder: string) => Promise<void> | void;
  search: (query: { text: string; vector: Float32Array }) => Promise<number[]> | number[];
  close?: () => void;
}

const HITS = 10;

/** Every vector read from SQLite and compared: what the vector leg has to beat. */
export function exactScan(): Peer {
  let database: Database | undefined;
  return {
    name: "exact scan in SQL",
    kind: "vectors",
    build: (chunks, folder) => {
      const made = new Database(join(folder, "exact.db"));
      database = made;
      made.run("PRAGMA journal_mode = WAL");
      made.run("CREATE TABLE v (id INTEGER PRIMARY KEY, vector BLOB NOT NULL)");
      const insert = made.prepare("INSERT INTO v VALUES (?, ?)");
      made.transaction(() => {
        for (const { id, vector } of chunks) insert.run(id, new Uint8Array(vector.buffer));
      })();
    },
    search: ({ vector }) => {
      const best: { id: number; score: number }[] = [];
      for (const row of database
        ?.query<{ id: number; vector: Uint8Array }, []>("SELECT * FROM v")
        .iterate() ?? []) {
        const other = new Float32Array(row.vector.buffer, row.vector.byteOffset, vector.length);
        let score = 0;
        for (let at = 0; at < vector.length; at++) score += (vector[at] ?? 0) * (other[at] ?? 0);
        if (best.length === HITS && score <= (best.at(-1)?.score ?? 0)) continue;
        best.push({ id: row.id, score });
        best.sort((a, b) => b.score - a.score);
        best.length = Math.min(best.length, HITS);
      }
      return best.map(({ id }) => id);
    },
    close: () => database?.close(),
  };
}

/** SQLite's full text alone: the question's words joined by OR, ranked by its own BM25. */
export function plainFts5(): Peer {
  let database: Database | undefined;
  return {
    name: "plain FTS5",
    kind: "words",
    build: (chunks, folder) => {
      const made = new Database(join(folder, "fts.db"));
      database = made;
      made.run("PRAGMA journal_mode = WAL");
      made.run("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='porter unicode61')");
      const insert = made.prepare("INSERT INTO t (rowid, body) VALUES (?, ?)");
      made.transaction(() => {
        for (const { id, text } of chunks) insert.run(id, text);
      })();
    },
    search: ({ text }) => {
      const any = (text.match(/\w+/g) ?? []).map((word) => `"${word}"`).join(" OR ");
      const sql = `SELECT rowid AS id FROM t WHERE t MATCH ? ORDER BY rank LIMIT ${HITS}`;
      return (
        database
          ?.query<{ id: number }, [string]>(sql)
          .all(any)
          .map(({ id }) => id) ?? []
      );
    },
    close: () => database?.close(),
  };
}
