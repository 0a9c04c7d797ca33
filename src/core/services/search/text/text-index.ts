import type { Db } from "@/core/models/database";
import { indexGeneration } from "@/core/services/index/index-schema";
import { servedVersion } from "../served-version";
import type { Filter } from "../filters";
import { ArtifactMasks } from "../vectors/artifact-mask";
import type { ScoredDocument, WeightedList } from "./best-documents";
import type { DocumentsFile } from "./documents-file";
import type { ChunkFacts } from "./chunk-facts";
import { ChunkRows } from "./chunk-rows";
import { aboutHowMany } from "./fts5/term-documents";
import { defaultLimits, ReadingBudget } from "./reading-budget";
import type { PostingList } from "./posting-list";
import { fts5Rarity, scale } from "./postings";
import { mostWanted, ReadLater } from "./read-later";
import { emptyTables, isMostlyThere, type Tables } from "./tables-in-memory";

/** A term of a query, in how many chunks it occurs, and how often the query says it. */
export interface WantedTerm {
  stem: string;
  frequency: number;
  count: number;
}

/** Chunks that were found, and how many terms were left out because reading them takes too long. */
export interface FoundChunks {
  chunks: ScoredDocument[];
  skipped: number;
}

/**
 * Full text over FTS5 with what was read of it kept in memory: any of a query's terms, ranked by their BM25 over all
 * chunks that have one. Of words in very many chunks only the chunks are read at first, and BM25 in between (`readAhead`):
 * FTS5 itself would score each of their chunks anew for every query. What any process wrote counts at the next query.
 */
export class TextIndex {
  /** What was read of chunks themselves. */
  readonly rows: ChunkRows;
  private tables: Tables | undefined;
  private busy: Promise<Tables> | undefined;
  private version = "";
  private artifacts = 0;
  private readonly later = new ReadLater();
  private readonly masks: ArtifactMasks;

  constructor(
    private readonly db: Db,
    private readonly limits = defaultLimits,
    private readonly file?: DocumentsFile,
  ) {
    this.masks = new ArtifactMasks(db);
    this.rows = new ChunkRows(db);
  }

  /** The best `limit` chunks, among `total`, that pass the filter. `terms` have the rarest first. */
  async chunks(
    terms: readonly WantedTerm[],
    filter: Filter,
    limit: number,
    total: number,
    budget = this.budget(),
  ): Promise<FoundChunks> {
    const { generation, chunks, chunkPostings, bestChunks } = await this.inStep();
    const payable = terms.filter(({ stem, frequency }, at) =>
      budget.pays(chunkPostings.missing(stem, frequency), at === 0),
    );
    const stems = payable.map(({ stem }) => stem);
    this.expect(terms.filter((term) => !payable.includes(term)).map(({ stem }) => stem));
    const lists: WeightedList[] = [];
    let { exact } = this.limits;
    for (const [at, list] of (await chunkPostings.loadAll(stems)).entries()) {
      const { stem = "", frequency = 0, count = 0 } = payable[at] ?? {};
      const rarity = fts5Rarity(frequency, total);
      exact -= await this.later.sharpen(stem, { postings: chunkPostings, list, rarity }, exact);
      lists.push({ list, weight: (count * rarity) / scale });
    }
    const mask = await this.masks.of(filter, this.version, generation, chunks.largestNo);
    return { chunks: bestChunks.find(lists, mask, limit), skipped: terms.length - lists.length };
  }

  /**
   * The best `limit` artifacts by their short fields, with the score that FTS5 gives them (larger is better). Of what is
   * `common` in texts, those in most fields are left out where reading them all would take too long.
   */
  async fields(
    stems: readonly string[],
    filter: Filter,
    limit: number,
    common: ReadonlySet<string> = new Set(),
  ): Promise<Map<number, number>> {
    const tables = await this.inStep();
    const { generation, artifacts, fieldPostings: postings, bestArtifacts } = tables;
    const lists: WeightedList[] = [];
    let { exact } = this.limits;
    const readable = await this.readable(stems, tables, common);
    for (const [at, list] of (await postings.loadAll(readable)).entries()) {
      if (list.places.length === 0) continue;
      const stem = readable[at] ?? "";
      const rarity = fts5Rarity(await this.held(list, tables), this.artifacts);
      exact -= await this.later.sharpen(stem, { postings, list, rarity }, exact);
      lists.push({ list, weight: rarity / scale });
    }
    const mask = await this.masks.of(filter, this.version, generation, artifacts.largestNo);
    return new Map(bestArtifacts.find(lists, mask, limit).map(({ no, score }) => [no, score]));
  }

  /** Stems whose lists of fields can be read now: without the longest of the common ones. */
  private async readable(
    stems: readonly string[],
    { fieldPostings: postings }: Tables,
    common: ReadonlySet<string>,
  ): Promise<readonly string[]> {
    const unread = stems.filter((stem) => common.has(stem) && postings.known(stem) === undefined);
    const sizes = await aboutHowMany(this.db, postings.name, unread);
    const budget = new ReadingBudget(this.limits.fields);
    const order = unread.map((stem, at) => ({ stem, documents: sizes[at] ?? 0 }));
    order.sort((a, b) => a.documents - b.documents);
    const left = order.filter(({ documents }, at) => !budget.pays(documents, at === 0));
    const leftOut = new Set(left.map(({ stem }) => stem));
    return stems.filter((stem) => !leftOut.has(stem));
  }

