import { artifactKinds, type ArtifactKind } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { nextTurn } from "@/lib/next-turn";
import { GramCounts, type GramStatistics } from "./grams";
import { servedVersion } from "./served-version";
import type { DocumentsFile } from "./text/documents-file";
import { CommonTerms } from "./text/common-terms";
import { aboutHowMany } from "./text/fts5/term-documents";
import { TextIndex } from "./text/text-index";

/** Figures of the whole index that scores depend on. */
export interface IndexFigures {
  chunks: number;
  /** Mean words in a chunk, by kind; the overall mean where a kind is rare. */
  averageLength: Record<ArtifactKind, number>;
  grams: GramStatistics;
  /** Artifacts that wait for indexing. */
  waiting: number;
}

/** What follows from the index alone. */
type OwnFigures = Omit<IndexFigures, "waiting">;

interface Frequency {
  chunks: number;
  frequency: number;
}

const gramSamples = 600;
/** Of these, so many are looked at in a row: some milliseconds. */
const textsAStep = 50;
/** A kind with fewer chunks than this takes the overall mean length. */
const enoughChunks = 20;
/** Words in more chunks than this are dear to count, and are counted anew only when the index changed by a fifth. */
const commonFrom = 2_000;
const mostRemembered = 50_000;
/**
 * How old figures may be while the database keeps changing, in times of what reading them took, and by what factor the
 * index may have grown since n-grams were counted. A search puts up with more than who reads them between searches.
 */
const mostAge = { forSearch: 100, between: 25 };
const mostGrowth = { forSearch: 3, between: 1.5 };

/**
 * Figures and document frequencies, kept in memory and renewed when the index changed, by whichever process. While
 * it keeps changing, figures are read no oftener than at a hundredth of the time that takes (a 25th between searches); the frequencies of rare
 * words are never older than the last change.
 */
export class IndexStatistics {
  /** Full text, with what was read of it. */
  readonly text: TextIndex;
  private figures: OwnFigures | undefined;
  private waitingCount = { artifacts: 0, at: -Infinity, cost: 0 };
  private sampledAt = 0;
  /** Texts of the last sample, until they were looked at for what is common. */
  private sample: string[] | undefined;
  private counting: CommonTerms | undefined;
  /** Version of the index at which rare words were counted, and at which the figures were read. */
  private countedAt = "";
  private figuresAt = "";
  private readAt = 0;
  private cost = 0;
  private readonly rare = new Map<string, number>();
  private readonly about = new Map<string, number>();
  private readonly common = new Map<string, Frequency>();

  /** `file` is where documents are kept between processes; without it they are read at each start. */
  constructor(
    private readonly db: Db,
    file?: DocumentsFile,
  ) {
    this.text = new TextIndex(db, undefined, file);
  }

  async current(): Promise<IndexFigures> {
    const figures = await this.noOlderThan("forSearch");
    return { ...figures, waiting: await this.waiting() };
  }

  /** Reads what changed, so that the next search need not. */
  async catchUp(): Promise<void> {
    await this.noOlderThan("between");
    await this.text.catchUp();
  }

  /** Has `readAhead` look in the last sample for words that many questions have, which takes as long as some searches. */
  expectCommonTerms(): void {
    if (this.sample !== undefined) this.counting = new CommonTerms(this.sample, this.sampledAt);
    this.sample = undefined;
  }

  /** Does a little of what can be done between searches. False when nothing is left. */
  async readAhead(): Promise<boolean> {
    if (this.counting === undefined) return this.text.readAhead();
    if (this.counting.step()) return true;
    this.text.expect(this.counting.found());
    this.counting = undefined;
    return true;
  }

  /** The figures as of now, or as old as is good enough for this. */
  private async noOlderThan(purpose: keyof typeof mostAge): Promise<OwnFigures> {
    const version = await servedVersion(this.db);
    if (version !== this.countedAt) {
      this.rare.clear();
      this.about.clear();
    }
    this.countedAt = version;
    const known = this.figures;
    if (known !== undefined) {
      if (version === this.figuresAt || performance.now() - this.readAt < this.cost * mostAge[purpose])
        return known;
    }
    const started = performance.now();
    const figures = await this.read(mostGrowth[purpose]);
    this.figures = figures;
    this.figuresAt = version;
    this.readAt = performance.now();
    this.cost = this.readAt - started;
    return figures;
  }

  /** In how many chunks each stem occurs; in about how many, where counting takes longer than the budget allows. */
  async documentFrequencies(
    stems: readonly string[],
    chunks: number,
    budget = this.text.budget(),
  ): Promise<number[]> {
    this.makeRoom();
    const missing = stems.filter((stem) => this.known(stem, chunks) === undefined);
    const many = await this.countRare(missing);
    if (many.size > 0) {
      // FTS5's own table of terms walks through all places of each, which takes five times as long.
      const counted = await this.text.frequencies(many, budget);
      for (const [stem, frequency] of counted) this.common.set(stem, { chunks, frequency });
    }
    return stems.map((stem) => this.known(stem, chunks) ?? many.get(stem) ?? 0);
  }

