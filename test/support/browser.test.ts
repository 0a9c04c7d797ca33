import { expect, test } from "bun:test";
import { findBrowser, launchBrowser } from "./browser";

test("the browser starts, runs scripts and draws text", async () => {
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.setContent("<span id=a>No stone unturned</span>");
  expect(await page.evaluate(() => 6 * 7)).toBe(42);
  // Without fonts every text would be drawn, and measured, as nothing.
  expect((await page.locator("#a").boundingBox())?.width).toBeGreaterThan(50);
});

test("a browser of one's own is used as it is", async () => {
  expect(await findBrowser(process.execPath)).toEqual({ executable: process.execPath, environment: {} });
});

test("a path that names nothing is told at once", async () => {
  const thrown: unknown = await findBrowser("/no/such/browser").catch((error: unknown) => error);
  expect(String(thrown)).toContain("CHROMIUM_PATH names /no/such/browser");
});
