import { z } from "zod";
import { structuredTool } from "../tool";

export const runSqlQuery = structuredTool({
  name: "run_sql_query",
  title: "Query the synced data with SQL",
  description:
    "Runs one read-only SQLite SELECT over synced data, for counting, grouping and exact lookups that search cannot do, e.g. SELECT integration, count(*) FROM mdArtifacts GROUP BY integration. get_data_source_context lists a source's tables and columns. Stopped after 2 seconds; rows are arrays in the order of columns.",
  input: {
    sql: z.string().min(1).describe("One SELECT, WITH, VALUES or EXPLAIN statement in SQLite's dialect"),
    maxRows: z.number().int().min(1).max(1_000).default(100).describe("Most rows to return, 1 to 1000"),
  },
  output: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.unknown())),
    truncated: z.boolean(),
    note: z.string().optional(),
    elapsedMs: z.number(),
  }),
  run: async (app, { sql, maxRows }, signal) => {
    const { rows, note, ...result } = await app.sql.query(sql, signal);
    if (rows.length <= maxRows) return { ...result, rows, note };
    const cut = `Only the first ${maxRows} rows are here: raise maxRows (up to 1000), aggregate, or page with LIMIT … OFFSET ${maxRows}.`;
    return { ...result, rows: rows.slice(0, maxRows), truncated: true, note: cut };
  },
});
