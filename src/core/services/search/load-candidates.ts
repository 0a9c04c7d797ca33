import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { unpackTerms } from "@/core/services/index/terms";

const blob = z.instanceof(Uint8Array);
const rowSchema = z.object({
  rowId: z.number(),
  no: z.number(),
  ordinal: z.number(),
  kind: z.enum(artifactKinds),
  artifactWords: z.number(),
  container: z.string().nullable(),
  position: z.number().nullable(),
  title: z.string(),
  heading: z.string().nullable(),
  text: z.string(),
  stems: blob.transform(unpackTerms),
  exact: blob.transform(unpackTerms),
});

/** Everything that scoring a chunk needs. */
export type Candidate = z.infer<typeof rowSchema>;

/** Loads chunks by their numbers; those that are gone by now are left out. */
export async function loadCandidates(db: Db, rowIds: readonly number[]): Promise<Candidate[]> {
  const rows = await db.raw.all(
    `SELECT c.rowId, c.no, c.ordinal, a.kind, a.words AS artifactWords, a.container, a.position, m.title, k.heading,
            k.text, t.stems, t.exact
     FROM json_each(?) j CROSS JOIN searchChunk c ON c.rowId = j.value
     CROSS JOIN searchArtifact a ON a.no = c.no
     CROSS JOIN searchTerms t ON t.rowId = c.rowId
     CROSS JOIN chunk k ON k.rowId = c.rowId
     CROSS JOIN mdArtifacts m ON m.id = a.artifactId`,
    [JSON.stringify(rowIds)],
  );
  return rows.map((row) => rowSchema.parse(row));
}
