import { existsSync } from "node:fs";
import { z } from "zod";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import {
  isMuchNew,
  type Kept,
  type KeptFile,
  placesToCompare,
  readKeptFile,
  sumOf,
  writeKeptFile,
} from "../kept-file";
import { BitStore } from "./bit-store";
import { floatsOf } from "./floats";
import { readRows, type KindBits, type KindState, type Model, type VectorTable } from "./kind-bits";
import { SignEncoder, wordsAVector } from "./sign-encoder";

/** Raise this when the bits are made otherwise. */
const format = 2;
/** Share of vectors that are gone, above which the file is left and all are read anew. */
const mostGone = 0.25;

const kindSchema = z.object({
  bytes: z.number().int().nonnegative(),
  last: z.number().int(),
  meanOver: z.number().int(),
  largest: z.number().int(),
  mean: z.base64(),
});
const headerSchema = z.object({
  format: z.literal(format),
  generation: z.string(),
  model: z.string(),
  dimension: z.number().int(),
  sum: z.string(),
  kinds: z.array(kindSchema).length(3),
});

const tables: readonly VectorTable[] = [
  "contentEmbedding",
  "keyPointsEmbedding",
  "questionsAnsweredEmbedding",
];

/**
 * The bits on disk, so that a start need not read every vector. It is only ever a copy: what does not fit the database
 * is thrown away. The parts are the kinds' bytes.
 */
export class BitsFile {
  private saved: Kept | undefined;

  constructor(
    private readonly db: Db,
    private readonly model: Model,
    readonly path: string,
  ) {}

  /** The three kinds' states; undefined when there is no file, and a text when it does not fit: the reason. */
  async read(generation: string | undefined): Promise<KindState[] | string | undefined> {
    if (!existsSync(this.path)) return undefined;
    try {
      const states = readKeptFile(this.path, (file) => this.parse(file, generation));
      for (const [at, state] of states.entries()) {
        const table = tables[at];
        if (table !== undefined) await this.verify(table, state);
      }
      this.saved = keptOf(states);
      return states;
    } catch (error) {
      return error instanceof z.ZodError ? "it is of another kind or version" : messageOf(error);
    }
  }

  /** Writes the file when much of what is in memory is not in it; it is replaced as a whole. */
  async save(generation: string | undefined, kinds: readonly KindBits[]): Promise<void> {
    const states = kinds.map((kind) => kind.current);
    const kept = keptOf(states);
    if (generation === undefined || !isMuchNew(this.saved, kept)) return;
    const parts = states.map(({ store }) => store.save());
    const header = {
      format,
      generation,
      model: this.model.model,
      dimension: this.model.dimension,
      sum: sumOf(parts),
      kinds: states.map((state, at) => ({
        bytes: parts[at]?.length ?? 0,
        last: state.last,
        meanOver: state.meanOver,
        largest: state.largest,
        mean: Buffer.from(state.encoder.mean.buffer).toString("base64"),
      })),
    };
    await writeKeptFile(this.path, header, parts);
    this.saved = kept;
  }

  private parse({ header: found, left, take }: KeptFile, generation: string | undefined): KindState[] {
    const header = headerSchema.parse(found);
    if (header.generation !== generation) throw new Error("it belongs to another index");
    if (header.model !== this.model.model || header.dimension !== this.model.dimension)
      throw new Error("it is of another model");
    const damaged = new Error("its bytes are damaged");
    if (header.kinds.reduce((sum, { bytes }) => sum + bytes, 0) !== left) throw damaged;
    const sums: string[] = [];
    const states = header.kinds.map(({ bytes, last, meanOver, largest, mean: text }) => {
      const mean = new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
      const store = new BitStore();
      store.restore(bytes, (saved) => {
        take(saved);
        sums.push(sumOf([saved]));
      });
      return { store, encoder: new SignEncoder(header.dimension, mean), last, meanOver, largest };
    });
    if (sums.join("-") !== header.sum) throw damaged;
    return states;
  }

  /** Compares some entries with the rows they were made from, and the number of all. */
  private async verify(table: VectorTable, { store, encoder, last }: KindState): Promise<void> {
    // A kind that nobody searched is not in memory, nor in the file.
    if (store.count === 0 && last === 0) return;
    const { newest, held } = await this.inTable(table, last, store.count);
    if (newest < last) throw new Error("it is newer than the database");
    if (held > store.count) throw new Error("the database holds more");
    if (held < store.count * (1 - mostGone)) throw new Error("much of it is gone");
    const picks = new Map(placesToCompare(store.count).map((index) => [store.entry(index).row, index]));
    const rows = await readRows(
      this.db,
      table,
      this.model.model,
      "e.rowId IN (SELECT value FROM json_each(?))",
      [JSON.stringify([...picks.keys()])],
    );
    const words = new Uint32Array(wordsAVector);
    for (const row of rows) {
      const index = picks.get(Number(row["rowId"])) ?? 0;
      const entry = store.entry(index);
      const vector = floatsOf(row["vector"], this.model.dimension);
      if (vector !== undefined) encoder.encode(vector, words, 0);
      const isSame = entry.no === row["no"] && entry.target === row["target"];
      if (vector === undefined || !isSame || !sameWords(words, store.bitsOf(index)))
        throw new Error("some of its vectors are not the database's");
    }
  }

  /** The last number that the table gave, and how many rows up to `last` it has: of the model, if more than `known`. */
  private async inTable(table: VectorTable, last: number, known: number) {
    // SQLite counts a whole table without looking at its rows; that there are no more is said by this already.
    const [row] = await this.db.raw.all(
      `SELECT (SELECT seq FROM sqlite_sequence WHERE name = ?) AS newest,
              (SELECT count(*) FROM ${table}) - (SELECT count(*) FROM ${table} WHERE rowId > ?) AS held`,
      [table, last],
    );
    const [newest, held] = [Number(row?.["newest"] ?? 0), Number(row?.["held"] ?? 0)];
    if (held <= known) return { newest, held };
    // The plus keeps SQLite from walking the rows with all their floats: the index alone has what is counted.
    const [own] = await this.db.raw.all(
      `SELECT count(*) AS held FROM ${table} WHERE model = ? AND +rowId <= ?`,
      [this.model.model, last],
    );
    return { newest, held: Number(own?.["held"] ?? 0) };
  }
}

function keptOf(states: readonly KindState[]): Kept {
  return {
    size: states.reduce((sum, { store }) => sum + store.count, 0),
    last: states.reduce((sum, { last }) => sum + last, 0),
  };
}

function sameWords(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((word, at) => word === other[at]);
}
