import { artifactKinds, type ArtifactKind } from "@/core/models/artifact";
import type { Db, SqlRow, SqlValue } from "@/core/models/database";
import { unpackTerms, type TermList } from "@/core/services/index/terms";

/** Everything that scoring a chunk needs. */
export interface Candidate {
  rowId: number;
  /** The artifact's number in the search tables. */
  no: number;
  ordinal: number;
  kind: ArtifactKind;
  /** Words of the whole artifact. */
  artifactWords: number;
  /** Integration and account. */
  source: string;
  container: string | null;
  position: number | null;
  stems: TermList;
  exact: TermList;
}

/** Loads chunks by their numbers; those that are gone by now are left out. */
export async function loadCandidates(db: Db, rowIds: readonly number[]): Promise<Candidate[]> {
  const rows = await db.raw.all(
    `SELECT c.rowId, c.no, c.ordinal, a.kind, a.words AS artifactWords, a.integration || char(10) || a.account AS source,
            a.container, a.position, t.stems, t.exact
     FROM json_each(?) j CROSS JOIN searchChunk c ON c.rowId = j.value
     CROSS JOIN searchArtifact a ON a.no = c.no
     CROSS JOIN searchTerms t ON t.rowId = c.rowId`,
    [JSON.stringify(rowIds)],
  );
  return rows.map(toCandidate);
}

/** Title, heading and text of chunks, as one text each, by chunk number. */
export async function loadTexts(db: Db, rowIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.raw.all(
    `SELECT k.rowId, m.title || ' ' || coalesce(k.heading, '') || ' ' || k.text AS text
     FROM json_each(?) j CROSS JOIN chunk k ON k.rowId = j.value CROSS JOIN mdArtifacts m ON m.id = k.artifactId`,
    [JSON.stringify(rowIds)],
  );
  return new Map(rows.map((row) => [Number(row["rowId"]), String(row["text"])]));
}

/** Read by hand: these are our own derived rows, and there are hundreds of them a query. */
function toCandidate(row: SqlRow): Candidate {
  const kind = artifactKinds.find((known) => known === row["kind"]);
  return {
    rowId: Number(row["rowId"]),
    no: Number(row["no"]),
    ordinal: Number(row["ordinal"]),
    kind: kind ?? "document",
    artifactWords: Number(row["artifactWords"]),
    source: String(row["source"]),
    container: textOrNull(row["container"]),
    position: typeof row["position"] === "number" ? row["position"] : null,
    stems: termsOf(row["stems"]),
    exact: termsOf(row["exact"]),
  };
}

function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function termsOf(value: SqlValue | undefined): TermList {
  return unpackTerms(value instanceof Uint8Array ? value : new Uint8Array());
}
