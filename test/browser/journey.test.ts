/** The product as a person meets it, with the keyboard alone: a real server, a real folder, a real browser. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { temporaryFolder } from "@test/database";
import { parseConfig } from "@/core/config";
import { openApp, serveApp } from "@/index";
import { focused, tabTo } from "./keyboard";
import { axeFaults, picture, watchErrors } from "./watch";

const notes: Record<string, string> = {
  "pricing.md": "# Pricing decision\n\nWe keep the per-seat price and drop the set-up fee for small teams.\n",
  "onboarding.md": "# Onboarding\n\nNew colleagues get a laptop and a buddy on their first day.\n",
  "travel.md": "# Travel\n\nTrains are preferred to planes below six hours.\n",
};

let browser: Browser;
let url = "";
let close: () => Promise<void>;
const folder = temporaryFolder();
const documents = join(folder.path, "documents");

beforeAll(async () => {
  mkdirSync(documents);
  for (const [name, text] of Object.entries(notes)) writeFileSync(join(documents, name), text);
  const environment = { STONETURNER_HOME: folder.path, PORT: "0", CRON_ENABLED: "false", LOG_LEVEL: "error" };
  const app = await openApp({ config: parseConfig(environment), writeLog: () => {} });
  const server = await serveApp(app);
  url = server.url;
  close = async () => {
    await server.stop();
    await app.close();
  };
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await close();
  folder[Symbol.dispose]();
});

async function connectFolder(page: Page): Promise<void> {
  await tabTo(page, "Connect a folder");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Connect Files" }).waitFor();
  expect(await focused(page)).toBe("Folder");
  await page.keyboard.press("Enter");
  await page.getByText("Fill in “Folder”.").waitFor();
  await page.keyboard.type(join(folder.path, "nowhere"));
  await page.keyboard.press("Enter");
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByText("There is no folder").first().waitFor();
  expect(await focused(page)).toBe("Folder");
  await page.keyboard.press("ControlOrMeta+a");
  // As pasted, with spaces around it.
  await page.keyboard.type(`  ${documents}  `);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

test("a newcomer connects a folder, sees it sync, searches it and opens what was found", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const errors = watchErrors(page);
  await page.goto(url);
  await page.getByText("Look around first").waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to content");

  await connectFolder(page);
  await page.getByText("Files is connected. Its first sync has started.").first().waitFor();
  await page.getByText("3 artifacts ready to search").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "journey-first-steps");

  await tabTo(page, "Search");
  await page.keyboard.type("set-up fee");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Pricing decision" }).waitFor();
  expect(await page.locator("mark").count()).toBeGreaterThan(0);
  expect(await page.title()).toBe("set-up fee · Search · Stoneturner");
  expect(new URL(page.url()).searchParams.get("q")).toBe("set-up fee");
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "journey-search");

  await tabTo(page, "Pricing decision");
  await page.keyboard.press("Enter");
  await page.getByText("We keep the per-seat price").first().waitFor();
  expect(await page.title()).toBe("Pricing decision · Stoneturner");
  await tabTo(page, "Read");
  await page.keyboard.press("ArrowRight");
  expect(await page.locator("pre mark").textContent()).toContain("set-up fee");
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "journey-artifact");

  await page.goBack();
  await page.getByRole("link", { name: "Pricing decision" }).waitFor();
  expect(await page.getByRole("searchbox").inputValue()).toBe("set-up fee");

  await page.goto(`${url}/runs`);
  await page.getByRole("row").filter({ hasText: "3 new" }).waitFor();
  expect(errors.filter((text) => !text.includes("status of 400"))).toEqual([]);
  await page.close();
});
