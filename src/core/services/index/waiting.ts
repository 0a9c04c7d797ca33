import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";
import type { Db, SqlRow, SqlValue } from "@/core/models/database";

const texts = z.array(z.string());
const textList = z.string().transform((text, context) => {
  try {
    return texts.parse(JSON.parse(text));
  } catch {
    context.addIssue("is not a JSON list of texts");
    return z.NEVER;
  }
});

/** An artifact that waits for indexing, as it was read. */
const waitingSchema = z.object({
  row: z.number(),
  id: z.string(),
  integrationArtifactId: z.string(),
  integration: z.string(),
  account: z.string(),
  kind: z.enum(artifactKinds),
  title: z.string(),
  author: z.string().nullable(),
  artifactDate: z.string().nullable(),
  markdown: z.string(),
  sequence: z.string().nullish(),
  contentHash: z.string(),
  updateDate: z.string(),
  keyPoints: textList,
  questionsAnswered: textList,
  entities: textList,
});
export type WaitingArtifact = z.infer<typeof waitingSchema> & {
  /** The stored text of the insights, to see whether they changed since. */
  insightText: readonly [string, string, string];
};

export interface WaitingRow {
  /** Where the next page starts. */
  row: number;
  id: string;
  artifact: WaitingArtifact | undefined;
  /** Why the row cannot be indexed. */
  problem: string | undefined;
}

/**
 * The next artifacts of one integration that wait, in order of their row numbers: the index on waiting artifacts has
 * that order already, so a page costs the same however many wait.
 */
export async function readWaiting(
  db: Db,
  source: { integration: string; account?: string | undefined },
  afterRow: number,
  limit: number,
): Promise<WaitingRow[]> {
  const parameters: SqlValue[] = [source.integration, afterRow];
  if (source.account !== undefined) parameters.push(source.account);
  const rows = await db.raw.all(
    `SELECT rowid AS row, id, integrationArtifactId, integration, account, kind, title, author, artifactDate, markdown, contentHash,
            updateDate, keyPoints, questionsAnswered, entities, CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.sequence') END AS sequence
     FROM mdArtifacts
     WHERE indexedHash IS NULL AND integration = ? AND deletedAt IS NULL AND rowid > ?
       ${source.account === undefined ? "" : "AND account = ?"}
     ORDER BY rowid LIMIT ?`,
    [...parameters, limit],
  );
  return rows.map(parseWaiting);
}

/** Reads one row with the columns of `readWaiting`, and says what is wrong with it if anything is. */
export function parseWaiting(row: SqlRow): WaitingRow {
  const parsed = waitingSchema.safeParse(row);
  const id = String(row["id"]);
  const number = Number(row["row"]);
  if (!parsed.success)
    return { row: number, id, artifact: undefined, problem: z.prettifyError(parsed.error) };
  const insightText = [
    String(row["keyPoints"]),
    String(row["questionsAnswered"]),
    String(row["entities"]),
  ] as const;
  return { row: number, id, artifact: { ...parsed.data, insightText }, problem: undefined };
}
