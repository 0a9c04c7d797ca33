/** What a first visit costs: script, as it is sent. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { setStage } from "./stage";

setDefaultTimeout(120_000);

test("no view's first load sends more than 200 KB of script", async () => {
  await using stage = await setStage();
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
    // A context of its own has nothing cached.
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (!request.url().endsWith(".js")) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(stage.server.url + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector(".bone") === null);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (bytes > 200 * 1024) heavy.push(`${path}: ${bytes}`);
    expect(bytes).toBeGreaterThan(50_000);
    await context.close();
  }
  expect(heavy).toEqual([]);
});