  /** The same, with about how many of all that are common. */
  async roughFrequencies(stems: readonly string[], chunks: number): Promise<number[]> {
    this.makeRoom();
    const many = await this.countRare(stems.filter((stem) => this.known(stem, chunks) === undefined));
    return stems.map((stem) => this.known(stem, chunks) ?? many.get(stem) ?? 0);
  }

  /** In about how many chunks each stem occurs, gone ones among them: cheaper to tell than in how many. */
  async aboutHowMany(stems: readonly string[]): Promise<Map<string, number>> {
    const missing = stems.filter((stem) => !this.about.has(stem));
    const found = await aboutHowMany(this.db, "searchText", missing);
    for (const [at, stem] of missing.entries()) this.about.set(stem, found[at] ?? 0);
    return new Map(stems.map((stem) => [stem, this.about.get(stem) ?? 0]));
  }

  /** Before it is looked at what is known: what was forgotten in between would pass for absent. */
  private makeRoom(): void {
    for (const kept of [this.rare, this.about, this.common]) if (kept.size > mostRemembered) kept.clear();
  }

  private known(stem: string, chunks: number): number | undefined {
    const rare = this.rare.get(stem);
    if (rare !== undefined) return rare;
    const common = this.common.get(stem);
    if (common === undefined) return undefined;
    return Math.abs(chunks - common.chunks) <= common.chunks / 5 ? common.frequency : undefined;
  }

  /** Counts those that are rare, and tells of the others in about how many chunks they are. */
  private async countRare(stems: readonly string[]): Promise<Map<string, number>> {
    if (stems.length === 0) return new Map();
    const about = await this.aboutHowMany(stems);
    const many = new Map([...about].filter(([, documents]) => documents > commonFrom));
    const few = stems.filter((stem) => !many.has(stem) && about.get(stem) !== 0);
    for (const stem of stems) if (about.get(stem) === 0) this.rare.set(stem, 0);
    const rows = await this.db.raw.all(
      `SELECT j.value AS term, (SELECT v.doc FROM searchVocabulary v WHERE v.term = j.value) AS doc FROM json_each(?) j`,
      [JSON.stringify(few)],
    );
    for (const row of rows) this.rare.set(String(row["term"]), Number(row["doc"] ?? 0));
    return many;
  }

  /** How many wait and are not found meanwhile, likewise no oftener than at a hundredth of the time that counting takes. */
  private async waiting(): Promise<number> {
    const started = performance.now();
    const { at, cost } = this.waitingCount;
    if (started - at < cost * mostAge.forSearch) return this.waitingCount.artifacts;
    const [row] = await this.db.raw.all(
      `SELECT count(*) AS waiting FROM mdArtifacts m WHERE indexedHash IS NULL AND deletedAt IS NULL
         AND NOT EXISTS (SELECT 1 FROM searchArtifact s WHERE s.artifactId = m.id AND s.live = 1)`,
    );
    const end = performance.now();
    this.waitingCount = { artifacts: Number(row?.["waiting"] ?? 0), at: end, cost: end - started };
    return this.waitingCount.artifacts;
  }

  private async read(growth: number): Promise<OwnFigures> {
    const rows = await this.db.raw.all(
      "SELECT kind, sum(words) AS words, sum(chunks) AS chunks FROM searchArtifact GROUP BY kind",
    );
    const byKind = new Map(
      rows.map((row) => [
        String(row["kind"]),
        { words: Number(row["words"]), chunks: Number(row["chunks"]) },
      ]),
    );
    const total = (key: "words" | "chunks") => [...byKind.values()].reduce((sum, row) => sum + row[key], 0);
    const chunks = total("chunks");
    const overall = Math.max(1, total("words") / Math.max(1, chunks));
    const lengthOf = (kind: ArtifactKind) => {
      const row = byKind.get(kind);
      return row === undefined || row.chunks < enoughChunks ? overall : Math.max(1, row.words / row.chunks);
    };
    const averageLength = Object.fromEntries(artifactKinds.map((kind) => [kind, lengthOf(kind)]));
    // Object.fromEntries forgets the keys' type; they are exactly the kinds.
    return {
      chunks,
      averageLength: averageLength as Record<ArtifactKind, number>,
      grams: await this.grams(chunks, growth),
    };
  }

  /** Sampled anew when the index has grown or shrunk by this factor. */
  private async grams(chunks: number, growth: number): Promise<GramStatistics> {
    const known = this.figures?.grams;
    if (known !== undefined && chunks < this.sampledAt * growth && chunks * growth > this.sampledAt)
      return known;
    this.sampledAt = chunks;
    const rows = await this.db.raw.all(
      `WITH bounds AS (SELECT (SELECT min(rowId) FROM chunk) AS low, (SELECT max(rowId) FROM chunk) AS high),
            picks(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM picks WHERE n < ?)
       SELECT DISTINCT k.rowId, k.text AS text FROM picks, bounds
       JOIN chunk k ON k.rowId = bounds.low + (bounds.high - bounds.low) * picks.n / ?`,
      [gramSamples, gramSamples],
    );
    this.sample = rows.map((row) => String(row["text"]));
    const counts = new GramCounts();
    for (const some of batches(this.sample, textsAStep)) {
      for (const text of some) counts.add(text);
      // Searches get their turn: all of them together take as long as some of these.
      await nextTurn();
    }
    return counts.statistics;
  }
}
