import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A retrieval collection: documents, questions, and which documents answer which question. */
export interface Collection {
  name: string;
  documents: { id: string; title: string; text: string }[];
  queries: { id: string; text: string }[];
  /** Grades by document, by query. */
  judged: Map<string, Map<string, number>>;
  /** Prefix of the document ids to search in, by query. */
  prefixes: Map<string, string>;
}

const documentSchema = z.object({ _id: z.string(), title: z.string().default(""), text: z.string() });
const querySchema = z.object({ _id: z.string(), text: z.string() });

/** Reads corpus.jsonl, queries.jsonl, qrels.tsv and, where there is one, filters.tsv. */
export function readCollection(folder: string, name: string): Collection {
  const lines = (file: string) =>
    readFileSync(join(folder, name, file), "utf8")
      .split("\n")
      .filter(Boolean);
  const judged = new Map<string, Map<string, number>>();
  for (const line of lines("qrels.tsv").slice(1)) {
    const [query = "", document = "", grade = "0"] = line.split("\t");
    const grades = judged.get(query) ?? new Map<string, number>();
    judged.set(query, grades.set(document, Number(grade)));
  }
  const prefixes = new Map<string, string>();
  if (existsSync(join(folder, name, "filters.tsv"))) {
    for (const line of lines("filters.tsv").slice(1)) {
      const [query = "", prefix = ""] = line.split("\t");
      prefixes.set(query, prefix);
    }
  }
  return {
    name,
    judged,
    prefixes,
    documents: lines("corpus.jsonl").map((line) => {
      const { _id: id, title, text } = documentSchema.parse(JSON.parse(line));
      return { id, title, text };
    }),
    queries: lines("queries.jsonl").map((line) => {
      const { _id: id, text } = querySchema.parse(JSON.parse(line));
      return { id, text };
    }),
  };
}
