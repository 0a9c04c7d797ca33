import type { Db } from "@/core/models/database";
import type { Filter } from "../filters";
import { numbersOf } from "../text/documents";

/** Filters whose masks are remembered, and changed numbers that are looked at one by one. */
const mostKept = 24;
const mostChanged = 2_000;

interface Mask {
  /** A byte a number; longer than needed, so that it can grow. */
  bytes: Uint8Array;
  /** What it was last brought up to: the database, the largest number and the last change. */
  version: string;
  largest: number;
  seq: number;
}

/**
 * Which artifacts a filter lets through, as a byte a number: made by the database from the filter's own condition, so it
 * is exact. What a filter looks at never changes but for an artifact's being in view, so that after a write only new
 * numbers and those in the list of changes are asked for, however many there are.
 */
export class ArtifactMasks {
  private readonly kept = new Map<string, Mask>();

  constructor(private readonly db: Db) {}

  /**
   * `version` is the database's, `generation` names the search tables, and the mask reaches to `largest` at least. It is
   * true until the next call.
   */
  async of(
    filter: Filter,
    version: string,
    generation: string | undefined,
    largest: number,
  ): Promise<Uint8Array> {
    const key = JSON.stringify([generation, filter.sql, filter.parameters]);
    let mask = this.kept.get(key);
    if (mask === undefined || mask.version !== version || mask.largest < largest) {
      mask = await this.bringUp(mask, filter, version, largest);
      this.keep(key, mask);
    }
    return mask.bytes;
  }

  private keep(key: string, mask: Mask): void {
    this.kept.delete(key);
    this.kept.set(key, mask);
    for (const old of this.kept.keys()) {
      if (this.kept.size <= mostKept) break;
      this.kept.delete(old);
    }
  }

  private async bringUp(
    known: Mask | undefined,
    filter: Filter,
    version: string,
    largest: number,
  ): Promise<Mask> {
    // First how far it will reach: what is written meanwhile comes after that.
    const [end] = await this.db.raw.all(
      `SELECT (SELECT max(no) FROM searchArtifact) AS largest, (SELECT max(seq) FROM searchChange) AS seq,
              (SELECT min(seq) FROM searchChange) AS first`,
    );
    const reach = Math.max(largest, Number(end?.["largest"] ?? 0));
    const seq = Number(end?.["seq"] ?? 0);
    const isListed = known !== undefined && Number(end?.["first"] ?? 0) <= known.seq + 1;
    const changed = isListed ? await this.changedSince(known.seq, seq) : undefined;
    const mask = changed === undefined ? emptyMask(reach) : grown(known ?? emptyMask(reach), reach);
    if (changed !== undefined && changed.length > 0) await this.lookAgain(mask.bytes, filter, changed);
    await this.add(mask.bytes, filter, changed === undefined ? 0 : mask.largest, reach);
    return { ...mask, version, largest: reach, seq };
  }

  /** Numbers that changed; undefined when there are too many of them. */
  private async changedSince(from: number, to: number): Promise<Uint32Array | undefined> {
    if (to - from > mostChanged) return undefined;
    if (to === from) return new Uint32Array();
    const [row] = await this.db.raw.all(
      `SELECT group_concat(no, ' ') AS numbers FROM searchChange WHERE seq > ? AND seq <= ?`,
      [from, to],
    );
    return numbersOf(row);
  }

  private async lookAgain(bytes: Uint8Array, filter: Filter, numbers: Uint32Array): Promise<void> {
    const [row] = await this.db.raw.all(
      `SELECT group_concat(a.no, ' ') AS numbers FROM searchArtifact a
       WHERE a.no IN (SELECT value FROM json_each(?)) AND ${filter.sql}`,
      [JSON.stringify([...numbers]), ...filter.parameters],
    );
    for (const no of numbers) bytes[no] = 0;
    for (const no of numbersOf(row)) bytes[no] = 1;
  }

  private async add(bytes: Uint8Array, filter: Filter, from: number, to: number): Promise<void> {
    // One text is read many times faster than a row object a number.
    const [row] = await this.db.raw.all(
      `SELECT group_concat(a.no, ' ') AS numbers FROM searchArtifact a WHERE a.no > ? AND a.no <= ? AND ${filter.sql}`,
      [from, to, ...filter.parameters],
    );
    for (const no of numbersOf(row)) bytes[no] = 1;
  }
}

function emptyMask(largest: number): Mask {
  return { bytes: new Uint8Array(largest + 1), version: "", largest: 0, seq: 0 };
}

function grown(mask: Mask, largest: number): Mask {
  if (mask.bytes.length > largest) return mask;
  const bytes = new Uint8Array(Math.ceil((largest + 1) * 1.25));
  bytes.set(mask.bytes);
  return { ...mask, bytes };
}
