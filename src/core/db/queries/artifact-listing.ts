/** Pages of the served artifacts, for people and programs that look through them. */
import { and, asc, count, desc, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { mdArtifacts } from "@/core/db/schema";
import type { ArtifactSummary } from "@/core/models/api";
import type { ArtifactKind } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { nextTurn } from "@/lib/next-turn";
import { summaryColumns } from "./artifacts";

export const artifactSortColumns = ["title", "artifactDate", "updateDate", "kind"] as const;
export type ArtifactSort = (typeof artifactSortColumns)[number];

export interface ArtifactListing {
  integration?: string | undefined;
  kind?: ArtifactKind | undefined;
  offset: number;
  limit: number;
  /** Text that title, author or source id contain, case aside. */
  search?: string | undefined;
  sortBy: ArtifactSort;
  sortOrder: "asc" | "desc";
}

/**
 * One page of the served artifacts, and how many there are in all. Which they are is read from the index of lists alone:
 * with 100,000 artifacts, rows would take half a second.
 */
export async function listArtifacts(
  db: Db,
  listing: ArtifactListing,
): Promise<{ artifacts: ArtifactSummary[]; total: number }> {
  const { page, total } = listingQueries(db, listing);
  const rows = await page;
  await nextTurn();
  const [counted] = await total;
  const ids = rows.map(({ id }) => id);
  return { artifacts: await inOrder(db, ids), total: counted?.total ?? 0 };
}

/** The questions that look at every served artifact. */
export function listingQueries(db: Db, listing: ArtifactListing) {
  const filter = listingFilter(listing);
  const direction = listing.sortOrder === "asc" ? asc : desc;
  const page = db
    .select({ id: mdArtifacts.id })
    .from(mdArtifacts)
    .where(filter)
    .orderBy(direction(mdArtifacts[listing.sortBy]), direction(mdArtifacts.id))
    .limit(listing.limit)
    .offset(listing.offset);
  return { page, total: db.select({ total: count() }).from(mdArtifacts).where(filter) };
}

async function inOrder(db: Db, ids: readonly string[]): Promise<ArtifactSummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(mdArtifacts)
    .where(and(inArray(mdArtifacts.id, [...ids]), isNull(mdArtifacts.deletedAt)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Written so that SQLite takes the index of lists for all of it, not one that begins with a single condition. */
function listingFilter({ integration, kind, search }: ArtifactListing): SQL | undefined {
  const is = (column: PgColumn, value: string) => sql`coalesce(${column}, '') = ${value}`;
  const conditions: (SQL | undefined)[] = [is(mdArtifacts.deletedAt, "")];
  if (integration !== undefined) conditions.push(is(mdArtifacts.integration, integration));
  if (kind !== undefined) conditions.push(is(mdArtifacts.kind, kind));
  if (search !== undefined && search.trim() !== "") {
    const pattern = `%${search
      .trim()
      .toLowerCase()
      .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const contains = (column: PgColumn) => sql`lower(${column}) LIKE ${pattern} ESCAPE '\\'`;
    conditions.push(
      or(
        contains(mdArtifacts.title),
        contains(mdArtifacts.author),
        contains(mdArtifacts.integrationArtifactId),
      ),
    );
  }
  return and(...conditions);
}
