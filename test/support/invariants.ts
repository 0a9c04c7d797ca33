/**
 * What must hold of the database at any moment (structure) and once syncs have come to rest (truth). Each check
 * returns the violations it found, in words, so that a failing test says what broke.
 */
import { integrityProblems } from "@/core/db/queries/health";
import type { Db, SqlValue } from "@/core/models/database";

const embeddings = ["contentEmbedding", "keyPointsEmbedding", "questionsAnsweredEmbedding"];

async function numbers(db: Db, sql: string, params: readonly SqlValue[] = []): Promise<number> {
  const [row] = await db.raw.all(`SELECT (${sql}) AS n`, params);
  return Number(row?.["n"]);
}

/** I2, I5, I6: holds after a kill at any moment, before anything is repaired. */
export async function structureViolations(db: Db): Promise<string[]> {
  const counts: [string, string][] = [
    [
      "artifacts that share integration, account and source id",
      `SELECT count(*) FROM (SELECT 1 FROM mdArtifacts GROUP BY integration, account, integrationArtifactId HAVING count(*) > 1)`,
    ],
    [
      "failed tasks without a reason",
      `SELECT count(*) FROM syncTask WHERE status = 'FAILED' AND coalesce(error, '') = ''`,
    ],
    [
      "failed runs without a reason",
      `SELECT count(*) FROM syncRun WHERE state = 'failed' AND coalesce(error, '') = ''`,
    ],
    [
      "live items whose artifact is missing or removed",
      `SELECT count(*) FROM syncItem LEFT JOIN mdArtifacts ON mdArtifacts.id = syncItem.artifactId
       WHERE syncItem.state = 'live' AND (mdArtifacts.id IS NULL OR mdArtifacts.deletedAt IS NOT NULL)`,
    ],
    [
      "served artifacts that no item stands for",
      `SELECT count(*) FROM mdArtifacts WHERE deletedAt IS NULL AND id NOT IN (SELECT artifactId FROM syncItem WHERE artifactId IS NOT NULL)`,
    ],
    [
      "chunks of removed artifacts",
      `SELECT count(*) FROM chunk JOIN mdArtifacts ON mdArtifacts.id = chunk.artifactId WHERE deletedAt IS NOT NULL`,
    ],
    [
      "indexed artifacts whose chunks are not in their markdown",
      `SELECT count(*) FROM chunk JOIN mdArtifacts ON mdArtifacts.id = chunk.artifactId
       WHERE indexedHash IS NOT NULL AND instr(markdown, trim(chunk.text, char(10))) = 0`,
    ],
    [
      "indexed artifacts with text and no chunk",
      `SELECT count(*) FROM mdArtifacts WHERE indexedHash IS NOT NULL AND trim(markdown) <> ''
       AND id NOT IN (SELECT artifactId FROM chunk)`,
    ],
    ...embeddings.map((table): [string, string] => [
      `${table} rows of removed artifacts`,
      `SELECT count(*) FROM ${table} JOIN mdArtifacts ON mdArtifacts.id = ${table}.artifactId WHERE deletedAt IS NOT NULL`,
    ]),
    [
      "chunks without their one vector",
      `SELECT count(*) FROM chunk LEFT JOIN contentEmbedding AS e ON e.artifactId = chunk.artifactId AND e.ordinal = chunk.ordinal
       WHERE e.rowId IS NULL`,
    ],
  ];
  const violations: string[] = [];
  for (const [what, sql] of counts) {
    const found = await numbers(db, sql);
    if (found !== 0) violations.push(`${found} ${what}`);
  }
  violations.push(...(await searchTableViolations(db)));
  const { database, fullText } = await integrityProblems(db);
  return [...violations, ...[...database, ...fullText].map((problem) => `integrity_check: ${problem}`)];
}

/** The full text rows are exactly the chunks. */
async function searchTableViolations(db: Db): Promise<string[]> {
  const made = await numbers(db, `SELECT count(*) FROM sqlite_master WHERE name = 'searchText'`);
  if (made === 0) return [];
  const chunks = await numbers(db, "SELECT count(*) FROM chunk");
  const violations: string[] = [];
  for (const table of ["searchText", "searchChunk", "searchTerms"]) {
    const rows = await numbers(db, `SELECT count(*) FROM ${table}`);
    if (rows !== chunks) violations.push(`${table} has ${rows} rows for ${chunks} chunks`);
  }
  const strays = await numbers(
    db,
    `SELECT count(*) FROM searchArtifact WHERE live = 1 AND artifactId NOT IN
     (SELECT id FROM mdArtifacts WHERE deletedAt IS NULL)`,
  );
  if (strays !== 0) violations.push(`${strays} artifacts are searchable that must not be`);
  const stale = await numbers(
    db,
    `SELECT count(*) FROM searchArtifact AS s CROSS JOIN mdArtifacts AS m ON m.id = s.artifactId
     CROSS JOIN chunk ON chunk.artifactId = m.id
     WHERE s.live = 1 AND instr(m.markdown, trim(chunk.text, char(10))) = 0`,
  );
  if (stale !== 0)
    violations.push(`${stale} passages are searchable that are not in their artifact's markdown`);
  return violations;
}

/** I1: once syncs are at rest, what is served is what the source holds: text by source id's tail, both ways. */
export async function truthViolations(db: Db, source: ReadonlyMap<string, string>): Promise<string[]> {
  const rows = await db.raw.all(
    `SELECT integrationArtifactId AS id, markdown, indexedHash FROM mdArtifacts WHERE deletedAt IS NULL`,
  );
  const violations: string[] = [];
  const served = new Map(rows.map((row) => [String(row["id"]).replace(/^[^/]*\//, ""), row]));
  for (const [key, text] of source) {
    const row = served.get(key);
    if (row === undefined) violations.push(`${key} is missing`);
    else if (!String(row["markdown"]).includes(text)) violations.push(`${key} is stale`);
    else if (row["indexedHash"] === null) violations.push(`${key} is not indexed`);
  }
  for (const key of served.keys()) if (!source.has(key)) violations.push(`${key} is served but gone`);
  const unfinished = await numbers(
    db,
    `SELECT count(*) FROM syncRun WHERE state IN ('running', 'interrupted')`,
  );
  if (unfinished > 0) violations.push(`${unfinished} runs did not come to an end`);
  return violations.slice(0, 20);
}

/** A fingerprint of artifacts and index, to show that nothing was written (I9). */
export async function contentFingerprint(db: Db): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256");
  const queries = [
    "SELECT id, updateDate, contentHash, insightHash, indexedHash, insightState FROM mdArtifacts ORDER BY id",
    "SELECT rowId, artifactId, ordinal, startLine, endLine FROM chunk ORDER BY rowId",
    ...embeddings.map((table) => `SELECT rowId, artifactId, ordinal, model FROM ${table} ORDER BY rowId`),
  ];
  for (const query of queries) hash.update(JSON.stringify(await db.raw.all(query)));
  return hash.digest("hex");
}
