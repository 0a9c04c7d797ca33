import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Insights, InsightState } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { isoNow } from "@/lib/time";
import { ANALYSED_CHARACTERS } from "./types";

const columns = {
  id: mdArtifacts.id,
  integration: mdArtifacts.integration,
  kind: mdArtifacts.kind,
  title: mdArtifacts.title,
  author: mdArtifacts.author,
  metadata: mdArtifacts.metadata,
  contentHash: mdArtifacts.contentHash,
  insightState: mdArtifacts.insightState,
  /** Only as much as is looked at, so that memory does not grow with the largest artifact. */
  markdown: sql<string>`substr(${mdArtifacts.markdown}, 1, ${ANALYSED_CHARACTERS})`,
};

function select(db: Db, ids: readonly string[]) {
  return db
    .select(columns)
    .from(mdArtifacts)
    .where(and(inArray(mdArtifacts.id, [...ids]), isNull(mdArtifacts.deletedAt)));
}

export type ArtifactRow = Awaited<ReturnType<typeof select>>[number];

/**
 * Live artifacts by id, in the order of the ids, as the extractors read them. When they cannot be read at once, they are read one by one: a
 * damaged row is told to `onDamaged`, and the others go on.
 */
export async function readArtifacts(
  db: Db,
  ids: readonly string[],
  onDamaged: (id: string, error: unknown) => void,
): Promise<ArtifactRow[]> {
  try {
    const rows = new Map((await select(db, ids)).map((row) => [row.id, row]));
    return ids.flatMap((id) => rows.get(id) ?? []);
  } catch (error) {
    if (ids.length === 1) {
      onDamaged(ids[0] ?? "", error);
      return [];
    }
  }
  const rows: ArtifactRow[] = [];
  for (const id of ids) rows.push(...(await readArtifacts(db, [id], onDamaged)));
  return rows;
}

/**
 * Stores insights for exactly the version they were made from, and sends the artifact back to the index. False when
 * the artifact has changed, gone or been done by somebody else meanwhile: then nothing is written.
 */
export async function storeInsights(
  tx: Db,
  read: Pick<ArtifactRow, "id" | "contentHash" | "insightState">,
  insights: Insights,
  state: InsightState,
): Promise<boolean> {
  const same = and(
    ...(["keyPoints", "questionsAnswered", "entities"] as const).map(
      (name) => sql`${mdArtifacts[name]} = ${JSON.stringify(insights[name])}`,
    ),
  );
  const stored = await tx
    .update(mdArtifacts)
    .set({
      ...insights,
      insightState: state,
      insightHash: read.contentHash,
      indexedHash: null,
      updateDate: sql`CASE WHEN ${same} THEN ${mdArtifacts.updateDate} ELSE ${isoNow()} END`,
    })
    .where(
      and(
        eq(mdArtifacts.id, read.id),
        eq(mdArtifacts.contentHash, read.contentHash),
        eq(mdArtifacts.insightState, read.insightState),
        isNull(mdArtifacts.deletedAt),
      ),
    )
    .returning({ id: mdArtifacts.id });
  return stored.length > 0;
}
