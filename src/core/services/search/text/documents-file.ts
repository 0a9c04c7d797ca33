import { existsSync } from "node:fs";
import { z } from "zod";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { isMuchNew, type Kept, placesToCompare, readKeptFile, sumOf, writeKeptFile } from "../kept-file";
import { columnsADocument, type Documents } from "./documents";

/** Raise this when what is kept of a document changes. */
const format = 1;
/** Share of documents that are gone, above which the file is left and all are read anew. */
const mostGone = 0.25;

const headerSchema = z.object({
  format: z.literal(format),
  generation: z.string(),
  sum: z.string(),
  counts: z.array(z.number().int().nonnegative()),
});

export interface DocumentsFileDeps {
  db: Db;
  log: Logger;
  path: string;
}

/**
 * Documents of the full text tables on disk, so that a start need not read a row for each. It is only ever a copy: what
 * does not fit the database is left, with a line in the log, and read from the database.
 */
export class DocumentsFile {
  private saved: Kept | undefined;

  constructor(private readonly deps: DocumentsFileDeps) {}

  /** Fills empty `documents`, as far as they were kept of these tables; otherwise leaves them empty. */
  async fill(generation: string | undefined, documents: readonly Documents[]): Promise<void> {
    const { path, log } = this.deps;
    if (!existsSync(path)) return;
    try {
      const columns = this.read(generation, documents.length);
      for (const [at, each] of documents.entries()) each.restore(columns[at] ?? []);
      for (const each of documents) await this.verify(each);
      this.saved = keptOf(documents);
    } catch (error) {
      for (const each of documents) each.restore([]);
      log.warn("The file of documents does not fit the database; they are read from there.", {
        reason: error instanceof z.ZodError ? "it is of another kind or version" : messageOf(error),
      });
    }
  }

  /** Writes the file when much of what is in memory is not in it. */
  async save(generation: string | undefined, documents: readonly Documents[]): Promise<void> {
    const kept = keptOf(documents);
    if (generation === undefined || !isMuchNew(this.saved, kept)) return;
    const parts = documents.flatMap(({ columns }) => columns.map(bytesOf));
    const counts = documents.map(({ count }) => count);
    await writeKeptFile(this.deps.path, { format, generation, sum: sumOf(parts), counts }, parts);
    this.saved = kept;
  }

  /** The columns of each table's documents. */
  private read(generation: string | undefined, tables: number): Uint32Array[][] {
    return readKeptFile(this.deps.path, ({ header: found, left, take }) => {
      const header = headerSchema.parse(found);
      if (header.generation !== generation) throw new Error("it belongs to another index");
      const damaged = new Error("its bytes are damaged");
      const documents = header.counts.reduce((sum, count) => sum + count, 0);
      if (documents * columnsADocument * 4 !== left || header.counts.length !== tables) throw damaged;
      const columns = header.counts.map((count) =>
        Array.from({ length: columnsADocument }, () => {
          const column = new Uint32Array(count);
          take(bytesOf(column));
          return column;
        }),
      );
      if (sumOf(columns.flat().map(bytesOf)) !== header.sum) throw damaged;
      return columns;
    });
  }

  /** Compares some documents with the rows they were made from, and the number of all. */
  private async verify(documents: Documents): Promise<void> {
    const { newest, held } = await documents.inTable();
    if (newest < documents.last) throw new Error("it is newer than the database");
    if (held > documents.count) throw new Error("the database holds more");
    if (held < documents.count * (1 - mostGone)) throw new Error("much of it is gone");
    const { ids, columns } = documents;
    const there = await documents.among(placesToCompare(documents.count).map((place) => ids.at(place)));
    for (const [at, id] of there.ids.view.entries()) {
      const place = documents.placeOf(id);
      const isSame = there.columns.every((column, of) => column[at] === columns[of]?.[place ?? -1]);
      if (place === undefined || !isSame) throw new Error("some of its documents are not the database's");
    }
  }
}

function keptOf(documents: readonly Documents[]): Kept {
  return {
    size: documents.reduce((sum, { count }) => sum + count, 0),
    last: documents.reduce((sum, { last }) => sum + last, 0),
  };
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
