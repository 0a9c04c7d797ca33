import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { indexGeneration } from "@/core/services/index/index-schema";
import { silentLogger } from "@/core/services/logger";
import type { Filter } from "../filters";
import { servedVersion } from "../served-version";
import { ArtifactMasks } from "./artifact-mask";
import type { Entry } from "./bit-store";
import { BitsFile } from "./bits-file";
import { compareEnough } from "./compare-enough";
import { KindBits, type Model } from "./kind-bits";
import { storedCosines } from "./stored-cosines";
import {
  vectorKinds,
  type KeptVectors,
  type NearArtifact,
  type Nearest,
  type VectorKind,
} from "./vector-candidates";

/** Vectors whose bits are nearest, of which more is estimated: at least, and a share of all. */
const leastConsidered = 8_000;
const shareConsidered = 0.03;
/** The nearest by estimate, of which as many are compared by their floats as it takes to be sure: at most, and a hit. */
const leastNear = 800;
const leastNearShort = 300;
const nearAHit = 6;
/** Share of what is asked for that is to be exact: what comes after it may lack one that is about as near. */
const exactShare = 0.4;
/** So few vectors are read anew at once when their mean is outgrown. */
const fewEnough = 5_000;
/** Share of vectors whose artifact is gone, above which the bits are read anew. */
const mostGone = 0.25;

type Bits = Record<"content" | VectorKind, KindBits>;

interface Kinds {
  generation: string | undefined;
  bits: Bits;
}

export interface BitVectorsDeps {
  db: Db;
  log?: Logger | undefined;
  /** Where the bits are kept between processes; without it they are made anew at each start. */
  path?: string | undefined;
}

/**
 * Vectors of one model, found by sign bits in memory and compared by the floats in the database. The database is asked
 * at each search what is new and what is served, so that changes of any process count at once.
 */
export class BitVectors implements KeptVectors {
  private readonly masks: ArtifactMasks;
  private readonly file: BitsFile | undefined;
  private kinds: Kinds | undefined;
  /** Kinds that were asked for: only these are read and kept in memory. */
  private readonly wanted = new Set<keyof Bits>(["content"]);
  private version = "";
  private busy: Promise<Kinds> | undefined;

  constructor(
    private readonly deps: BitVectorsDeps,
    readonly model: Model,
  ) {
    this.masks = new ArtifactMasks(deps.db);
    this.file = deps.path === undefined ? undefined : new BitsFile(deps.db, model, deps.path);
  }

  async candidates(
    query: Float32Array,
    mask: Filter,
    n: number,
    kinds: readonly VectorKind[] = vectorKinds,
  ): Promise<Nearest> {
    for (const kind of kinds) this.want(kind);
    const { bits, generation } = await this.inStep();
    const search = (kind: KindBits, least: number) =>
      this.search({ kind, generation }, query, mask, { n, least });
    const chunks = await search(bits.content, leastNear);
    const short = async (kind: VectorKind) => {
      return kinds.includes(kind) ? byArtifact(await search(bits[kind], leastNearShort)) : [];
    };
    return {
      chunks: chunks.map(({ entry, cosine }) => ({ rowId: entry.target, no: entry.no, cosine })).slice(0, n),
      keyPoints: (await short("keyPoints")).slice(0, n),
      questions: (await short("questions")).slice(0, n),
    };
  }

  async cosines(query: Float32Array, rowIds: readonly number[]): Promise<Map<number, number>> {
    let content = this.kinds?.bits.content;
    let known = content?.current.store.ofTargets(rowIds);
    // No chunk's number is given twice, so what was written since is not asked for where all of them have vectors here.
    if (content === undefined || known?.length !== rowIds.length) {
      ({ content } = (await this.inStep()).bits);
      known = content.current.store.ofTargets(rowIds);
    }
    if (known === undefined) return storedCosines(this.deps.db, this.model, query, rowIds);
    const scored = await content.rescore(query, known);
    return new Map(scored.map(({ entry, cosine }) => [entry.target, cosine]));
  }

  /** Takes in what is new, so that the next search need not. */
  async catchUp(): Promise<void> {
    const { bits } = await this.inStep();
    // Beside what is there, so that a search meanwhile need not wait for it.
    for (const kind of this.inMemory(bits))
      if (kind.isOutgrown && kind.current.store.count <= fewEnough) await kind.rebuild();
  }

