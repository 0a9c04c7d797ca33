import type { Db, SqlRow } from "@/core/models/database";
import type { Passage } from "@/core/models/search";
import { clip } from "@/lib/clean-text";
import type { RankedArtifact } from "./fuse";

/** Characters of one passage; a code block that stays whole may be longer. */
const longestPassage = 4_000;

/**
 * An artifact's best passage whole, with `around` passages before and after it. Where each message of a conversation is
 * an artifact of its own, the messages before and after it are its neighbours.
 */
export async function passagesOf(db: Db, artifact: RankedArtifact, around: number): Promise<Passage[]> {
  const { no, ordinal } = artifact.best.candidate;
  const own = await db.raw.all(
    `SELECT s.artifactId AS id, k.startLine, k.endLine, k.text FROM searchArtifact s
     CROSS JOIN chunk k ON k.artifactId = s.artifactId AND k.ordinal BETWEEN ? AND ?
     WHERE s.no = ? AND s.live = 1 ORDER BY k.ordinal`,
    [ordinal - around, ordinal + around, no],
  );
  const passages = own.map(toPassage);
  if (passages.length !== 1 || !isTalk(artifact)) return passages;
  const before = await messages(db, artifact, around, "before");
  const after = await messages(db, artifact, around, "after");
  return [...before.toReversed(), ...passages, ...after];
}

function isTalk({ best: { candidate } }: RankedArtifact): boolean {
  const { kind, container, position } = candidate;
  return (kind === "conversation" || kind === "transcript") && container !== null && position !== null;
}

/** First passages of the nearest messages in the same container, the nearest first. */
async function messages(
  db: Db,
  { best: { candidate } }: RankedArtifact,
  most: number,
  side: "before" | "after",
): Promise<Passage[]> {
  const [compares, order] = side === "before" ? ["<", "DESC"] : [">", "ASC"];
  const rows = await db.raw.all(
    `SELECT s.artifactId AS id, k.startLine, k.endLine, k.text
     FROM searchArtifact own CROSS JOIN searchArtifact s ON s.container = own.container
       AND s.integration = own.integration AND s.account = own.account AND s.position ${compares} own.position
     CROSS JOIN chunk k ON k.artifactId = s.artifactId AND k.ordinal = 0
     WHERE own.no = ? AND s.live = 1 ORDER BY s.position ${order} LIMIT ?`,
    [candidate.no, most],
  );
  return rows.map(toPassage);
}

function toPassage(row: SqlRow): Passage {
  return {
    id: String(row["id"]),
    lines: { start: Number(row["startLine"]), end: Number(row["endLine"]) },
    text: clip(String(row["text"]), longestPassage),
  };
}
