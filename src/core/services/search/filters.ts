import type { Db, SqlValue } from "@/core/models/database";
import { InputError, NotFoundError } from "@/core/models/errors";
import type { SearchRequest } from "@/core/models/search";
import type { Registry } from "@/core/services/app";
import { stemLine, termsIn } from "@/core/services/index/analyse";
import { foldEntity } from "@/core/services/index/prepare";
import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";
import { dateSpan, type DateSpan } from "@/lib/date-span";

/** A condition on `searchArtifact a`, to be joined with AND. */
export interface Filter {
  sql: string;
  parameters: SqlValue[];
  /** True when it leaves anything out. */
  narrows: boolean;
}

type Wanted = Pick<SearchRequest, "integration" | "minDate" | "maxDate" | "entities">;

/**
 * The request's filters as one exact condition.
 *
 * @throws InputError with near matches for an unknown integration or entity: a filter is never silently dropped.
 */
export async function filterOf(request: Wanted, db: Db, registry: Registry): Promise<Filter> {
  const filter: Filter = { sql: "a.live = 1", parameters: [], narrows: false };
  refuseBackwards(request);
  addIntegrations(filter, request.integration, registry);
  if (request.minDate !== undefined) add(filter, "a.date >= ?", [comparable(spanOf(request.minDate).start)]);
  if (request.maxDate !== undefined) add(filter, "a.date <= ?", [comparable(spanOf(request.maxDate).end)]);
  for (const entity of request.entities ?? []) {
    const folded = await knownEntity(entity, db);
    const titled = "SELECT f.rowid FROM searchField f WHERE searchField MATCH ?";
    const listed = "SELECT e.no FROM searchEntity e WHERE e.entity = ?";
    add(filter, `(a.no IN (${listed}) OR a.no IN (${titled}))`, [folded, inTitle(entity)]);
  }
  return filter;
}

/** No date is in such a span. */
function refuseBackwards({ minDate, maxDate }: Wanted): void {
  if (minDate === undefined || maxDate === undefined) return;
  if (spanOf(minDate).start <= spanOf(maxDate).end) return;
  throw new InputError(`Nothing can be dated after ${minDate} and before ${maxDate}.`, [
    { field: "minDate", message: `takes a date that is not after maxDate, ${maxDate}` },
  ]);
}

function add(filter: Filter, sql: string, parameters: SqlValue[]): void {
  filter.sql += ` AND ${sql}`;
  filter.parameters.push(...parameters);
  filter.narrows = true;
}

function addIntegrations(filter: Filter, wanted: string | string[] | undefined, registry: Registry): void {
  if (wanted === undefined) return;
  const names = typeof wanted === "string" ? [wanted] : wanted;
  if (names.length === 0) return;
  const found = names.map((name) => {
    try {
      return registry.find(name).config.integration;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      throw new InputError(error.message, [{ field: "integration", message: error.explanation }], {
        ...(error.action === undefined ? {} : { action: error.action }),
        cause: error,
      });
    }
  });
  add(filter, `a.integration IN (${found.map(() => "?").join(", ")})`, found);
}

/** Requests were checked at the edge: what is no date does not come here. */
function spanOf(date: string): DateSpan {
  const span = dateSpan(date);
  if (span === undefined)
    throw new InputError(`'${date}' is no date.`, [{ field: "date", message: "takes an ISO-8601 date" }]);
  return span;
}

const firstTime = Date.parse("0000-01-01");
const lastTime = Date.parse("9999-12-31T23:59:59.999Z");

/** A time as text that sorts by time: beyond four digits a year begins with a sign, which comes before all digits. */
function comparable(time: number): string {
  return new Date(Math.min(lastTime, Math.max(firstTime, time))).toISOString();
}

/** A name in a title: calls are often called after a customer whom nobody in them names. */
function inTitle(entity: string): string {
  return `title : "${stemLine(termsIn(entity)).replaceAll('"', "")}"`;
}

async function knownEntity(entity: string, db: Db): Promise<string> {
  const folded = foldEntity(entity);
  const found = await db.raw.all("SELECT 1 FROM searchEntity WHERE entity = ? LIMIT 1", [folded]);
  if (found.length > 0) return folded;
  const near = await nearEntities(folded, db);
  const message = `No artifact lists the entity '${plainLine(entity, 80)}'.`;
  const action =
    near.length > 0
      ? `Did you mean ${near.join(" or ")}?`
      : "Name it in the query instead: that finds mentions.";
  throw new InputError(message, [{ field: "entities", message: `${message} ${action}` }], { action });
}

/** Entities that a mistyped name may have meant: the commonest with the same start, or with the name inside. */
async function nearEntities(folded: string, db: Db): Promise<string[]> {
  const start = folded.slice(0, 1);
  const rows = await db.raw.all(
    `SELECT entity, min(name) AS name, count(*) AS uses FROM searchEntity
     WHERE (entity >= ? AND entity < ?) OR instr(entity, ?) > 0
     GROUP BY entity ORDER BY uses DESC LIMIT 3000`,
    [start, `${start}\u{10ffff}`, folded],
  );
  const names = new Map(rows.map((row) => [String(row["entity"]), String(row["name"])]));
  const inside = [...names.keys()].filter((name) => name.includes(folded)).slice(0, 3);
  const near = [...new Set([...closest(folded, [...names.keys()]), ...inside])].slice(0, 3);
  return near.map((name) => names.get(name) ?? name);
}
