import type { Collection } from "./collection";

/** How well one question was answered. */
export interface QueryFigures {
  ndcg10: number;
  recall10: number;
  recall100: number;
  mrr10: number;
  /** 1 when nothing was found. */
  empty: number;
}

/** Means over the judged questions of one collection; `empty` is a count. */
export type Figures = QueryFigures & { queries: number };

const names = ["ndcg10", "recall10", "recall100", "mrr10", "empty"] as const;

/** Graded nDCG@10, recall at 10 and 100 and MRR@10 of ranked document ids, by judged question. */
export function figuresByQuery(
  collection: Pick<Collection, "judged">,
  ranked: ReadonlyMap<string, readonly string[]>,
): Map<string, QueryFigures> {
  const figures = new Map<string, QueryFigures>();
  for (const [query, documents] of ranked) {
    const grades = collection.judged.get(query);
    if (grades !== undefined) figures.set(query, scoreQuery(grades, documents));
  }
  return figures;
}

/** Scores ranked document ids by query: the means of all questions. */
export function figuresOf(
  collection: Pick<Collection, "judged">,
  ranked: ReadonlyMap<string, readonly string[]>,
): Figures {
  return meanOf([...figuresByQuery(collection, ranked).values()]);
}

/** Means of questions' figures; `empty` is their count. */
export function meanOf(rows: readonly QueryFigures[]): Figures {
  const means: Figures = { queries: rows.length, ndcg10: 0, recall10: 0, recall100: 0, mrr10: 0, empty: 0 };
  for (const row of rows) for (const name of names) means[name] += row[name];
  for (const name of names) if (name !== "empty") means[name] /= Math.max(1, rows.length);
  return means;
}

function gainOf(list: readonly number[]): number {
  return list.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}

function scoreQuery(grades: ReadonlyMap<string, number>, documents: readonly string[]): QueryFigures {
  const relevant = [...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const gains = documents.slice(0, 100).map((document) => Math.max(0, grades.get(document) ?? 0));
  const foundIn = (most: number) => gains.slice(0, most).filter((gain) => gain > 0).length;
  const first = gains.slice(0, 10).findIndex((gain) => gain > 0);
  const all = Math.max(1, relevant.length);
  return {
    ndcg10: relevant.length === 0 ? 0 : gainOf(gains) / gainOf(relevant),
    recall10: foundIn(10) / all,
    recall100: foundIn(100) / all,
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    empty: documents.length === 0 ? 1 : 0,
  };
}
