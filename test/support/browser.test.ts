import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { findBrowser, launchBrowser } from "./browser";

test("the browser starts, runs scripts and draws text", async () => {
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.setContent("<span id=a>No stone unturned</span>");
  expect(await page.evaluate(() => 6 * 7)).toBe(42);
  // Without fonts every text would be drawn, and measured, as nothing.
  expect((await page.locator("#a").boundingBox())?.width).toBeGreaterThan(50);
});

test("fonts are found where the project was moved to: no place is named but the file's own", async () => {
  const { executable, environment } = await findBrowser("");
  const fonts = readFileSync(environment["FONTCONFIG_FILE"] ?? "", "utf8");
  expect(fonts).toContain('<dir prefix="relative">fonts</dir>');
  expect(fonts).not.toContain(dirname(executable));
});

test("a browser of one's own is used as it is", async () => {
  expect(await findBrowser(process.execPath)).toEqual({ executable: process.execPath, environment: {} });
});

test("a path that names nothing is told at once", async () => {
  const thrown: unknown = await findBrowser("/no/such/browser").catch((error: unknown) => error);
  expect(String(thrown)).toContain("CHROMIUM_PATH names /no/such/browser");
});
