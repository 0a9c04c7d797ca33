import type { Db } from "@/core/models/database";
import type { Filter } from "../filters";

const mostKept = 24;

/**
 * Which artifacts a filter lets through, as a byte a number: made by the database from the filter's own condition, so it
 * is exact, and kept until the database changes.
 */
export class ArtifactMasks {
  private readonly kept = new Map<string, Uint8Array>();
  private version = "";

  constructor(private readonly db: Db) {}

  /** `version` is the database's; the mask reaches to `largest` at least. */
  async of(filter: Filter, version: string, largest: number): Promise<Uint8Array> {
    if (version !== this.version) this.kept.clear();
    this.version = version;
    const key = JSON.stringify([filter.sql, filter.parameters]);
    const known = this.kept.get(key);
    if (known !== undefined && known.length > largest) return known;
    const mask = await this.read(filter, largest);
    if (this.kept.size >= mostKept) this.kept.clear();
    this.kept.set(key, mask);
    return mask;
  }

  private async read(filter: Filter, largest: number): Promise<Uint8Array> {
    const mask = new Uint8Array(largest + 1);
    // One text is read many times faster than a row object a number.
    const [row] = await this.db.raw.all(
      `SELECT group_concat(a.no, ' ') AS numbers FROM searchArtifact a WHERE ${filter.sql}`,
      filter.parameters,
    );
    const numbers = row?.["numbers"];
    if (typeof numbers !== "string") return mask;
    let no = 0;
    for (let at = 0; at <= numbers.length; at++) {
      const code = numbers.charCodeAt(at);
      if (code >= 48) no = no * 10 + code - 48;
      else {
        if (no <= largest) mask[no] = 1;
        no = 0;
      }
    }
    return mask;
  }
}
