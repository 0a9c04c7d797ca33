import { join } from "node:path";
import { askedOnce } from "@/lib/asked-once";
import type { Embedder } from "./embedder";
import { TokenTable } from "./static/token-table";

const path = join(import.meta.dir, "../../../assets/models/static-256-v1.bin");

/** Read when the first text comes. */
const loadedTable = askedOnce(async () => new TokenTable(await Bun.file(path).arrayBuffer()));

/**
 * The table that comes with the program: knows which English words mean alike, at the pace of reading them. How it was
 * made and what it gains: docs/research/static-embedding.md. Questions in other languages have no cosine with anything,
 * so that they are answered by the other legs alone.
 */
export const staticEmbedder: Embedder = {
  id: "static-256-v1",
  dimension: 256,
  embed: async (texts, kind) => {
    const loaded = await loadedTable();
    // In one piece of memory: each of its own would be copied once more before SQLite can be given its bytes.
    const all = new Float32Array(texts.length * loaded.dimension);
    return texts.map((text, at) => {
      const from = at * loaded.dimension;
      return loaded.embed(text, kind, all.subarray(from, from + loaded.dimension));
    });
  },
};

/** Share of a text's words of four letters and more that English has; 1 when it has none with Latin letters. */
export async function familiarityOf(text: string): Promise<number> {
  return (await loadedTable()).familiarityOf(text);
}
