/** Turns SQLite's values into JSON, and stops before an answer grows too long for an agent. */
import type { SQLOutputValue } from "node:sqlite";

/** Most rows of one answer. */
const MAX_ROWS = 1_000;
/** Most characters of JSON of one answer. */
const MAX_CHARACTERS = 20_000;
const longestCell = 5_000;
const longestColumnName = 200;

export interface CappedRows {
  columns: string[];
  rows: unknown[][];
  truncated: boolean;
  note: string | undefined;
}

/**
 * Reads rows until one of the caps is reached. Counts while it reads: a row cap alone would let 300 rows of 7 MB into
 * memory. Columns of the same name are all kept, since rows are arrays.
 */
export function readCapped(names: readonly string[], rows: Iterable<readonly SQLOutputValue[]>): CappedRows {
  const columns = names.map((name) => name.slice(0, longestColumnName));
  const cellCap = Math.max(100, Math.min(longestCell, Math.floor(15_000 / Math.max(1, columns.length))));
  const taken: unknown[][] = [];
  let characters = JSON.stringify(columns).length;
  let cut = false;
  let stoppedAt: "rows" | "characters" | undefined;
  for (const row of rows) {
    if (taken.length === MAX_ROWS) {
      stoppedAt = "rows";
      break;
    }
    const values = row.map((value) => toJson(value, cellCap, () => (cut = true)));
    characters += JSON.stringify(values).length + 1;
    if (characters > MAX_CHARACTERS && taken.length > 0) {
      stoppedAt = "characters";
      break;
    }
    taken.push(values);
  }
  return {
    columns,
    rows: taken,
    truncated: stoppedAt !== undefined || cut,
    note: noteFor(stoppedAt, taken.length, cut),
  };
}

function noteFor(
  stoppedAt: "rows" | "characters" | undefined,
  rows: number,
  cut: boolean,
): string | undefined {
  const notes: string[] = [];
  if (stoppedAt !== undefined) {
    const cap = stoppedAt === "rows" ? `${MAX_ROWS} rows` : `${MAX_CHARACTERS} characters`;
    notes.push(
      `Only the first ${rows} rows are here: an answer holds at most ${cap}. Select fewer columns, or page with ORDER BY … LIMIT … OFFSET ${rows}.`,
    );
  }
  if (cut) {
    notes.push(
      "Long values were cut where they say '… (+N characters)'; read on with substr(column, start, count).",
    );
  }
  return notes.length === 0 ? undefined : notes.join(" ");
}

/** Integers beyond 2^53 as text, blobs as `{blob, bytes}`, text over the cap cut with a mark that says how much. */
function toJson(value: SQLOutputValue, cap: number, onCut: () => void): unknown {
  if (typeof value === "bigint") {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : value.toString();
  }
  if (typeof value === "string") {
    if (value.length <= cap) return value;
    onCut();
    return `${value.slice(0, cap)}… (+${value.length - cap} characters)`;
  }
  // JSON has no infinity.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null) return null;
  const bytes = value.byteLength;
  const shown = Math.min(bytes, Math.floor(cap / 2));
  if (shown < bytes) onCut();
  return { blob: Buffer.from(value.buffer, value.byteOffset, shown).toString("base64"), bytes };
}