  /**
   * In how many chunks terms are that many have: counted in their lists, the shortest first, as far as the budget goes;
   * `chunks` then need not read them. The others are left out, and read in between.
   *
   * @param about in about how many each is.
   */
  async frequencies(
    about: ReadonlyMap<string, number>,
    budget = this.budget(),
  ): Promise<Map<string, number>> {
    const tables = await this.inStep();
    const { generation, artifacts, chunkPostings } = tables;
    const there = await this.masks.of(anything, this.version, generation, artifacts.largestNo);
    const counted = new Map<string, number>();
    for (const [stem, documents] of [...about].toSorted(([, a], [, b]) => a - b)) {
      if (!budget.pays(chunkPostings.missing(stem, documents), counted.size === 0)) this.expect([stem]);
      else counted.set(stem, chunkPostings.held(await chunkPostings.load(stem), there, this.version));
    }
    return counted;
  }

  /** What one query may read. */
  budget(): ReadingBudget {
    return new ReadingBudget(this.limits.numbers);
  }

  /** Which of these stems short fields have: an author, a tag or a key point need not stand in any text. */
  async inFields(stems: readonly string[]): Promise<ReadonlySet<string>> {
    const tables = await this.inStep();
    const found = new Set<string>();
    const about = await aboutHowMany(this.db, tables.fieldPostings.name, stems);
    for (const [at, stem] of stems.entries()) {
      // Most are in no field: that is told of all of them at once.
      if (about[at] === 0) continue;
      const list = await tables.fieldPostings.look(stem);
      if ((await this.held(list, tables)) > 0) found.add(stem);
    }
    return found;
  }

  /** In how many artifacts that are not gone short fields have a term. */
  private async held(list: PostingList, { generation, artifacts, fieldPostings }: Tables): Promise<number> {
    const there = await this.masks.of(anything, this.version, generation, artifacts.largestNo);
    return fieldPostings.held(list, there, this.version);
  }

  /** Says which stems searches will likely ask for: `readAhead` reads their postings. */
  expect(stems: readonly string[]): void {
    this.later.expect(stems);
  }

  /** Reads what is expected, or makes some of what was supposed exact, a little at a time. False when all is done. */
  async readAhead(): Promise<boolean> {
    if (await this.later.sharpenSome()) return true;
    const stem = this.later.nextExpected();
    if (stem === undefined) return false;
    const { chunkPostings } = await this.inStep();
    await chunkPostings.load(stem);
    return true;
  }

  /** Passages that have a place in memory, those that are gone since included. */
  get count(): number {
    return this.tables?.chunks.count ?? 0;
  }

  /** Takes in what was written meanwhile, so that the next search need not. */
  async catchUp(): Promise<void> {
    await this.inStep();
  }

  /** Upkeep between searches: reads anew what is mostly gone, and keeps the documents for the next start. */
  async maintain(): Promise<void> {
    const tables = await this.inStep();
    if (!(await isMostlyThere(tables))) await this.readAnew(tables);
    const { generation, chunks, artifacts } = await this.inStep();
    await this.file?.save(generation, [chunks, artifacts]);
  }

  /** Beside what is there, which searches use until then. Words that were asked for last are read again in between. */
  private async readAnew({ generation, chunkPostings }: Tables): Promise<void> {
    const fresh = emptyTables(this.db, generation);
    await fresh.chunks.catchUp();
    await fresh.artifacts.catchUp();
    while (this.busy !== undefined) await this.busy;
    this.tables = fresh;
    // What came in meanwhile is taken in with the next step.
    this.version = "";
    this.later.forgetWanted();
    this.expect(chunkPostings.latest(mostWanted));
  }

  /** What is known of chunks, by their numbers; those that are gone are left out. */
  async factsOf(rowIds: readonly number[]): Promise<Map<number, ChunkFacts>> {
    const { tables } = this;
    // No number is given twice, so what was written since is not asked for where all numbers are old.
    const areOld = tables !== undefined && rowIds.every((rowId) => rowId <= tables.chunks.last);
    const { facts } = areOld ? tables : await this.inStep();
    return facts.of(rowIds);
  }

  /** What is in memory, brought up to date with the database. Several callers wait for the same reading. */
  private inStep(): Promise<Tables> {
    this.busy ??= this.bringInStep().finally(() => {
      this.busy = undefined;
    });
    return this.busy;
  }

  private async bringInStep(): Promise<Tables> {
    const version = await servedVersion(this.db);
    if (this.tables !== undefined && version === this.version) return this.tables;
    const generation = await indexGeneration(this.db);
    let { tables } = this;
    if (tables === undefined || tables.generation !== generation) {
      tables = emptyTables(this.db, generation);
      await this.file?.fill(generation, [tables.chunks, tables.artifacts]);
    }
    await tables.chunks.catchUp();
    await tables.artifacts.catchUp();
    const [row] = await this.db.raw.all(`SELECT count(*) AS n FROM searchArtifact`);
    this.artifacts = Number(row?.["n"] ?? 0);
    this.version = version;
    this.tables = tables;
    return tables;
  }
}

/** What is there, in view or not. */
const anything: Filter = { sql: "1 = 1", parameters: [], narrows: false };
