import { expect, test } from "bun:test";
import { CfWorkerJsonSchemaValidator } from "@modelcontextprotocol/client/validators/cf-worker";
import { z } from "zod";
import { connectClient, eras, mcpApp } from "@test/mcp";

const CLIENTS = 50;
/** Fifty clients that each compile the schemas of all tools would take longer than what is tried here. */
const interpreting = { jsonSchemaValidator: new CfWorkerJsonSchemaValidator() };
const found = z.object({ results: z.array(z.object({ id: z.string(), title: z.string() })).min(1) });
const read = z.array(z.object({ text: z.string() })).min(1);
const queried = z.object({ rows: z.array(z.array(z.unknown())) });

test("fifty clients that come at once all get right answers, each its own", async () => {
  await using fixture = await mcpApp();
  const { url, app, shelf } = fixture;
  for (let index = 0; index < CLIENTS; index++)
    shelf.put(`number-${index}`, `# Number ${index}\n\nThe code is zebra${index}.`);
  const [run] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  if (run !== undefined) await app.runner.wait(run.runId);

  const answers = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) => {
      const client = await connectClient(url, eras[index % eras.length] ?? eras[0], {}, interpreting);
      const call = (name: string, args: Record<string, unknown>) =>
        client.callTool({ name, arguments: args });
      const { tools } = await client.listTools();
      const search = await call("semantic_search", { query: `zebra${index}`, limit: 1 });
      const [hit] = found.parse(search.structuredContent).results;
      const text = read.parse((await call("get_md_artifact_by_id", { id: hit?.id })).content);
      const sql = `SELECT ${index}, count(*) FROM mdArtifacts WHERE markdown LIKE '%zebra${index}.%'`;
      const answer = await call("run_sql_query", { sql });
      await client.close();
      return [
        tools.length,
        text[0]?.text.includes(`zebra${index}.`),
        ...queried.parse(answer.structuredContent ?? { rows: [[answer.content]] }).rows,
      ];
    }),
  );

  expect(answers).toEqual(Array.from({ length: CLIENTS }, (_, index) => [9, true, [index, 1]]));
}, 60_000);
