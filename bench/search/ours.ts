import { join, resolve } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase, type OpenDatabase } from "@/core/db/open";
import type { SqlNow } from "@/core/models/database";
import { ensureIndex } from "@/core/services/index/index-schema";
import type { Embedder } from "@/core/services/index/embedder";
import { wantVersion } from "@/core/services/index/vector-versions";
import { BitVectors } from "@/core/services/search/vectors/bit-vectors";
import type { BenchChunk, Peer } from "./peers";

const everything = { sql: "a.live = 1", parameters: [], narrows: false };
const rowsATransaction = 2_000;
/** What a search asks of the vectors for ten hits, and how many count here. */
const asked = 50;
const counted = 10;

/** The vector leg of the product's own search, over its own tables; each chunk is an artifact. */
export function ours(embedder: Embedder): Peer {
  const model = { model: embedder.id, dimension: embedder.dimension };
  let open: OpenDatabase | undefined;
  let vectors: BitVectors | undefined;
  return {
    name: "Stoneturner, vector leg",
    kind: "vectors",
    build: async (chunks, folder) => {
      open = openDatabase(join(folder, "ours.db"));
      const { db } = open;
      await migrate(open, resolve(import.meta.dir, "../../migrations"));
      await ensureIndex(db);
      await wantVersion(db, embedder);
      let batch: BenchChunk[] = [];
      const write = () =>
        db.raw.together((sql) => {
          for (const chunk of batch) insert(sql, chunk, embedder.id);
          batch = [];
        });
      for (const chunk of chunks) {
        batch.push(chunk);
        if (batch.length === rowsATransaction) await write();
      }
      await write();
      vectors = new BitVectors({ db, path: join(folder, "ours.db-vectors") }, model);
      await vectors.maintain();
    },
    search: async ({ vector }) => {
      const nearest = await vectors?.candidates(vector, everything, asked, []);
      return (nearest?.chunks ?? []).slice(0, counted).map(({ rowId }) => rowId);
    },
    close: () => open?.close(),
  };
}

function insert(sql: SqlNow, { id, text, vector }: BenchChunk, model: string): void {
  const key = `artifact${id}`;
  sql.run(
    `INSERT INTO mdArtifacts (id, integrationArtifactId, integration, account, kind, title, updateDate, markdown, keyPoints,
       questionsAnswered, entities, metadata, contentHash, insightState, insightHash, indexedHash)
     VALUES (?, ?, 'bench', 'default', 'document', '', '2026-01-01', '', '[]', '[]', '[]', '{}', 'h', 'offline', 'h', 'h')`,
    [key, key],
  );
  sql.run(
    `INSERT INTO searchArtifact (no, artifactId, integration, account, kind, live, words, chunks)
     VALUES (?, ?, 'bench', 'default', 'document', 1, 1, 1)`,
    [id, key],
  );
  sql.run(
    `INSERT INTO chunk (rowId, artifactId, ordinal, startLine, endLine, text) VALUES (?, ?, 0, 1, 1, ?)`,
    [id, key, text],
  );
  sql.run(`INSERT INTO contentEmbedding (artifactId, ordinal, model, vector) VALUES (?, 0, ?, ?)`, [
    key,
    model,
    new Uint8Array(vector.buffer),
  ]);
}
