import { and, count, eq, gt, isNull, max, min, sql } from "drizzle-orm";
import { tableColumns } from "@/core/db/queries/table-columns";
import { mdArtifacts, sourceContext } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { hashJson } from "@/lib/hash";
import { isoNow } from "@/lib/time";
import { EntityCounter } from "./entity-counter";
import { type SourceContext, sourceContextSchema } from "./source-context-schema";

export { type SourceContext, sourceContextSchema } from "./source-context-schema";

const PAGE = 500;
const TOP_ENTITIES = 30;
const SAMPLES = 10;

export interface SourceAccount {
  integration: string;
  account: string;
}

/**
 * Brings the lay of the land of one account up to date: counts, dates, names, tables, samples. Made offline from
 * what is stored. True when something changed and was written.
 */
export async function refreshSourceContext(
  db: Db,
  source: SourceAccount & { tables: readonly string[] },
): Promise<boolean> {
  const context = await contextOf(db, source);
  const { integration, account } = source;
  const [stored] = await db
    .select({ context: sourceContext.context })
    .from(sourceContext)
    .where(and(eq(sourceContext.integration, integration), eq(sourceContext.account, account)));
  if (stored !== undefined && hashJson(stored.context) === hashJson(context)) return false;
  const row = { integration, account, context, updatedAt: isoNow() };
  await db
    .insert(sourceContext)
    .values(row)
    .onConflictDoUpdate({ target: [sourceContext.integration, sourceContext.account], set: row });
  return true;
}

/** What is known of each account of an integration, by account. A row of an older shape is left out. */
export async function readSourceContext(
  db: Db,
  integration: string,
): Promise<{ account: string; updatedAt: string; context: SourceContext }[]> {
  const rows = await db
    .select()
    .from(sourceContext)
    .where(eq(sourceContext.integration, integration))
    .orderBy(sourceContext.account);
  return rows.flatMap(({ account, updatedAt, context }) => {
    const parsed = sourceContextSchema.safeParse(context);
    return parsed.success ? [{ account, updatedAt, context: parsed.data }] : [];
  });
}

async function contextOf(
  db: Db,
  source: SourceAccount & { tables: readonly string[] },
): Promise<SourceContext> {
  const kinds = await db
    .select({
      kind: mdArtifacts.kind,
      artifacts: count(),
      oldest: min(mdArtifacts.artifactDate),
      newest: max(mdArtifacts.artifactDate),
    })
    .from(mdArtifacts)
    .where(liveOf(source))
    .groupBy(mdArtifacts.kind)
    .orderBy(mdArtifacts.kind);
  const tables: SourceContext["tables"] = [];
  for (const table of [...source.tables].sort())
    tables.push({ table, columns: await tableColumns(db, table) });
  return {
    artifacts: kinds.reduce((sum, row) => sum + row.artifacts, 0),
    kinds: Object.fromEntries(kinds.map((row) => [row.kind, row.artifacts])),
    oldest: kinds.flatMap((row) => row.oldest ?? []).sort()[0] ?? null,
    newest:
      kinds
        .flatMap((row) => row.newest ?? [])
        .sort()
        .at(-1) ?? null,
    topEntities: await topEntities(db, source),
    tables: tables.filter(({ columns }) => columns.length > 0),
    ...(await samples(db, source)),
  };
}

const liveOf = ({ integration, account }: SourceAccount) =>
  and(
    eq(mdArtifacts.integration, integration),
    eq(mdArtifacts.account, account),
    isNull(mdArtifacts.deletedAt),
  );

async function topEntities(db: Db, source: SourceAccount): Promise<SourceContext["topEntities"]> {
  const counter = new EntityCounter();
  for (let after = ""; ;) {
    const rows = await db
      .select({ key: mdArtifacts.integrationArtifactId, entities: mdArtifacts.entities })
      .from(mdArtifacts)
      // The order of the unique index, so that every page is a walk along it.
      .where(and(liveOf(source), gt(mdArtifacts.integrationArtifactId, after)))
      .orderBy(mdArtifacts.integrationArtifactId)
      .limit(PAGE);
    for (const { entities } of rows) counter.add(entities);
    if (rows.length < PAGE) return counter.top(TOP_ENTITIES);
    after = rows.at(-1)?.key ?? after;
    await new Promise(setImmediate);
  }
}

async function samples(
  db: Db,
  source: SourceAccount,
): Promise<Pick<SourceContext, "sampleTitles" | "sampleQuestions">> {
  const newest = await db
    .select({ title: mdArtifacts.title, questions: mdArtifacts.questionsAnswered })
    .from(mdArtifacts)
    .where(liveOf(source))
    .orderBy(sql`coalesce(${mdArtifacts.artifactDate}, '') desc`, mdArtifacts.id)
    .limit(200);
  return {
    sampleTitles: distinct(newest.map((row) => row.title).filter((title) => title !== "")),
    sampleQuestions: distinct(newest.flatMap((row) => row.questions[0] ?? [])),
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, SAMPLES);
}
