/** What to write instead of what other dialects of SQL have: agents know those better than SQLite's. */
import { closest } from "@/lib/closest";
import { allowedFunctions } from "./allowed-functions";

/** Functions of other dialects by what does the same here. */
const insteads: readonly (readonly [instead: string, functions: string])[] = [
  ["strftime('%Y-%m', artifactDate)", "date_trunc date_part date_format extract to_char year month day week"],
  ["datetime('now')", "now getdate sysdate localtimestamp"],
  ["datetime(x, '-7 days')", "date_add date_sub dateadd adddate interval"],
  ["julianday(a) - julianday(b)", "datediff date_diff age"],
  ["datetime(x)", "to_date to_timestamp str_to_date parse_date"],
  [
    "LIKE or GLOB",
    "regexp regexp_like regexp_matches regexp_replace regexp_substr similar contains starts_with",
  ],
  [
    "FROM json_each(column)",
    "unnest any json_array_elements json_array_elements_text jsonb_array_elements explode",
  ],
  ["json_array_length(column)", "array_length cardinality jsonb_array_length"],
  ["json_group_array(x)", "array_agg json_agg jsonb_agg"],
  ["instr(text, part)", "position strpos charindex locate"],
  ["substr(text, start, length)", "left right mid split_part"],
  ["length(text)", "len char_length character_length"],
  ["max(a, b) or min(a, b)", "greatest least"],
  ["coalesce(a, b)", "nvl isnull"],
];

const syntax =
  "In SQLite's dialect: LIKE for ILIKE, cast(x AS TEXT) for x::text, datetime('now', '-7 days') for intervals, strftime('%Y', x) for extract, LIMIT for TOP and FETCH.";

/** The next step after a message of SQLite's; undefined where the message says it all. */
export function dialectHint(message: string): string | undefined {
  const name = /^no such function: (.+)$/.exec(message)?.[1]?.toLowerCase();
  if (name !== undefined) return functionHint(name);
  if (/^unrecognized token: "['"`]/.test(message))
    return "Close each quote; one inside of text is written twice.";
  if (/syntax error$|^unrecognized token/.test(message)) return syntax;
  return undefined;
}

function functionHint(name: string): string {
  const [instead] = insteads.find(([, functions]) => functions.split(" ").includes(name)) ?? [];
  if (instead !== undefined) return `In SQLite that is ${instead}.`;
  const near = closest(name, [...allowedFunctions]);
  return near.length > 0
    ? `Did you mean ${near.join(" or ")}?`
    : "SQLite's own for text, numbers, time, JSON, aggregates and windows are there.";
}
