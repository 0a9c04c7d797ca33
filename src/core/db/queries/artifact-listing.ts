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
  if (wordsOf(listing) !== undefined) {
    const ids = await idsWithWords(db, listing);
    const page = ids.slice(listing.offset, listing.offset + listing.limit);
    return { artifacts: await inOrder(db, page), total: ids.length };
  }
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

/** Artifacts that are compared with words at a time: some 3 ms. */
const AT_A_TIME = 5_000;

/**
 * All that hold the listing's words, in its order. Comparing 100,000 takes longer than anybody should wait for an
 * answer, so others have their turn after each stretch.
 */
async function idsWithWords(db: Db, listing: ArtifactListing): Promise<string[]> {
  const words = wordsOf(listing)?.toLowerCase() ?? "";
  const keys = new Map<string, string>();
  let after: Place | undefined;
  do {
    const to = await placeAfter(db, after);
    for (const row of await stretchQuery(db, listing, after, to)) {
      if (![row.title, row.author, row.sourceId].some((text) => text?.toLowerCase().includes(words)))
        continue;
      // What changes meanwhile moves on and is met again: it stands where it is now.
      keys.delete(row.id);
      keys.set(row.id, row.key ?? "");
    }
    after = to;
    await nextTurn();
  } while (after !== undefined);
  const found = [...keys].map(([id, key]) => ({ id, key }));
  if (listing.sortBy !== "updateDate") found.sort((a, b) => compare(a.key, b.key) || compare(a.id, b.id));
  const ids = found.map(({ id }) => id);
  return listing.sortOrder === "asc" ? ids : ids.toReversed();
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Where a stretch of the index of lists ends. */
interface Place {
  updateDate: string;
  id: string;
}

const placeOf = sql`(${mdArtifacts.updateDate}, ${mdArtifacts.id})`;
const behind = (place: Place | undefined) =>
  place === undefined ? undefined : sql`${placeOf} > (${place.updateDate}, ${place.id})`;

async function placeAfter(db: Db, after: Place | undefined): Promise<Place | undefined> {
  const { updateDate, id } = mdArtifacts;
  const [place] = await db
    .select({ updateDate, id })
    .from(mdArtifacts)
    .where(behind(after))
    .orderBy(asc(updateDate), asc(id))
    .limit(1)
    .offset(AT_A_TIME - 1);
  return place;
}

/**
 * What of a stretch may be listed, behind `after` and up to `to`, in the order of the index: SQLite knows small letters of
 * ASCII alone and reads a pattern up to a NUL, so the words are compared once more.
 */
export function stretchQuery(db: Db, listing: ArtifactListing, after?: Place, to?: Place) {
  const within = to === undefined ? undefined : sql`${placeOf} <= (${to.updateDate}, ${to.id})`;
  const { id, title, author, integrationArtifactId: sourceId } = mdArtifacts;
  return db
    .select({ id, title, author, sourceId, key: mdArtifacts[listing.sortBy] })
    .from(mdArtifacts)
    .where(and(listingFilter(listing), behind(after), within))
    .orderBy(asc(mdArtifacts.updateDate), asc(mdArtifacts.id));
}

/** Written so that SQLite takes the index of lists for all of it, not one that begins with a single condition. */
function listingFilter(listing: ArtifactListing): SQL | undefined {
  const { integration, kind } = listing;
  const is = (column: PgColumn, value: string) => sql`coalesce(${column}, '') = ${value}`;
  const conditions: (SQL | undefined)[] = [is(mdArtifacts.deletedAt, "")];
  if (integration !== undefined) conditions.push(is(mdArtifacts.integration, integration));
  if (kind !== undefined) conditions.push(is(mdArtifacts.kind, kind));
  const words = wordsOf(listing);
  if (words !== undefined) {
    const plain = words.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`);
    const hasCase = (character: string) => character.toLowerCase() !== character.toUpperCase();
    const pattern = `%${plain.replaceAll(/\P{ASCII}/gu, (one) => (hasCase(one) ? "_" : one))}%`;
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

function wordsOf({ search = "" }: ArtifactListing): string | undefined {
  return search.trim() === "" ? undefined : search.trim();
}
