/** What the page, programs and agents are told when the data folder takes no write. */
import { expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { httpApp } from "@test/http";

test("a folder that takes no write is told in plain words, with what whoever asked can do, over HTTP and MCP", async () => {
  await using http = await httpApp();
  const { db, logged } = http.app;
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", http.url)));
  await db.raw.all("PRAGMA query_only = ON");
  const refused = await http.send("PUT", "/api/schedules/shelf", { body: { cron: "hourly" } });
  expect(refused.status).toBe(503);
  const message = "The data folder is read-only. Give this user the right to write there, then try again.";
  expect(await refused.json()).toEqual({ error: { code: "storage", message } });
  const answer = await client.callTool({ name: "sync_source", arguments: { integration: "shelf" } });
  expect(answer).toMatchObject({ isError: true, content: [{ text: message }] });
  await client.close();
  expect(logged.filter(({ level }) => level === "error").map((line) => JSON.stringify(line))).toEqual(
    expect.arrayContaining([
      expect.stringContaining("attempt to write a readonly database"),
      expect.stringContaining("An MCP tool failed."),
    ]),
  );
});