  /** Upkeep between searches: catches up, reads anew what was outgrown or is mostly gone, and keeps the file. */
  async maintain(): Promise<void> {
    const { bits, generation } = await this.inStep();
    for (const kind of this.inMemory(bits)) {
      if (kind.isOutgrown || (await this.shareGone(kind, generation)) > mostGone) await kind.rebuild();
    }
    await this.file?.save(generation, all(bits));
  }

  /** Vectors in memory. */
  get count(): number {
    return this.kinds === undefined ? 0 : countOf(this.kinds.bits);
  }

  private want(kind: VectorKind): void {
    if (this.wanted.has(kind)) return;
    this.wanted.add(kind);
    this.version = "";
  }

  private inMemory(bits: Bits): KindBits[] {
    return [...this.wanted].map((kind) => bits[kind]);
  }

  private async search(
    { kind, generation }: { kind: KindBits; generation: string | undefined },
    query: Float32Array,
    filter: Filter,
    { n, least }: { n: number; least: number },
  ) {
    const { store, encoder, largest } = kind.current;
    if (store.count === 0 || query.length !== this.model.dimension) return [];
    const mask = await this.masks.of(filter, this.version, generation, largest);
    const most = Math.max(least, n * nearAHit);
    const considered = Math.max(leastConsidered, most, Math.round(shareConsidered * store.count));
    const near = store.nearest(encoder.encodeQuery(query), mask, considered, most);
    const compare = (entries: readonly Entry[]) => kind.rescore(query, entries);
    const scored = await compareEnough(near, Math.ceil(exactShare * n), compare);
    return scored.sort((a, b) => b.cosine - a.cosine || a.entry.row - b.entry.row);
  }

  /** The bits as of now. Several callers wait for the same reading. */
  private inStep(): Promise<Kinds> {
    this.busy ??= this.bringInStep().finally(() => {
      this.busy = undefined;
    });
    return this.busy;
  }

  private async bringInStep(): Promise<Kinds> {
    const version = await servedVersion(this.deps.db);
    if (this.kinds !== undefined && version === this.version) return this.kinds;
    const generation = await indexGeneration(this.deps.db);
    if (this.kinds === undefined || this.kinds.generation !== generation)
      this.kinds = await this.load(generation);
    for (const kind of this.inMemory(this.kinds.bits)) {
      await kind.catchUp();
    }
    this.version = version;
    return this.kinds;
  }

  private async load(generation: string | undefined): Promise<Kinds> {
    const { db, log = silentLogger } = this.deps;
    const started = performance.now();
    const kept = await this.file?.read(generation);
    if (typeof kept === "string") {
      log.warn("The file of vector bits does not fit the database; it is made anew.", { reason: kept });
    }
    const states = typeof kept === "object" ? kept : [];
    const kind = (name: keyof Bits, table: KindBits["table"], at: number) =>
      new KindBits(db, table, this.model, this.wanted.has(name) ? states[at] : undefined);
    const bits: Bits = {
      content: kind("content", "contentEmbedding", 0),
      keyPoints: kind("keyPoints", "keyPointsEmbedding", 1),
      questions: kind("questions", "questionsAnsweredEmbedding", 2),
    };
    log.debug("Vector bits are in memory.", {
      vectors: countOf(bits),
      fromFile: states.length > 0,
      milliseconds: Math.round(performance.now() - started),
    });
    return { generation, bits };
  }

  private async shareGone(kind: KindBits, generation: string | undefined): Promise<number> {
    const { store, largest } = kind.current;
    if (store.count === 0) return 0;
    const anything = { sql: "1 = 1", parameters: [], narrows: false };
    const mask = await this.masks.of(anything, this.version, generation, largest);
    let gone = 0;
    for (const no of store.artifacts) gone += 1 - (mask[no] ?? 0);
    return gone / store.count;
  }
}

function all({ content, keyPoints, questions }: Bits): KindBits[] {
  return [content, keyPoints, questions];
}

function countOf(bits: Bits): number {
  return all(bits).reduce((sum, kind) => sum + kind.current.store.count, 0);
}

/** Each artifact by its nearest; `scored` has the nearest first. */
function byArtifact(scored: readonly { entry: { no: number }; cosine: number }[]): NearArtifact[] {
  const best = new Map<number, number>();
  for (const { entry, cosine } of scored) if (!best.has(entry.no)) best.set(entry.no, cosine);
  return [...best].map(([no, cosine]) => ({ no, cosine }));
}
