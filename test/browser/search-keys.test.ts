/** A search by keyboard alone: from the question to the hits and back, and the keys that lead to a field. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

test("arrows lead from the question to the hits and back, and Enter opens one", async () => {
  await using opened = await stage.open("/search");
  const { page, errors } = opened;
  await page.locator("#query:focus").waitFor();
  await page.keyboard.type("price");
  await page.getByText("4 results").waitFor();
  const titles = await page.locator("ol[data-rows] h2 a").allTextContents();
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe(titles[0] ?? "");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  expect(await focused(page)).toBe(titles[2] ?? "");
  await page.keyboard.press("k");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.locator("#query:focus").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/artifact/**");
  await page.goBack();
  await page.getByText("4 results").waitFor();
  expect(new URL(page.url()).search).toBe("?q=price");
  expect(errors.filter((text) => !text.includes("404"))).toEqual([]);
});

test("a slash leads to the field of a search that is there already, and takes nothing away", async () => {
  await using opened = await stage.open("/search?q=price&integration=Files");
  const { page } = opened;
  await page.getByText("4 results").waitFor();
  await page.locator("ol[data-rows] h2 a").nth(2).focus();
  await page.keyboard.press("/");
  await page.locator("#query:focus").waitFor();
  expect(new URL(page.url()).search).toBe("?q=price&integration=Files");
  await page.keyboard.type("plan");
  await page.waitForURL("**/search?q=plan&integration=Files");
});

test("what an input method offers is left with Escape, and the question stays", async () => {
  await using opened = await stage.open("/search?q=price");
  const { page } = opened;
  await page.getByText("4 results").waitFor();
  for (const isComposing of [true, false]) {
    await page.locator("#query").dispatchEvent("keydown", { key: "Escape", bubbles: true, isComposing });
    expect(await page.locator("#query").inputValue()).toBe(isComposing ? "price" : "");
  }
});

test("c leads to the field for another source as often as it is pressed", async () => {
  await using opened = await stage.open("/sources");
  const { page } = opened;
  await page.getByText("artifacts ready to search").waitFor();
  for (const time of [1, 2]) {
    await page.locator("h1").focus();
    await page.keyboard.press("c");
    await page.locator("#find-source:focus").waitFor({ timeout: 5_000 * time });
  }
});
