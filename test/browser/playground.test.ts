/** The playground's hits are the agents' tool's: the same page, server and index, asked in both ways. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { z } from "zod";
import { launchBrowser } from "@test/browser";
import { connectClient } from "@test/mcp";
import { testApp } from "@test/app";
import { buildClient } from "@/client/build";
import { startServer } from "@/core/handlers/server";
import { filesIntegration } from "@/integrations/files/integration";

setDefaultTimeout(120_000);

const hits = z.object({
  results: z.array(
    z.object({ id: z.string(), score: z.number(), passages: z.array(z.unknown()).default([]) }),
  ),
});
const searches = [
  { path: "?q=why+did+we+lose+Molar+Bros%3F", args: { query: "why did we lose Molar Bros?", limit: 10 } },
  { path: "?q=pricing&limit=20", args: { query: "pricing", limit: 20 } },
  {
    path: "?q=harbor+dental&to=2026-10-01",
    args: { query: "harbor dental", limit: 10, maxDate: "2026-10-01" },
  },
  { path: "?q=pricing&maxTokens=900", args: { query: "pricing", limit: 10, maxTokens: 900 } },
  {
    path: "?q=pricing&context=1&maxTokens=6000",
    args: { query: "pricing", limit: 10, context: 1, maxTokens: 6_000 },
  },
];

test("the sample workspace connects with one press, is found by page and agent alike, and outlives a change of nothing", async () => {
  await using app = await testApp({ integrations: [filesIntegration] });
  const server = await startServer(app, buildClient);
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Try it with the sample workspace" }).click();
  await page
    .getByText(/Files: sync done/)
    .first()
    .waitFor();
  const client = await connectClient(`${server.url}/mcp`, "2025-11-25");
  for (const { path, args } of searches) {
    await page.goto(`${server.url}/search${path}`);
    await page.getByText(/\d+ results? in/).waitFor();
    const links = page.locator("ol > li h2 a");
    const shown = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute("href")?.split(/[/?]/)[2]),
    );
    const answer = await client.callTool({ name: "semantic_search", arguments: args });
    const { results } = hits.parse(answer.structuredContent);
    expect(results.length).toBeGreaterThan(0);
    expect(shown).toEqual(results.map(({ id }) => id));
    const passages = await page.locator("ol > li ol > li").count();
    expect(passages).toBe(results.flatMap((hit) => hit.passages).length);
    expect(passages > 0).toBe("context" in args);
    const scores = (await page.getByText(/^score \d/).allTextContents()).map((text) => Number(text.slice(6)));
    // The tool's scores are rounded before they are sent, the page's when they are shown.
    for (const [place, { score }] of results.entries()) expect(scores[place]).toBeCloseTo(score, 2);
  }
  await page.goto(`${server.url}/sources/Files`);
  const account = async () => (await app.credentials.list("Files")).map(({ options }) => options);
  const before = await account();
  await page.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Change or reconnect…" }).click();
  await page.getByRole("button", { name: "Save and sync" }).click();
  await page.getByText("Files: sync done, nothing new").first().waitFor();
  expect(await account()).toEqual(before);
  await page.goto(`${server.url}/agents`);
  await page.getByRole("region", { name: "Last calls seen" }).getByText("semantic_search").first().waitFor();
  const { tools } = await client.listTools();
  await page.getByText(`${tools.length} tools, as the server lists them now`).waitFor();
  await page.getByRole("button", { name: "Test the connection" }).click();
  await page.getByText(new RegExp(`It answers: ${tools.length} tools in \\d+ ms`)).waitFor();
  await client.close();
  await server.stop();
});
