import type { Collection } from "./collection";

/** Mean figures over the judged queries of one collection. */
export interface Figures {
  queries: number;
  ndcg10: number;
  recall10: number;
  mrr10: number;
  empty: number;
}

/** Scores ranked document ids by query: graded nDCG@10, recall@10, MRR@10 and how many queries found nothing. */
export function figuresOf(collection: Collection, ranked: ReadonlyMap<string, readonly string[]>): Figures {
  const rows = [...ranked].flatMap(([query, documents]) => {
    const grades = collection.judged.get(query);
    return grades === undefined ? [] : [scoreQuery(grades, documents)];
  });
  const mean = (key: keyof ReturnType<typeof scoreQuery>) =>
    rows.reduce((sum, row) => sum + row[key], 0) / Math.max(1, rows.length);
  return {
    queries: rows.length,
    ndcg10: mean("ndcg10"),
    recall10: mean("recall10"),
    mrr10: mean("mrr10"),
    empty: rows.reduce((sum, row) => sum + row.empty, 0),
  };
}

function gainOf(list: readonly number[]): number {
  return list.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}

function scoreQuery(grades: ReadonlyMap<string, number>, documents: readonly string[]) {
  const relevant = [...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const gains = documents.slice(0, 10).map((document) => Math.max(0, grades.get(document) ?? 0));
  const first = gains.findIndex((gain) => gain > 0);
  return {
    ndcg10: gainOf(gains) / gainOf(relevant),
    recall10: gains.filter((gain) => gain > 0).length / relevant.length,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    empty: documents.length === 0 ? 1 : 0,
  };
}
