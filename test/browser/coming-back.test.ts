/** Whoever goes back finds each list as they left it: scrolled as far, with the link that they followed in focus. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Page } from "playwright-core";
import { run } from "./fixtures";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";
import { searchAnswer } from "./text-fixtures";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

const scrolled = (page: Page) =>
  page.evaluate(() => ({ page: scrollY, list: document.querySelector(".virtual-box")?.scrollTop ?? 0 }));

/** Waits until nothing is put where it was any more, and the link has focus. */
async function isBackAt(page: Page, href: string): Promise<void> {
  await page.locator(`a[href="${href}"]:focus`).waitFor();
}

test("a page of hits", async () => {
  const [hit] = searchAnswer.results;
  const results = Array.from({ length: 30 }, (_, place) => ({
    ...hit,
    id: `art-${place}`,
    title: `Hit ${place}`,
  }));
  stage.server.answers["/api/search"] = () => ({ ...searchAnswer, results });
  await using opened = await stage.open("/search?q=price&limit=50");
  const { page } = opened;
  const link = page.getByRole("link", { name: "Hit 2", exact: true });
  await link.scrollIntoViewIfNeeded();
  await page.getByRole("link", { name: "Hit 22" }).scrollIntoViewIfNeeded();
  const before = await scrolled(page);
  expect(before.page).toBeGreaterThan(500);
  await page.getByRole("link", { name: "Hit 22" }).click();
  await page.waitForURL("**/artifact/art-22?*");
  await page.locator("h1:focus").waitFor();
  expect((await scrolled(page)).page).toBe(0);
  // A slower answer than the one before.
  const answer = stage.server.answers["/api/search"];
  stage.server.answers["/api/search"] = async (c) => {
    await Bun.sleep(600);
    return answer(c);
  };
  await page.goBack();
  await isBackAt(page, "/artifact/art-22?lines=12-18");
  expect(await scrolled(page)).toEqual(before);
});

test("a long list in a box of its own", async () => {
  await using opened = await stage.open("/artifacts", { width: 800 });
  const { page } = opened;
  await page.getByText("Handbook page 1", { exact: true }).waitFor();
  await page.locator(".virtual-box").evaluate((box) => (box.scrollTop = 40_000));
  const link = page.getByRole("link", { name: "Handbook page 1002" });
  await link.waitFor();
  const before = await scrolled(page);
  await link.click();
  await page.waitForURL("**/artifact/art-1002");
  // At once, before the other view is there.
  await page.goBack();
  await isBackAt(page, "/artifact/art-1002");
  expect(await focused(page)).toBe("Handbook page 1002");
  expect(await scrolled(page)).toEqual(before);
});

test("whoever goes on by themselves is not taken back", async () => {
  const runs = Array.from({ length: 40 }, (_, place) => run({ id: `r${place}`, account: `/srv/${place}` }));
  stage.server.answers["/api/runs"] = () => ({ runs });
  await using opened = await stage.open("/runs");
  const { page } = opened;
  const link = page.locator('a[href="/runs/r30"]');
  await link.scrollIntoViewIfNeeded();
  await link.click();
  await page.waitForURL("**/runs/r30");
  await page.locator("h1:focus").waitFor();
  const { promise, resolve } = Promise.withResolvers<void>();
  stage.server.answers["/api/runs"] = async () => {
    await promise;
    return { runs };
  };
  await page.goBack();
  await page.waitForURL("**/runs");
  await page.locator("h1:focus").waitFor();
  await page.keyboard.press("Shift");
  resolve();
  await link.waitFor();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect((await scrolled(page)).page).toBe(0);
});
