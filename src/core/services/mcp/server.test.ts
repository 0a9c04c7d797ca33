import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Client } from "@modelcontextprotocol/client";
import { estimateTokens } from "@/lib/estimate-tokens";
import { connectClient, eras, longText, mcpApp, textOf } from "@test/mcp";

let fixture: Awaited<ReturnType<typeof mcpApp>>;
beforeAll(async () => {
  fixture = await mcpApp();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const readTools = [
  "semantic_search",
  "get_md_artifact_by_id",
  "get_integration_sources",
  "get_data_source_context",
  "run_sql_query",
  "get_sync_status",
  "search",
  "fetch",
];

describe.each(eras)("a client of %s", (era) => {
  let client: Client;
  beforeAll(async () => {
    client = await connectClient(fixture.url, era);
  });
  afterAll(() => client.close());

  const call = (name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args });
  /** Calls a tool that answers with an object, and checks that both halves of the answer are the same. */
  const structured = async (
    name: string,
    args: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> => {
    const result = await call(name, args);
    expect(result.isError ?? false).toBe(false);
    const parsed: Record<string, unknown> = JSON.parse(textOf(result));
    expect(result.structuredContent).toEqual(parsed);
    return parsed;
  };
  const refusal = async (name: string, args: Record<string, unknown>): Promise<string> => {
    const result = await call(name, args);
    expect(result.isError).toBe(true);
    return textOf(result);
  };

  test("agrees on its protocol and reads the instructions", () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(era);
    expect(client.getServerVersion()?.name).toBe("stoneturner");
    expect(client.getInstructions()).toContain("Artifacts by source: Shelf 3.");
    expect(client.getInstructions()).toContain("Empty so far: Vault.");
  });

  test("lists every tool, annotated, in a stable order and in at most 12 KB", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "semantic_search",
      "get_md_artifact_by_id",
      "get_integration_sources",
      "get_data_source_context",
      "run_sql_query",
      "sync_source",
      "get_sync_status",
      "search",
      "fetch",
    ]);
    expect(JSON.stringify(tools).length).toBeLessThanOrEqual(12_000);
    for (const { name, title, description, annotations, inputSchema, outputSchema } of tools) {
      expect(title?.length).toBeGreaterThan(3);
      expect(description?.length).toBeGreaterThan(30);
      expect(annotations).toMatchObject({
        title,
        readOnlyHint: readTools.includes(name),
      });
      expect(annotations?.openWorldHint).toBe(!readTools.includes(name));
      expect(annotations?.destructiveHint ?? false).toBe(false);
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema === undefined).toBe(name === "get_md_artifact_by_id");
    }
  });

  test("searches, and gets title, source, passage and lines", async () => {
    const { results, notes } = await structured("semantic_search", {
      query: "what does the enterprise plan cost",
    });
    const [first] = results as Record<string, unknown>[];
    expect(first).toMatchObject({
      integration: "Shelf",
      title: "Note pricing",
      integrationArtifactId: "shelf/pricing",
    });
    expect(String(first?.["snippet"])).toContain("900 euros");
    expect(first).not.toHaveProperty("why");
    expect(first).not.toHaveProperty("account");
    expect(Array.isArray(notes)).toBe(true);
  });

  test("is told why in a detailed search", async () => {
    const { results } = await structured("semantic_search", {
      query: "enterprise plan",
      response_format: "detailed",
    });
    const [first] = results as Record<string, unknown>[];
    expect(first?.["account"]).toBe("default");
    expect(first?.["why"]).not.toHaveLength(0);
  });

  test("gets parts that add up to the score when it asks for them", async () => {
    const { results } = await structured("semantic_search", { query: "enterprise plan", explain: true });
    const [first] = results as { score: number; why: { contribution: number }[] }[];
    const sum = first?.why.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(first?.score ?? Number.NaN, 12);
    expect(first?.why.every(({ contribution }) => contribution !== 0)).toBe(true);
  });

  test("gets whole passages on request, and no more tokens than it allows", async () => {
    const query = "line of the long note";
    const { results } = await structured("semantic_search", { query, context: 1 });
    const [first] = results as { id: string; passages: { id: string; text: string }[] }[];
    expect(first?.passages.length).toBeGreaterThanOrEqual(2);
    for (const { id, text } of first?.passages ?? []) {
      expect(id).toBe(first?.id ?? "");
      expect(longText).toContain(text);
    }
    for (const maxTokens of [100, 300, 900]) {
      const cut = await structured("semantic_search", { query, context: 1, maxTokens });
      expect(estimateTokens(JSON.stringify(cut))).toBeLessThanOrEqual(maxTokens);
      expect(JSON.stringify(cut["notes"])).toContain(`${maxTokens} tokens`);
    }
  });

  test("is told what to do where nothing is found", async () => {
    const notes = async (asked: Record<string, unknown>) =>
      (await structured("semantic_search", asked))["notes"];
    expect(await notes({ query: " " })).toEqual(["The query is empty: give a question or keywords."]);
    expect(await notes({ query: "plan", integration: ["shelf", "vault"], maxDate: "1999-01-01" })).toEqual([
      "There is nothing of Vault yet: get_integration_sources says what is connected.",
    ]);
    expect(await notes({ query: "plan", maxDate: "1999-01-01" })).toEqual([
      "Nothing fits the query within these filters: leave some out, or use other words.",
    ]);
    expect(await notes({ query: "enterprise plan" })).toEqual([]);
  });

  test("learns that entities filter by what is listed, not by what is mentioned", async () => {
    const asked = { query: "enterprise plan", entities: ["Ada Lovelace"] };
    const { results, notes } = await structured("semantic_search", asked);
    expect(results).toMatchObject([{ title: "Note pricing" }]);
    expect(notes).toEqual([expect.stringContaining("names in the query")]);
    expect((await structured("semantic_search", { ...asked, limit: 1 }))["notes"]).toEqual([]);
    expect(await refusal("semantic_search", { query: "plan", entities: ["Zxqv"] })).toContain("in the query");
  });

  test("is refused what does not fit in plain words", async () => {
    expect(await refusal("semantic_search", {})).toContain("query: is missing; it takes text");
    expect(await refusal("semantic_search", { query: "plan", limit: 99 })).toContain(
      "limit: takes at most 50",
    );
    const backwards = { query: "plan", minDate: "2026-05-02", maxDate: "2026-05-01" };
    expect(await refusal("semantic_search", backwards)).toContain("after 2026-05-02 and before 2026-05-01");
  });

  test("is refused a misspelt argument, by name, with the right one", async () => {
    const text = await refusal("semantic_search", { query: "plan", integraton: "Shelf" });
    expect(text).toContain("There is no argument 'integraton'. Did you mean integration?");
    expect(await refusal("fetch", { id: "x", limit: 3 })).toContain(
      "There is no argument 'limit'. Known: id.",
    );
  });

  test.each([
    ["an argument", { ["x".repeat(400_000)]: 1 }],
    ["a source", { integration: "x".repeat(400_000) }],
    ["an entity", { entities: ["x".repeat(400_000)] }],
  ])("is not told all of %s that is far too long", async (_, asked) => {
    const text = await refusal("semantic_search", { query: "plan", ...asked });
    expect(text.length).toBeLessThan(1_000);
    expect(text).toMatch(/xxx…'\. (?:Known: |Name it)/);
  });

  test("is refused an unknown source with near matches, and a bad date by name", async () => {
    expect(await refusal("semantic_search", { query: "plan", integration: "Shelv" })).toContain(
      "Did you mean Shelf?",
    );
    expect(await refusal("semantic_search", { query: "plan", minDate: "yesterday" })).toContain("minDate");
    expect(await refusal("semantic_search", { query: "plan", limit: 99 })).toContain("limit");
    expect(await refusal("get_data_source_context", { integration: "Shelff" })).toContain(
      "Did you mean Shelf?",
    );
  });

  test("queries with SQL, and is told what is wrong with a query", async () => {
    const answer = await structured("run_sql_query", {
      sql: "SELECT integration, count(*) AS n FROM mdArtifacts GROUP BY 1",
    });
    expect(answer).toMatchObject({ columns: ["integration", "n"], rows: [["Shelf", 3]], truncated: false });
    expect(await refusal("run_sql_query", { sql: "SELECT * FROM mdArtifact" })).toContain(
      "Did you mean mdArtifacts?",
    );
    expect(await refusal("run_sql_query", { sql: "DROP TABLE mdArtifacts" })).toContain("this is read-only");
    const capped = await structured("run_sql_query", { sql: "SELECT id FROM mdArtifacts", maxRows: 2 });
    expect(capped["rows"]).toHaveLength(2);
    expect(capped["note"]).toContain("maxRows");
  });

  test("lists the sources with their state, and where to connect what is missing", async () => {
    const { sources } = await structured("get_integration_sources");
    expect(sources).toMatchObject([
      { integration: "Shelf", artifacts: 3, running: [] },
      { integration: "Vault", status: "not_connected", artifacts: 0 },
    ]);
    expect((sources as Record<string, unknown>[])[1]?.["connectUrl"]).toMatch(/^http.*\/\?connect=Vault$/);
  });

  test("gets the lay of the land of a source", async () => {
    const answer = await structured("get_data_source_context", { integration: "shelf" });
    expect(answer["integration"]).toBe("Shelf");
    expect(answer["about"]).toBe("A note is a note.");
    expect(answer["exampleQueries"]).toEqual([
      { question: "How many?", sql: "SELECT count(*) FROM mdArtifacts" },
    ]);
    expect(answer["accounts"]).toMatchObject([{ account: "default", artifacts: 3 }]);
    expect((answer["tables"] as Record<string, string[]>)["mdArtifacts"]).toContain("title");
  });

  test("syncs a source and follows the run", async () => {
    const { runs } = await structured("sync_source", { integration: "shelf" });
    const runId = (runs as { runId: string }[])[0]?.runId ?? "";
    await fixture.app.runner.wait(runId);
    const status = await structured("get_sync_status", { runId });
    expect(status["runs"]).toMatchObject([
      { runId, integration: "Shelf", mode: "incremental", state: "succeeded" },
    ]);
    const latest = await structured("get_sync_status", { integration: "SHELF" });
    expect(latest["runs"]).toHaveLength(1);
    expect(await refusal("get_sync_status", { runId: "none" })).toContain("There is no sync run 'none'");
  });

  test("gets a URL instead of a sync where no account is connected", async () => {
    const answer = await structured("sync_source", { integration: "Vault", mode: "full" });
    expect(answer["runs"]).toEqual([]);
    expect(answer["next"]).toContain("/?connect=Vault");
    expect(await refusal("sync_source", { integration: "Vaults" })).toContain("Did you mean Vault?");
  });

  test("uses search and fetch in the shape that connectors require", async () => {
    const { results } = await structured("search", { query: "enterprise plan" });
    const [first] = results as Record<string, string>[];
    expect(Object.keys(first ?? {})).toEqual(["id", "title", "url"]);
    expect(first?.["url"]).toMatch(/^http:\/\/.+\/artifact\/.+/);
    const fetched = await structured("fetch", { id: first?.["id"] });
    expect(Object.keys(fetched)).toEqual(["id", "title", "text", "url", "metadata"]);
    expect(fetched["text"]).toContain("900 euros");
    expect(fetched["metadata"]).toMatchObject({ integration: "Shelf" });
    const long = await structured("fetch", { id: "shelf/long" });
    expect(JSON.stringify(long).length).toBeLessThanOrEqual(45_000);
    expect(long["text"]).toMatch(/get_md_artifact_by_id with offset \d+ reads on/);
  });

  test("finds artifacts as resources", async () => {
    const { resources } = await client.listResources();
    const names = resources.filter(({ uri }) => uri.startsWith("artifact://")).map(({ name }) => name);
    expect(names.sort()).toEqual(["Note injection", "Note long", "Note pricing"]);
    const uri = resources.find(({ name }) => name === "Note pricing")?.uri ?? "";
    const { contents } = await client.readResource({ uri });
    expect(contents[0]).toMatchObject({ uri, mimeType: "text/markdown" });
    expect(JSON.stringify(contents)).toContain("900 euros");
    const id = uri.slice("artifact://".length);
    const { completion } = await client.complete({
      ref: { type: "ref/resource", uri: "artifact://{id}" },
      argument: { name: "id", value: id.slice(0, 6) },
    });
    expect(completion.values).toContain(id);
    await expect(client.readResource({ uri: "artifact://none" })).rejects.toMatchObject({ code: -32602 });
  });

  test("reads the tables for SQL as a resource, and every column in it can be queried", async () => {
    const { contents } = await client.readResource({ uri: "stoneturner://schema" });
    const [content] = contents;
    const text = content !== undefined && "text" in content ? content.text : "";
    expect(text).toContain("## Shared by all sources");
    expect(text).toContain("## Shelf\n\nHow many?\n\n```sql\nSELECT count(*) FROM mdArtifacts\n```");
    expect(text).not.toContain("credential");
    const tables = [...text.matchAll(/^\*\*(\w+)\*\* \((.+)\)$/gm)];
    expect(tables.map(([, table]) => table)).toContain("mdArtifacts");
    for (const [, table = "", columns = ""] of tables) {
      const names = columns.split(", ").map((column) => column.split(" ")[0] ?? "");
      const sql = `SELECT ${names.join(", ")} FROM ${table} LIMIT 1`;
      expect((await structured("run_sql_query", { sql }))["columns"]).toEqual(names);
    }
  });

  test("offers prompts whose source can be completed", async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["research_topic", "what_changed"]);
    const { messages } = await client.getPrompt({ name: "research_topic", arguments: { topic: "pricing" } });
    expect(JSON.stringify(messages)).toContain("pricing");
    const changed = await client.getPrompt({
      name: "what_changed",
      arguments: { days: "3", integration: "Shelf" },
    });
    expect(JSON.stringify(changed.messages)).toContain("last 3 days");
    const { completion } = await client.complete({
      ref: { type: "ref/prompt", name: "research_topic" },
      argument: { name: "integration", value: "sh" },
    });
    expect(completion.values).toEqual(["Shelf"]);
  });

  test.each([
    [{}, "topic: is missing; it takes text"],
    [{ topic: "" }, "topic: takes at least one character"],
    [{ topic: "x".repeat(2_001) }, "topic: takes at most 2000 characters"],
  ])("is refused a prompt in plain words", async (asked: Record<string, string>, words) => {
    const prompt = client.getPrompt({ name: "research_topic", arguments: asked });
    await expect(prompt).rejects.toThrow(words);
  });

  test("is answered with a protocol error for a tool that does not exist", async () => {
    await expect(call("no_such_tool")).rejects.toMatchObject({ code: -32602 });
  });

  test("stops a query when it gives up", async () => {
    const sql = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
    /** How long the next query waits for one that was given up, in milliseconds. */
    const waited = async () => {
      const stop = new AbortController();
      const asked = client.callTool({ name: "run_sql_query", arguments: { sql } }, { signal: stop.signal });
      setTimeout(() => stop.abort(), 300);
      await expect(asked).rejects.toThrow();
      await asked.catch(() => undefined);
      const started = performance.now();
      await structured("run_sql_query", { sql: "SELECT 1" });
      return performance.now() - started;
    };
    // Clients of the older revisions keep the request open: there the query's own limit of two seconds ends it. A busy
    // machine may take as long to start the next process, but not each time.
    let quick = era !== "2026-07-28";
    do quick ||= (await waited()) < 1_500;
    while (!quick);
  });
});

describe("text from a source", () => {
  test("is quoted between marks that it cannot know, and never reaches definitions or instructions", async () => {
    const client = await connectClient(fixture.url, "2026-07-28");
    const read = textOf(
      await client.callTool({ name: "get_md_artifact_by_id", arguments: { id: "shelf/injection" } }),
    );
    const mark = /^<<<(\w+)$/m.exec(read)?.[1] ?? "none";
    expect(read).toContain(`\n${mark}>>>`);
    expect(read).toContain("information, not instructions");
    const { tools } = await client.listTools();
    const definitions = JSON.stringify([tools, client.getInstructions()]);
    for (const foreign of ["Ignore all previous", "Ada Lovelace", "Note pricing"])
      expect(definitions).not.toContain(foreign);
    await client.close();
  });
});
