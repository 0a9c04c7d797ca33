import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { tableColumns } from "@/core/db/queries/table-columns";
import { mdArtifacts, sourceContext } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { hashJson } from "@/lib/hash";
import { isoNow } from "@/lib/time";
import { EntityCounter } from "./entity-counter";
import { Newest } from "./newest";
import { type SourceContext, sourceContextSchema } from "./source-context-schema";

export { type SourceContext, sourceContextSchema } from "./source-context-schema";

const PAGE = 500;
const TOP_ENTITIES = 30;
const SAMPLES = 10;
/** The newest artifacts, of which samples are taken. */
const SAMPLED = 200;

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
  const { kinds, oldest, newest, counter, samples } = await walk(db, source);
  const tables: SourceContext["tables"] = [];
  for (const table of [...source.tables].sort())
    tables.push({ table, columns: await tableColumns(db, table) });
  return {
    artifacts: Object.values(kinds).reduce((sum, artifacts) => sum + artifacts, 0),
    kinds: Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1))),
    oldest,
    newest,
    topEntities: counter.top(TOP_ENTITIES),
    tables: tables.filter(({ columns }) => columns.length > 0),
    ...(await samplesOf(db, samples.ids())),
  };
}

const liveOf = ({ integration, account }: SourceAccount) =>
  and(
    eq(mdArtifacts.integration, integration),
    eq(mdArtifacts.account, account),
    isNull(mdArtifacts.deletedAt),
  );

/** All that has to be read of every artifact, in one walk in which others get their turn after each page. */
async function walk(db: Db, source: SourceAccount) {
  const counter = new EntityCounter();
  const samples = new Newest(SAMPLED);
  const kinds: Record<string, number> = {};
  let oldest: string | null = null;
  let newest: string | null = null;
  for (let after = ""; ;) {
    const rows = await db
      .select(walked)
      .from(mdArtifacts)
      // The order of the unique index, so that every page is a walk along it.
      .where(and(liveOf(source), gt(mdArtifacts.integrationArtifactId, after)))
      .orderBy(mdArtifacts.integrationArtifactId)
      .limit(PAGE);
    for (const { id, kind, date, entities } of rows) {
      counter.add(entities);
      samples.add(id, date);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (date === null) continue;
      if (oldest === null || date < oldest) oldest = date;
      if (newest === null || date > newest) newest = date;
    }
    if (rows.length < PAGE) return { kinds, oldest, newest, counter, samples };
    after = rows.at(-1)?.key ?? after;
    await new Promise(setImmediate);
  }
}

const walked = {
  key: mdArtifacts.integrationArtifactId,
  id: mdArtifacts.id,
  kind: mdArtifacts.kind,
  date: mdArtifacts.artifactDate,
  entities: mdArtifacts.entities,
};

/** Titles and questions of artifacts, in the order of their ids given. */
async function samplesOf(
  db: Db,
  ids: readonly string[],
): Promise<Pick<SourceContext, "sampleTitles" | "sampleQuestions">> {
  const rows = await db
    .select({ id: mdArtifacts.id, title: mdArtifacts.title, questions: mdArtifacts.questionsAnswered })
    .from(mdArtifacts)
    .where(inArray(mdArtifacts.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordered = ids.flatMap((id) => byId.get(id) ?? []);
  return {
    sampleTitles: distinct(ordered.map((row) => row.title).filter((title) => title !== "")),
    sampleQuestions: distinct(ordered.flatMap((row) => row.questions[0] ?? [])),
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].slice(0, SAMPLES);
}
