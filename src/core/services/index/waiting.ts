import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";
import type { Db, SqlValue } from "@/core/models/database";

const textList = z.string().transform((text, context) => {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    context.addIssue("is not a JSON list of texts");
    return z.NEVER;
  }
});

/** An artifact that waits for indexing, as it was read. */
const waitingSchema = z.object({
  id: z.string(),
  integrationArtifactId: z.string(),
  integration: z.string(),
  account: z.string(),
  kind: z.enum(artifactKinds),
  title: z.string(),
  author: z.string().nullable(),
  artifactDate: z.string().nullable(),
  markdown: z.string(),
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
  id: string;
  artifact: WaitingArtifact | undefined;
  /** Why the row cannot be indexed. */
  problem: string | undefined;
}

/** The next artifacts of one integration that wait, in order of id, starting after `afterId`. */
export async function readWaiting(
  db: Db,
  source: { integration: string; account?: string | undefined },
  afterId: string,
  limit: number,
): Promise<WaitingRow[]> {
  const parameters: SqlValue[] = [source.integration, afterId];
  if (source.account !== undefined) parameters.push(source.account);
  const rows = await db.raw.all(
    `SELECT id, integrationArtifactId, integration, account, kind, title, author, artifactDate, markdown, contentHash,
            updateDate, keyPoints, questionsAnswered, entities
     FROM mdArtifacts
     WHERE indexedHash IS NULL AND integration = ? AND deletedAt IS NULL AND id > ?
       ${source.account === undefined ? "" : "AND account = ?"}
     ORDER BY id LIMIT ?`,
    [...parameters, limit],
  );
  return rows.map((row) => {
    const parsed = waitingSchema.safeParse(row);
    const id = String(row["id"]);
    if (!parsed.success) return { id, artifact: undefined, problem: z.prettifyError(parsed.error) };
    const insightText = [
      String(row["keyPoints"]),
      String(row["questionsAnswered"]),
      String(row["entities"]),
    ] as const;
    return { id, artifact: { ...parsed.data, insightText }, problem: undefined };
  });
}
