import type { Db } from "@/core/models/database";
import { BestDocuments } from "./best-documents";
import { FactsOfChunks } from "./chunk-facts";
import { emptyDocuments, type Documents } from "./documents";
import { Postings } from "./postings";
import { fieldTable, textTable } from "./text-tables";

/** Fewer documents are not worth reading anew. */
const fewEnough = 1_000;
/** Share of documents that are gone, above which they are: they take memory, and time of each search. */
const mostGone = 0.25;

/** What is in memory of both full text tables, as long as they are the same. */
export interface Tables {
  generation: string | undefined;
  chunks: Documents;
  chunkPostings: Postings;
  bestChunks: BestDocuments;
  facts: FactsOfChunks;
  artifacts: Documents;
  fieldPostings: Postings;
  bestArtifacts: BestDocuments;
}

export function emptyTables(db: Db, generation: string | undefined): Tables {
  const [chunks, artifacts] = emptyDocuments(db);
  return {
    generation,
    chunks,
    facts: new FactsOfChunks(db, chunks),
    chunkPostings: new Postings(db, textTable, chunks),
    bestChunks: new BestDocuments(chunks),
    artifacts,
    fieldPostings: new Postings(db, fieldTable, artifacts),
    bestArtifacts: new BestDocuments(artifacts),
  };
}

/** False where much of it is gone from the database since: edits and removals leave places behind. */
export async function isMostlyThere({ chunks }: Pick<Tables, "chunks">): Promise<boolean> {
  if (chunks.count < fewEnough) return true;
  const { held } = await chunks.inTable();
  return held >= chunks.count * (1 - mostGone);
}
