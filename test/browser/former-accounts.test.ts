/** What is left of accounts that were disconnected, in the real program: each is removed alone, the others stay. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { testApp, type TestApp } from "@test/app";
import { launchBrowser } from "@test/browser";
import { filesFolder } from "@test/files";
import { buildClient } from "@/client/build";
import { mdArtifacts } from "@/core/db/schema";
import { startServer, type RunningServer } from "@/core/handlers/server";
import { disconnectAccounts } from "@/core/services/disconnect";
import { filesFile } from "@/integrations/files/db/schema";
import { filesIntegration } from "@/integrations/files/integration";
import { focused } from "./keyboard";
import { axeFaults, overflow, picture, watchErrors } from "./watch";

setDefaultTimeout(120_000);
const labels = ["first", "second", "third", ...Array.from({ length: 21 }, (_, at) => `team-${10 + at}`)];
let folder: ReturnType<typeof filesFolder>;
let app: TestApp;
let server: RunningServer;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  folder = filesFolder(Object.fromEntries(labels.map((label) => [`${label}/a.md`, `# Note ${label}`])));
  app = await testApp({ integrations: [filesIntegration] });
  for (const account of labels) {
    const options = { path: `${folder.path}/${account}` };
    await app.credentials.save(filesIntegration, { integration: "Files", account, options });
  }
  const started = await app.runner.start({ integration: "Files", mode: "full", trigger: "manual" });
  for (const { runId } of started) await app.runner.wait(runId);
  server = await startServer(app, buildClient);
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  errors = watchErrors(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const disconnect = (account: string) => disconnectAccounts(app, filesIntegration, account);
const rows = () => page.getByRole("region", { name: "No longer connected" }).locator("tbody tr");

async function removeAlone(account: string): Promise<void> {
  await page.getByRole("button", { name: `Remove… what is left of ${account}` }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Remove what was synced from this account of Files?" });
  expect(await dialog.textContent()).toContain(account);
  expect(await dialog.textContent()).toContain("1 artifact, their index");
  expect(await dialog.textContent()).toContain("connecting it again brings everything back");
  await page.getByLabel("Type Files to go on").fill("Files");
  await page.keyboard.press("Enter");
  await page.getByText("What was synced from this account of Files is removed.").first().waitFor();
  await page
    .getByRole("button", { name: `Remove… what is left of ${account}` })
    .waitFor({ state: "detached" });
}

test("what is left of one account goes, and nothing of those that are connected or left beside it", async () => {
  await disconnect("first");
  await disconnect("second");
  await page.goto(`${server.url}/sources/Files`);
  await rows().nth(1).waitFor();
  expect(await rows().allInnerTexts()).toEqual([
    expect.stringMatching(/^first\s+1 artifact/),
    expect.stringMatching(/^second\s+1 artifact/),
  ]);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `former-accounts-light-${width}`);
  }
  await removeAlone("first");
  expect(await rows().count()).toBe(1);
  for (const table of [mdArtifacts, filesFile]) {
    const left = await app.db.selectDistinct({ account: table.account }).from(table);
    expect(left.map(({ account }) => account).sort()).toEqual(labels.slice(1).sort());
  }
  const { events } = await app.access.audit.list({ action: "purge" });
  expect(events).toMatchObject([{ target: "Files: first", outcome: "ok" }]);
});

test("where many are left and none is connected, some are shown, and each can go alone", async () => {
  for (const account of labels.slice(2)) await disconnect(account);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${server.url}/sources/Files`);
  await page.getByText("23 artifacts of earlier syncs can still be searched and read.").waitFor();
  expect(await rows().count()).toBe(20);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "former-accounts-none-connected-light-1280");
  await page.getByRole("button", { name: "Show 3 more" }).press("Enter");
  expect(await rows().count()).toBe(23);
  expect(await focused(page)).toContain("what is left of team-29");
  await removeAlone("third");
  await page.getByText("22 artifacts of earlier syncs").waitFor();
  expect(errors).toEqual([]);
});
