import type { Db, SqlRow } from "@/core/models/database";
import type { vectorTables } from "@/core/services/index/vector-rows";
import { BitStore, type Entry } from "./bit-store";
import type { Compared } from "./compare-enough";
import { SignEncoder } from "./sign-encoder";
import { FloatReader, floatsOf } from "./floats";
import { product } from "./stored-cosines";

export type VectorTable = (typeof vectorTables)[number];

/** Rows read and encoded before other work gets its turn: some 3 ms. */
const rowsAPage = 100;
/** Vectors that the mean is taken from. */
const sampled = 2_000;
/** The mean is taken anew when there are this many times the vectors it was taken from. */
const outgrown = 2;
const fewVectors = 256;

/** The model whose vectors are read, and the dimension they must have. */
export interface Model {
  model: string;
  dimension: number;
}

/** What is kept of one kind: the bits, what they were made with, and how far the table was read. */
export interface KindState {
  store: BitStore;
  encoder: SignEncoder;
  /** Largest row number that was read. */
  last: number;
  /** Vectors there were when the mean was taken. */
  meanOver: number;
  /** Largest artifact number in the store. */
  largest: number;
}

/** Sign bits of one kind of vectors, kept in step with its table. */
export class KindBits {
  private state: KindState;

  constructor(
    private readonly db: Db,
    readonly table: VectorTable,
    readonly model: Model,
    known?: KindState,
  ) {
    this.state = known ?? emptyState(model.dimension);
  }

  get current(): Readonly<KindState> {
    return this.state;
  }

  /** True when the mean was taken from far fewer vectors than there are. */
  get isOutgrown(): boolean {
    const { store, meanOver } = this.state;
    return store.count >= Math.max(fewVectors, outgrown * meanOver);
  }

  /** Reads what is new in the table, or all of it where nothing was read before. */
  async catchUp(): Promise<void> {
    if (this.state.last === 0) return this.rebuild();
    let state: KindState;
    do {
      state = this.state;
      await readInto(this.db, this.table, this.model, state);
      // Another one may have taken its place meanwhile, without what is new.
    } while (state !== this.state);
  }

  /** Reads the whole table anew, beside what is there, with a mean of what it holds now. */
  async rebuild(): Promise<void> {
    const mean = await sampleMean(this.db, this.table, this.model);
    const next: KindState = {
      ...emptyState(this.model.dimension),
      encoder: new SignEncoder(this.model.dimension, mean),
    };
    let taken: number;
    do {
      taken = this.state.last;
      await readInto(this.db, this.table, this.model, next);
      // What took in more meanwhile is not replaced by less. Its number alone says nothing: the newest may be gone since.
    } while (this.state.last > taken);
    next.meanOver = next.store.count;
    this.state = next;
  }

  /** The stored floats of entries, with their cosines to `query`; those that are gone are left out. */
  async rescore(query: Float32Array, entries: readonly Entry[]): Promise<Compared[]> {
    const byRow = new Map(entries.map((entry) => [entry.row, entry]));
    const rows = await this.db.raw.all(
      `SELECT e.rowId, e.vector FROM json_each(?) j CROSS JOIN ${this.table} e ON e.rowId = j.value`,
      [JSON.stringify([...byRow.keys()])],
    );
    const scored: Compared[] = [];
    const reader = new FloatReader(this.model.dimension);
    for (const row of rows) {
      const entry = byRow.get(Number(row["rowId"]));
      const vector = reader.read(row["vector"]);
      if (entry !== undefined && vector !== undefined) scored.push({ entry, cosine: product(query, vector) });
    }
    return scored;
  }
}

function emptyState(dimension: number): KindState {
  const encoder = new SignEncoder(dimension, new Float32Array(dimension));
  return { store: new BitStore(), encoder, last: 0, meanOver: 0, largest: 0 };
}

async function readInto(db: Db, table: VectorTable, model: Model, state: KindState): Promise<void> {
  const [newest] = await db.raw.all(`SELECT max(rowId) AS last FROM ${table}`);
  const until = Number(newest?.["last"] ?? 0);
  while (state.last < until) {
    const rows = await readRows(db, table, model.model, `e.rowId > ? AND e.rowId <= ? LIMIT ${rowsAPage}`, [
      state.last,
      until,
    ]);
    for (const row of rows) add(state, row, model.dimension);
    state.last = rows.length < rowsAPage ? until : Number(rows.at(-1)?.["rowId"]);
    if (state.last < until) await new Promise(setImmediate);
  }
}

/** Rows of one model with the artifact's number and, for passages, the chunk's. */
export function readRows(
  db: Db,
  table: VectorTable,
  model: string,
  condition: string,
  parameters: readonly (number | string)[],
): Promise<SqlRow[]> {
  const isContent = table === "contentEmbedding";
  const [target, join] = isContent
    ? ["k.rowId", "CROSS JOIN chunk k ON k.artifactId = e.artifactId AND k.ordinal = e.ordinal"]
    : ["0", ""];
  return db.raw.all(
    `SELECT e.rowId, a.no, ${target} AS target, e.vector FROM ${table} e
     CROSS JOIN searchArtifact a ON a.artifactId = e.artifactId ${join} WHERE e.model = ? AND ${condition}`,
    [model, ...parameters],
  );
}

function add(state: KindState, row: SqlRow, dimension: number): void {
  const vector = floatsOf(row["vector"], dimension);
  if (vector === undefined) return;
  const entry = { row: Number(row["rowId"]), no: Number(row["no"]), target: Number(row["target"]) };
  state.store.add(entry, (words, at) => state.encoder.encode(vector, words, at));
  state.largest = Math.max(state.largest, entry.no);
}

/** The mean of rows taken evenly over the table. */
async function sampleMean(db: Db, table: VectorTable, { model, dimension }: Model): Promise<Float32Array> {
  const mean = new Float32Array(dimension);
  const [bounds] = await db.raw.all(`SELECT min(rowId) AS low, max(rowId) AS high FROM ${table}`);
  const [low, high] = [Number(bounds?.["low"] ?? 0), Number(bounds?.["high"] ?? 0)];
  const step = Math.max(1, (high - low) / sampled);
  const picks = Array.from({ length: Math.min(sampled, high - low + 1) }, (_, at) =>
    Math.round(low + at * step),
  );
  const rows = await db.raw.all(
    `SELECT e.vector FROM json_each(?) j CROSS JOIN ${table} e ON e.rowId = j.value AND e.model = ?`,
    [JSON.stringify(picks), model],
  );
  for (const row of rows) {
    const vector = floatsOf(row["vector"], dimension);
    for (let at = 0; at < dimension; at++) mean[at] = (mean[at] ?? 0) + (vector?.[at] ?? 0) / rows.length;
  }
  return mean;
}
