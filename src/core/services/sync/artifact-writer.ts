import { inArray } from "drizzle-orm";
import { excluded } from "@/core/db/excluded";
import { storedArtifacts } from "@/core/db/queries/artifacts";
import { mdArtifacts } from "@/core/db/schema";
import { batches } from "@/lib/batches";
import { hashJson, stableId } from "@/lib/hash";
import { nextTurn } from "@/lib/next-turn";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { cleanText, plainLine } from "@/lib/clean-text";
import { removeFromIndex } from "@/core/services/index/remove";

/** Titles and names are cut after this many code units. */
const LONGEST_LINE = 500;

export type WriteOutcome = "inserted" | "updated" | "unchanged";

/** Our id of an item: from integration, account and source id alone. */
export function artifactId(integration: string, account: string, integrationArtifactId: string): string {
  return stableId(integration, account, integrationArtifactId);
}

/**
 * Writes rendered artifacts, one row each, and nothing for those whose content is what is stored. New and changed
 * ones wait for insights and index from then on. A removed artifact that is back is live again.
 *
 * @returns what happened, by our id.
 */
export async function writeArtifacts(
  tx: Db,
  owner: { integration: string; account: string },
  rendered: readonly RenderedArtifact[],
): Promise<Map<string, WriteOutcome>> {
  // Two items of a page may render to one artifact; the later one counts.
  const byId = new Map(rendered.map((artifact) => toRow(owner, artifact)).map((row) => [row.id, row]));
  const rows = [...byId.values()];
  const stored = await storedArtifacts(
    tx,
    rows.map((row) => row.id),
  );
  const outcomes = new Map<string, WriteOutcome>();
  const changed: Row[] = [];
  for (const row of rows) {
    const old = stored.get(row.id);
    if (old !== undefined && old.contentHash === row.contentHash && old.deletedAt === null) {
      outcomes.set(row.id, "unchanged");
      continue;
    }
    changed.push(row);
    outcomes.set(row.id, old === undefined || old.deletedAt !== null ? "inserted" : "updated");
  }
  await upsert(tx, changed);
  return outcomes;
}

type Row = ReturnType<typeof toRow>;

function toRow(owner: { integration: string; account: string }, artifact: RenderedArtifact) {
  const content = {
    kind: artifact.kind,
    title: plainLine(artifact.title, LONGEST_LINE) || "Untitled",
    url: artifact.url ?? null,
    author: artifact.author === undefined ? null : plainLine(artifact.author, LONGEST_LINE),
    artifactDate: artifact.artifactDate ?? null,
    markdown: cleanText(artifact.markdown),
    metadata: {
      ...artifact.metadata,
      ...(artifact.insights === undefined ? {} : { providedInsights: artifact.insights }),
    },
  };
  return {
    id: artifactId(owner.integration, owner.account, artifact.integrationArtifactId),
    integrationArtifactId: artifact.integrationArtifactId,
    ...owner,
    ...content,
    contentHash: hashJson(content),
    updateDate: new Date().toISOString(),
  };
}

/** Rows a statement writes at most, which takes some two milliseconds: others get their turn in between. */
const BATCH = 25;

const waiting = {
  keyPoints: [],
  questionsAnswered: [],
  entities: [],
  insightState: "pending" as const,
  insightHash: null,
  indexedHash: null,
  deletedAt: null,
  deletedReason: null,
};

async function upsert(tx: Db, rows: readonly Row[]): Promise<void> {
  for (const batch of batches(rows, BATCH)) {
    await tx
      .insert(mdArtifacts)
      .values(batch.map((row) => ({ ...row, ...waiting })))
      .onConflictDoUpdate({ target: mdArtifacts.id, set: excluded(mdArtifacts) });
    if (rows.length > BATCH) await nextTurn();
  }
}

/**
 * Takes artifacts out of everything that is served, in the caller's transaction. `gone` leaves a tombstone without
 * content; `hidden` keeps the content for the day it may be seen again.
 */
export async function removeArtifacts(
  tx: Db,
  ids: readonly string[],
  reason: "gone" | "hidden",
): Promise<void> {
  if (ids.length === 0) return;
  await removeFromIndex(tx, ids);
  const now = new Date().toISOString();
  const emptied = {
    markdown: "",
    title: "",
    author: null,
    url: null,
    keyPoints: [],
    questionsAnswered: [],
    entities: [],
    metadata: {},
  };
  await tx
    .update(mdArtifacts)
    .set({
      ...(reason === "gone" ? emptied : {}),
      deletedAt: now,
      deletedReason: reason,
      updateDate: now,
      indexedHash: null,
      insightHash: null,
      insightState: "pending",
    })
    .where(inArray(mdArtifacts.id, [...ids]));
}
