import { GramQuery, type GramStatistics } from "./grams";
import type { Candidate } from "./load-candidates";
import { spreadCharacters } from "./neighbours";
import type { ScoredChunk } from "./score";
import type { ChunkRows } from "./text/chunk-rows";
import type { Weights } from "./weights";

/** Chunks that are ahead by their other legs are compared by characters as well. */
const leastLeaders = 100;
const leadersAHit = 5;

/** How many chunks are compared by characters where so many hits are asked for. */
export function leadersFor(limit: number): number {
  return Math.max(leastLeaders, leadersAHit * limit);
}

/** Characters of a query that n-grams are taken from. */
const longestQuery = 2_000;

/**
 * Scores chunks by the characters they share with a query, which takes their texts. Those of the likeliest ones are read
 * while others are still looked for.
 */
export class CharacterScores {
  private readonly query: GramQuery;
  private readonly known = new Map<number, { text: string; score: number }>();

  constructor(
    private readonly rows: Pick<ChunkRows, "textsOf">,
    query: string,
    statistics: GramStatistics,
    private readonly weights: Pick<Weights, "grams" | "charactersOfNeighbours">,
  ) {
    this.query = new GramQuery(query.slice(0, longestQuery), statistics);
  }

  /** Reads and scores chunks that are not known yet. */
  async read(chunks: readonly Candidate[]): Promise<void> {
    const { k1, b } = this.weights.grams;
    const titles = new Map<number, string>();
    for (const { rowId, title } of chunks) if (!this.known.has(rowId)) titles.set(rowId, title);
    for (const [rowId, text] of await this.rows.textsOf(titles))
      this.known.set(rowId, { text, score: this.query.score(text, k1, b) });
  }

  /** Adds the leg to the chunks, and gives their texts by number. */
  async addTo(scored: readonly ScoredChunk[]): Promise<Map<number, string>> {
    await this.read(scored.map(({ candidate }) => candidate));
    const texts = new Map<number, string>();
    for (const { candidate, raw } of scored) {
      const known = this.known.get(candidate.rowId);
      if (known === undefined) continue;
      raw.characters = known.score;
      texts.set(candidate.rowId, known.text);
    }
    spreadCharacters(scored, this.weights.charactersOfNeighbours);
    return texts;
  }
}
