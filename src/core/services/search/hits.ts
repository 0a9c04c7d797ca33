import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Alike, LegTrace, SearchHit } from "@/core/models/search";
import type { RankedArtifact } from "./fuse";
import type { FoldedArtifact } from "./near-duplicates";
import { passagesOf } from "./passages";
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

/** How hits are shown. */
interface Showing {
  /** Weight of each of the query's stems, for choosing the snippet. */
  rarity: ReadonlyMap<string, number>;
  /** What a query without words looks for. */
  pieces: readonly string[];
  /** Passages given before and after the best; undefined when only snippets are wanted. */
  context: number | undefined;
  explain: ((artifact: RankedArtifact) => LegTrace[]) | undefined;
}

/** Ranked artifacts as hits, in order. One that was removed or changed meanwhile is left out. */
export async function hitsOf(
  db: Db,
  ranked: readonly FoldedArtifact[],
  { rarity, pieces, context, explain }: Showing,
): Promise<SearchHit[]> {
  const rows = await rowsOf(db, ranked);
  const alike = await alikeOf(db, ranked);
  const hits: SearchHit[] = [];
  for (const artifact of ranked) {
    const row = rows.get(artifact.best.candidate.no);
    if (row === undefined) continue;
    const { startLine, text, ...fields } = row;
    const snippet = snippetOf(text, rarity, pieces);
    const same = artifact.alike.flatMap(({ best }) => alike.get(best.candidate.no) ?? []);
    hits.push({
      ...fields,
      score: artifact.score,
      snippet: snippet.text,
      highlights: snippet.highlights,
      lines: { start: startLine + snippet.firstLine, end: startLine + snippet.lastLine },
      ...(context === undefined ? {} : { passages: await passagesOf(db, artifact, context) }),
      ...(same.length === 0 ? {} : { alike: same }),
      ...(explain === undefined ? {} : { why: explain(artifact) }),
    });
  }
  return hits;
}

async function rowsOf(
  db: Db,
  ranked: readonly RankedArtifact[],
): Promise<Map<number, z.output<typeof rowSchema>>> {
  const pairs = ranked.map((artifact) => [artifact.best.candidate.no, artifact.best.candidate.rowId]);
  const rows = await db.raw.all(
    `SELECT s.no, m.id, m.integrationArtifactId, m.integration, m.account, m.kind, m.title, m.url, m.author,
            m.artifactDate, k.startLine, k.text
     FROM json_each(?) j CROSS JOIN searchArtifact s ON s.no = j.value ->> 0
     CROSS JOIN mdArtifacts m ON m.id = s.artifactId
     CROSS JOIN chunk k ON k.rowId = j.value ->> 1 AND k.artifactId = m.id
     WHERE s.live = 1 AND m.deletedAt IS NULL`,
    [JSON.stringify(pairs)],
  );
  return new Map(rows.map((row) => [Number(row["no"]), rowSchema.parse(row)]));
}

/** What is told of the artifacts that were folded into others, by number. */
async function alikeOf(db: Db, ranked: readonly FoldedArtifact[]): Promise<Map<number, Alike>> {
  const numbers = ranked.flatMap(({ alike }) => alike.map(({ best }) => best.candidate.no));
  if (numbers.length === 0) return new Map();
  const rows = await db.raw.all(
    `SELECT s.no, m.id, m.integration, m.title FROM json_each(?) j CROSS JOIN searchArtifact s ON s.no = j.value
     CROSS JOIN mdArtifacts m ON m.id = s.artifactId WHERE s.live = 1`,
    [JSON.stringify(numbers)],
  );
  return new Map(
    rows.map((row) => [
      Number(row["no"]),
      { id: String(row["id"]), integration: String(row["integration"]), title: String(row["title"]) },
    ]),
  );
}
