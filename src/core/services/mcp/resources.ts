/** Artifacts as MCP resources: `artifact://{id}`. */
import { type McpServer, ResourceNotFoundError, ResourceTemplate } from "@modelcontextprotocol/server";
import { and, desc, gte, isNull, lt } from "drizzle-orm";
import { findArtifact } from "@/core/db/queries/artifacts";
import { mdArtifacts } from "@/core/db/schema";
import type { App } from "@/core/services/app";
import { renderPage } from "./artifact-page";
import { plainLine } from "@/lib/clean-text";

/** A list is for a person's menu, not for reading everything. */
const longestList = 50;
const longestText = 40_000;

/** Registers the template, with the newest artifacts as its list and ids as its completions. */
export function registerResources(server: McpServer, app: App): void {
  const template = new ResourceTemplate("artifact://{id}", {
    list: async () => ({ resources: await newestArtifacts(app) }),
    complete: { id: (value) => idsThatBegin(app, value) },
  });
  server.registerResource(
    "artifact",
    template,
    {
      title: "Artifact",
      description: `One synced artifact as markdown. The list holds the ${longestList} that changed last; search finds the others.`,
      mimeType: "text/markdown",
    },
    async (uri, { id }) => {
      const artifact = typeof id === "string" ? await findArtifact(app.db, decode(id)) : undefined;
      if (artifact === undefined) throw new ResourceNotFoundError(uri.href);
      const text = renderPage(artifact, { offset: 0, maxChars: longestText });
      return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
    },
  );
}

async function newestArtifacts(app: App) {
  const { id, title, integration } = mdArtifacts;
  const rows = await app.db
    .select({ id, title, integration })
    .from(mdArtifacts)
    .where(isNull(mdArtifacts.deletedAt))
    .orderBy(desc(mdArtifacts.updateDate))
    .limit(longestList);
  return rows.map((row) => ({
    uri: `artifact://${encodeURIComponent(row.id)}`,
    name: plainLine(row.title, 100) || row.id,
    description: row.integration,
    mimeType: "text/markdown",
  }));
}

async function idsThatBegin(app: App, value: string): Promise<string[]> {
  const rows = await app.db
    .select({ id: mdArtifacts.id })
    .from(mdArtifacts)
    .where(
      and(
        isNull(mdArtifacts.deletedAt),
        gte(mdArtifacts.id, value),
        lt(mdArtifacts.id, `${value}\u{10FFFF}`),
      ),
    )
    .orderBy(mdArtifacts.id)
    .limit(20);
  return rows.map(({ id }) => id);
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // Not an encoded id; no artifact is called so.
    return id;
  }
}
