/** What is pressed with the keyboard and then goes, or is off for a while, does not take focus with it. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Page } from "playwright-core";
import { newSources, sources } from "./fixtures";
import { setStage, type Stage } from "./stage";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

const hasFocus = (page: Page, what: string) => page.locator(`${what}:focus`).waitFor({ timeout: 10_000 });

test("a button that is off while it works has focus again afterwards", async () => {
  await using opened = await stage.open("/settings/health");
  const { page } = opened;
  const { promise, resolve } = Promise.withResolvers<void>();
  const answer = stage.server.answers;
  answer["/api/jobs/clear-history/run"] = async () => {
    await promise;
    return new Response("{}", { status: 503 });
  };
  const button = page.getByRole("button", { name: "Run now" }).first();
  await button.press("Enter");
  await page.locator("button:disabled:visible").waitFor();
  // The browser takes focus away when it next draws.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  resolve();
  await page.locator(":focus").and(button).waitFor({ timeout: 10_000 });
});

test("where the button goes, its part's heading has focus, else that of the view", async () => {
  stage.server.answers["/api/artifacts"] = () => ({ artifacts: [], total: 0 });
  await using opened = await stage.open("/artifacts?q=nowhere");
  const { page } = opened;
  await page.getByRole("button", { name: "Clear filters" }).press("Enter");
  await page.waitForURL("**/artifacts");
  await hasFocus(page, "h1");

  await page.goto(`${stage.server.url}/sources/GitHub`);
  const part = page.getByRole("region", { name: "Requests to the provider" });
  await part.getByLabel("Request holds").fill("nowhere");
  await part.getByRole("button", { name: "Clear filters" }).press("Enter");
  await part.locator("h2:focus").waitFor({ timeout: 10_000 });
  await page.keyboard.press("Tab");
  expect(await part.locator(":focus").count()).toBe(1);

  await page.goto(`${stage.server.url}/search?q=price`);
  await page.getByRole("button", { name: "Clear", exact: true }).press("Enter");
  await hasFocus(page, "#query");
});

test("a newcomer who takes the samples goes on at the overview", async () => {
  stage.server.mood = "empty";
  await using opened = await stage.open("/");
  const { page } = opened;
  stage.server.answers["/api/integrations"] = (c) =>
    c.req.method === "POST"
      ? { integration: "Files", ...sources[0]?.accounts[0] }
      : { integrations: newSources };
  stage.server.answers["/api/sync/updates/Files"] = () => {
    stage.server.mood = "filled";
    delete stage.server.answers["/api/integrations"];
    return { runId: "run-9", runs: [{ runId: "run-9", account: "x", alreadyRunning: false }] };
  };
  await page.getByRole("button", { name: "Try it with the sample workspace" }).press("Enter");
  await page.locator("h1:focus", { hasText: "Overview" }).waitFor();
});

test("whoever leaves by themselves is left alone", async () => {
  await using opened = await stage.open("/artifacts");
  const { page } = opened;
  await page.getByLabel("Title, author or id contains").click();
  await page.locator("h1").click();
  await page
    .getByRole("link", { name: "Sources" })
    .first()
    .evaluate((link) => link.append(" "));
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
});
