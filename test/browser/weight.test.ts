/** What a first visit costs: script, packed. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { launchBrowser } from "@test/browser";
import { startStandIn } from "./stand-in";

setDefaultTimeout(120_000);

test("no view's first load is more than 200 KB of packed script", async () => {
  const server = await startStandIn("filled");
  await using browser = await launchBrowser();
  const heavy: string[] = [];
  for (const path of [
    "/",
    "/sources",
    "/runs/run-3",
    "/artifacts",
    "/artifact/art-1",
    "/search?q=x",
    "/agents",
  ]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts = new Set<string>();
    page.on("request", (request) => {
      if (request.url().endsWith(".js")) scripts.add(request.url());
    });
    await page.goto(server.url + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector(".bone") === null);
    const sizes = [...scripts].map(async (url) => Bun.gzipSync(await (await fetch(url)).bytes()).length);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (bytes > 200 * 1024) heavy.push(`${path}: ${bytes}`);
    expect(bytes).toBeGreaterThan(50_000);
    await context.close();
  }
  expect(heavy).toEqual([]);
  await server.stop();
});
