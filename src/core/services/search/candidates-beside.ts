import type { Db } from "@/core/models/database";
import { sameMatter } from "./besides";
import type { Filter } from "./filters";
import { loadCandidates, type Candidate } from "./load-candidates";
import { standsInSequence } from "./neighbours";
import type { TextIndex } from "./text/text-index";

/** Messages and parts of calls beside which is looked, at most. */
const mostLookedBeside = 10;
/** How far two have to be about one matter, at least. */
const leastOfMatter = 0.5;

/** A chunk that stands beside artifact `no`. */
interface Beside {
  no: number;
  rowId: number;
}

/**
 * Candidates that no word found: an answer may have none of the question's. They stand right beside one of the first of `ahead`,
 * in its container, pass the filter, and are about the same matter. `known` chunks are left out.
 */
export async function candidatesBeside(
  { db, text, filter }: { db: Db; text: TextIndex; filter: Filter },
  ahead: readonly Candidate[],
  known: ReadonlySet<number>,
): Promise<Candidate[]> {
  const placed = ahead.filter((candidate) => standsInSequence(candidate)).slice(0, mostLookedBeside);
  if (placed.length === 0) return [];
  const beside = await chunksBeside(db, placed, filter);
  const unknown = new Set(beside.map(({ rowId }) => rowId).filter((rowId) => !known.has(rowId)));
  const found = new Map((await loadCandidates(text, [...unknown])).map((one) => [one.rowId, one]));
  const ofMatter = new Set<Candidate>();
  for (const { no, rowId } of beside) {
    const candidate = found.get(rowId);
    if (candidate === undefined || !standsInSequence(candidate)) continue;
    const isOfMatter = placed.some(
      (one) => one.no === no && sameMatter(one.stems, candidate.stems) >= leastOfMatter,
    );
    if (isOfMatter) ofMatter.add(candidate);
  }
  return [...ofMatter];
}

/** The last chunk of what comes right before each of these artifacts, and the first one of what comes right after it. */
async function chunksBeside(db: Db, placed: readonly Candidate[], filter: Filter): Promise<Beside[]> {
  const numbers = new Set(placed.map(({ no }) => no));
  const rows = await db.raw.all(
    `SELECT own.no, c.rowId FROM json_each(?) j CROSS JOIN searchArtifact own ON own.no = j.value
     CROSS JOIN searchArtifact a ON a.container = own.container AND a.integration = own.integration
       AND a.account = own.account AND a.position BETWEEN own.position - 1 AND own.position + 1 AND a.no <> own.no
     CROSS JOIN searchChunk c ON c.no = a.no AND c.ordinal = iif(a.position < own.position, a.chunks - 1, 0)
     WHERE ${filter.sql}`,
    [JSON.stringify([...numbers]), ...filter.parameters],
  );
  return rows.map((row) => ({ no: Number(row["no"]), rowId: Number(row["rowId"]) }));
}
