/**
 * The whole way on real collections: a folder with one markdown file a document, the Files source, a real server, and
 * every question asked through the MCP tool over HTTP. A question that belongs to one call or chat is asked of a
 * folder that holds only that group.
 *
 *   bun bench/eval/through-mcp.ts [--collections ./collections] [--only slack-qa,cacm]
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { z } from "zod";
import { parseConfig } from "@/core/config";
import { startServer } from "@/core/handlers/server";
import { openApp } from "@/index";
import { readCollection, type Collection } from "./collection";
import { figuresOf } from "./figures";
import { writeDocuments } from "./make-folder";

/** nDCG@10 of plain stemmed full text over 250-word chunks: what must be reached at least. */
const floors: Record<string, number> = {
  "qmsum-meetings": 0.512,
  "qmsum-passages": 0.508,
  "locomo-sessions": 0.838,
  "locomo-turns": 0.508,
  "beam-100k": 0.501,
  "slack-qa": 0.48,
  "claude-docs": 0.805,
};

const resultSchema = z.object({ results: z.array(z.object({ integrationArtifactId: z.string() })) });
const { values } = parseArgs({
  options: { collections: { type: "string", default: "./collections" }, only: { type: "string" } },
});

/** Answers questions from a folder of these documents, in a data folder of its own. */
async function ask(
  documents: Collection["documents"],
  queries: Collection["queries"],
): Promise<Map<string, string[]>> {
  const root = mkdtempSync(join(tmpdir(), "stoneturner-eval-"));
  const ranked = new Map<string, string[]>();
  const app = await openApp({
    config: parseConfig({ STONETURNER_HOME: join(root, "home"), PORT: "0", LOG_LEVEL: "error" }),
  });
  const server = await startServer(app, () => Promise.resolve(new Map()));
  try {
    const names = writeDocuments(documents, join(root, "folder"));
    await app.credentials.save(app.registry.find("Files"), {
      integration: "Files",
      options: { path: join(root, "folder") },
    });
    const [started] = await app.runner.start({ integration: "Files", mode: "full", trigger: "manual" });
    const run = await app.runner.wait(started?.runId ?? "");
    if (run.state !== "succeeded" || run.inserted !== documents.length) {
      throw new Error(`${run.inserted} of ${documents.length} documents synced; ${run.state}: ${run.error}`);
    }
    const client = new Client({ name: "eval", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
    for (const { id, text } of queries) {
      const call = { name: "semantic_search", arguments: { query: text, limit: 10 } };
      const { structuredContent } = await client.callTool(call);
      const { results } = resultSchema.parse(structuredContent);
      if (results.length === 0) console.error(`nothing found for: ${text}`);
      ranked.set(
        id,
        results.map((hit) => names.get(basename(hit.integrationArtifactId)) ?? ""),
      );
    }
    await client.close();
  } finally {
    await server.stop();
    await app.close();
    rmSync(root, { recursive: true, force: true });
  }
  return ranked;
}

async function askByGroup(collection: Collection): Promise<Map<string, string[]>> {
  const judged = collection.queries.filter((query) => collection.judged.has(query.id));
  if (collection.prefixes.size === 0) return ask(collection.documents, judged);
  const ranked = new Map<string, string[]>();
  for (const prefix of new Set(collection.prefixes.values())) {
    const queries = judged.filter((query) => collection.prefixes.get(query.id) === prefix);
    const documents = collection.documents.filter((document) => document.id.startsWith(prefix));
    for (const [query, documentIds] of await ask(documents, queries)) ranked.set(query, documentIds);
  }
  return ranked;
}

if (!existsSync(values.collections)) {
  console.log(`There are no collections at ${values.collections}: nothing measured.`);
  process.exit(0);
}
const wanted = values.only?.split(",");
const collections = readdirSync(values.collections)
  .filter((name) => statSync(join(values.collections, name)).isDirectory())
  .filter((name) => wanted?.includes(name) ?? true);
let failed = false;
console.log(
  "| collection | questions | nDCG@10 | floor | R@10 | MRR@10 | empty |\n|---|---|---|---|---|---|---|",
);
for (const name of collections) {
  const collection = readCollection(values.collections, name);
  const { queries, ndcg10, recall10, mrr10, empty } = figuresOf(collection, await askByGroup(collection));
  const floor = floors[name];
  failed ||= empty > 0 || (floor !== undefined && ndcg10 < floor);
  const figures = [queries, ndcg10.toFixed(3), floor ?? "–", recall10.toFixed(3), mrr10.toFixed(3), empty];
  console.log(`| ${name} | ${figures.join(" | ")} |`);
}
process.exit(failed ? 1 : 0);
