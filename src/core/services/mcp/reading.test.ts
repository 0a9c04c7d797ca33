import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Client } from "@modelcontextprotocol/client";
import { connectClient, eras, longText, mcpApp, textOf } from "@test/mcp";

let fixture: Awaited<ReturnType<typeof mcpApp>>;
beforeAll(async () => {
  fixture = await mcpApp();
});
afterAll(() => fixture[Symbol.asyncDispose]());

describe.each(eras)("a client of %s that reads an artifact", (era) => {
  let client: Client;
  beforeAll(async () => {
    client = await connectClient(fixture.url, era);
  });
  afterAll(() => client.close());

  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args });
  const structured = async (name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> =>
    JSON.parse(textOf(await call(name, args)));
  const refusal = async (name: string, args: Record<string, unknown>): Promise<string> => {
    const result = await call(name, args);
    expect(result.isError).toBe(true);
    return textOf(result);
  };

  test("reads a long artifact page by page, whole", async () => {
    let offset = 0;
    let read = "";
    for (let page = 0; page < 20; page++) {
      const text = textOf(await call("get_md_artifact_by_id", { id: "shelf/long", offset }));
      read += /<<<\w+\n([\s\S]*)\n\w+>>>/.exec(text)?.[1] ?? "";
      const next = /^next_offset: (\d+)/m.exec(text)?.[1];
      if (next === undefined) break;
      offset = Number(next);
    }
    expect(read).toBe(longText);
  });

  test("finds a place in a long artifact without reading all of it", async () => {
    const first = textOf(await call("get_md_artifact_by_id", { id: "shelf/long", maxChars: 100 }));
    const sql = /run_sql_query with (SELECT .+)$/.exec(first)?.[1]?.replace("%word%", "%Line 1234 of%") ?? "";
    const { rows } = await structured("run_sql_query", { sql });
    const [[startLine, endLine] = []] = rows as number[][];
    const found = await call("get_md_artifact_by_id", { id: "shelf/long", startLine, endLine });
    expect(textOf(found)).toContain("Line 1234 of the long note.");
    const short = await call("get_md_artifact_by_id", { id: "shelf/pricing", maxChars: 100 });
    expect(textOf(short)).not.toContain("run_sql_query");
  });

  test("reads only some lines", async () => {
    const result = await call("get_md_artifact_by_id", { id: "shelf/long", startLine: 10, endLine: 11 });
    expect(textOf(result)).toContain("\nLine 10 of the long note. 😀\nLine 11 of the long note. 😀\n");
    expect(textOf(result)).not.toContain("Line 12 of");
    expect(result).not.toHaveProperty("structuredContent");
  });

  test("reads an artifact by an address that it was given, and learns how to find that of a source", async () => {
    const { results } = await structured("search", { query: "enterprise plan" });
    const [{ id = "", url = "" } = {}] = results as { id?: string; url?: string }[];
    expect(url).toMatch(/^http.*\/artifact\//);
    for (const address of [url, `artifact://${id}`]) {
      expect(textOf(await call("get_md_artifact_by_id", { id: address }))).toContain("900 euros");
      expect(await structured("fetch", { id: address })).toMatchObject({ id });
    }
    const elsewhere = await refusal("get_md_artifact_by_id", { id: "https://example.com/call?id=7" });
    expect(elsewhere).toContain("WHERE url = ");
  });

  test.each(["nothing", "../../etc/passwd", "artifact://%2e%2e", "a\0b"])(
    "is told that %p is no artifact",
    async (id) => {
      expect(await refusal("get_md_artifact_by_id", { id })).toContain("There is no artifact with the id");
      expect(await refusal("fetch", { id })).toContain("There is no artifact with the id");
    },
  );

  test("reads the beginning of a long artifact as a resource, and learns how to read on", async () => {
    const { resources } = await client.listResources();
    const uri = resources.find(({ name }) => name === "Note long")?.uri ?? "";
    const { contents } = await client.readResource({ uri });
    expect(JSON.stringify(contents)).toContain("get_md_artifact_by_id with offset 40000 reads on");
  });
});
