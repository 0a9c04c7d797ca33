import { artifactKinds, type ArtifactKind } from "@/core/models/artifact";
import type { Db, SqlRow, SqlValue } from "@/core/models/database";
import type { Documents } from "./documents";

/** What scoring needs of an artifact. None of it changes: another version of it gets another number. */
export interface ArtifactFacts {
  kind: ArtifactKind;
  title: string;
  /** Words of the whole artifact. */
  artifactWords: number;
  /** Lines of its text; 0 where it stands in no sequence, since only what stands beside others is weighed by them. */
  lines: number;
  /** Integration and account. */
  source: string;
  container: string | null;
  position: number | null;
}

/** A chunk's place in its artifact, and what is known of that. */
export interface ChunkFacts extends ArtifactFacts {
  /** The artifact's number in the search tables. */
  no: number;
  ordinal: number;
}

/** Artifacts remembered: some megabytes. */
const mostKnown = 30_000;

/** Facts of chunks by their numbers, remembered by artifact: searches meet the same ones again and again. */
export class FactsOfChunks {
  private readonly known = new Map<number, ArtifactFacts>();

  constructor(
    private readonly db: Db,
    private readonly chunks: Documents,
  ) {}

  /** Facts by chunk number; chunks that were never there, and those whose artifact is gone, are left out. */
  async of(rowIds: readonly number[]): Promise<Map<number, ChunkFacts>> {
    const places = new Map<number, number>();
    for (const rowId of rowIds) {
      const place = this.chunks.placeOf(rowId);
      if (place !== undefined) places.set(rowId, place);
    }
    const numbers = [...places.values()].map((place) => this.chunks.nos.at(place));
    const artifacts = await this.artifacts(new Set(numbers));
    const facts = new Map<number, ChunkFacts>();
    for (const [rowId, place] of places) {
      const no = this.chunks.nos.at(place);
      const artifact = artifacts.get(no);
      if (artifact !== undefined)
        facts.set(rowId, { ...artifact, no, ordinal: this.chunks.ordinals.at(place) });
    }
    return facts;
  }

  private async artifacts(numbers: ReadonlySet<number>): Promise<ReadonlyMap<number, ArtifactFacts>> {
    const found = new Map<number, ArtifactFacts>();
    const unknown: number[] = [];
    for (const no of numbers) {
      const facts = this.known.get(no);
      if (facts === undefined) unknown.push(no);
      else found.set(no, facts);
    }
    if (unknown.length === 0) return found;
    if (this.known.size + unknown.length > mostKnown) this.known.clear();
    const rows = await this.db.raw.all(
      `SELECT a.no, a.kind, m.title, a.words, a.integration || char(10) || a.account AS source, a.container, a.position,
              CASE WHEN a.container IS NOT NULL THEN
                (SELECT k.endLine FROM chunk k WHERE k.artifactId = a.artifactId ORDER BY k.ordinal DESC LIMIT 1) END AS lines
       FROM json_each(?) j CROSS JOIN searchArtifact a ON a.no = j.value
       CROSS JOIN mdArtifacts m ON m.id = a.artifactId`,
      [JSON.stringify(unknown)],
    );
    for (const row of rows) {
      const facts = toFacts(row);
      this.known.set(Number(row["no"]), facts);
      found.set(Number(row["no"]), facts);
    }
    return found;
  }
}

/** Read by hand: these are our own derived rows, and there are hundreds of them a query. */
function toFacts(row: SqlRow): ArtifactFacts {
  return {
    kind: artifactKinds.find((known) => known === row["kind"]) ?? "document",
    title: String(row["title"]),
    artifactWords: Number(row["words"]),
    lines: Number(row["lines"] ?? 0),
    source: String(row["source"]),
    container: textOrNull(row["container"]),
    position: typeof row["position"] === "number" ? row["position"] : null,
  };
}

function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
