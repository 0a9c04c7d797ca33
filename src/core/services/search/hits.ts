import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { LegTrace, SearchHit } from "@/core/models/search";
import type { RankedArtifact } from "./fuse";
import { snippetOf } from "./snippet";

const rowSchema = z.object({
  id: z.string(),
  integrationArtifactId: z.string(),
  integration: z.string(),
  account: z.string(),
  kind: z.enum(artifactKinds),
  title: z.string(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  artifactDate: z.string().nullable(),
  startLine: z.number(),
  text: z.string(),
});

/** Ranked artifacts as hits, in order. One that was removed or changed meanwhile is left out. */
export async function hitsOf(
  db: Db,
  ranked: readonly RankedArtifact[],
  rarity: ReadonlyMap<string, number>,
  explain: ((artifact: RankedArtifact) => LegTrace[]) | undefined,
): Promise<SearchHit[]> {
  const pairs = ranked.map((artifact) => [artifact.best.candidate.no, artifact.best.candidate.rowId]);
  const rows = await db.raw.all(
    `SELECT s.no, m.id, m.integrationArtifactId, m.integration, m.account, m.kind, m.title, m.url, m.author,
            m.artifactDate, k.startLine, k.text
     FROM json_each(?) j CROSS JOIN searchArtifact s ON s.no = j.value ->> 0
     CROSS JOIN mdArtifacts m ON m.id = s.artifactId
     CROSS JOIN chunk k ON k.rowId = j.value ->> 1 AND k.artifactId = m.id
     WHERE s.live = 1 AND m.deletedAt IS NULL AND m.indexedHash IS NOT NULL`,
    [JSON.stringify(pairs)],
  );
  const byNumber = new Map(rows.map((row) => [Number(row["no"]), rowSchema.parse(row)]));
  return ranked.flatMap((artifact) => {
    const row = byNumber.get(artifact.best.candidate.no);
    if (row === undefined) return [];
    const { startLine, text, ...fields } = row;
    const snippet = snippetOf(text, rarity);
    return [
      {
        ...fields,
        score: artifact.score,
        snippet: snippet.text,
        highlights: snippet.highlights,
        lines: { start: startLine + snippet.firstLine, end: startLine + snippet.lastLine },
        ...(explain === undefined ? {} : { why: explain(artifact) }),
      },
    ];
  });
}
