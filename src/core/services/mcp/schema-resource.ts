/** What `run_sql_query` may read, as a resource that a client can load before the first query. */
import type { McpServer } from "@modelcontextprotocol/server";
import type { Integration } from "@/core/models/integration";
import type { App } from "@/core/services/app";

const schemaUri = "stoneturner://schema";
/** Tables change only with the program. */
const FRESH_FOR_MS = 3_600_000;

type Table = Awaited<ReturnType<App["sql"]["schema"]>>[number];

/** Registers the tables, their columns with types, and each source's example queries; nothing in it is synced text. */
export function registerSchemaResource(server: McpServer, app: Pick<App, "sql" | "registry">): void {
  server.registerResource(
    "schema",
    schemaUri,
    {
      title: "Tables for SQL",
      description: "Every table and column that run_sql_query may read, with example queries of each source.",
      mimeType: "text/markdown",
      cacheHint: { ttlMs: FRESH_FOR_MS, cacheScope: "private" },
    },
    async (uri) => {
      const text = describeTables(await app.sql.schema(), app.registry.integrations);
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
    },
  );
}

/** Tables that all sources share first, then each source's own under its name. */
function describeTables(tables: readonly Table[], integrations: readonly Integration[]): string {
  const owned = integrations.map((integration) => {
    const names = new Set((integration.tableNames ?? []).map((name) => name.toLowerCase()));
    return { config: integration.config, own: tables.filter(({ table }) => names.has(table.toLowerCase())) };
  });
  const taken = new Set(owned.flatMap(({ own }) => own));
  return [
    "# Tables for SQL",
    "SQLite's dialect, one read-only statement. Times are ISO-8601 text in UTC. What a source removed or hides is not there.",
    "## Shared by all sources",
    ...tables.filter((table) => !taken.has(table)).map(tableBlock),
    ...owned.flatMap(({ config, own }) => {
      const examples = (config.exampleQueries ?? []).map(
        ({ question, sql }) => `${question}\n\n\`\`\`sql\n${sql}\n\`\`\``,
      );
      if (own.length === 0 && examples.length === 0) return [];
      return [`## ${config.integration}`, ...own.map(tableBlock), ...examples];
    }),
  ].join("\n\n");
}

function tableBlock({ table, columns }: Table): string {
  const described = columns.map(({ name, type }) => (type === "" ? name : `${name} ${type.toUpperCase()}`));
  return `**${table}** (${described.join(", ")})`;
}
