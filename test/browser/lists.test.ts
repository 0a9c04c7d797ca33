/** Long lists with the keyboard and their preview, what a guard held back, and two settings of a search side by side. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import * as canned from "./fixtures";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";
import type { StandIn } from "./stand-in";
import { searchAnswer } from "./text-fixtures";
import { axeFaults, overflow, picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;
let server: StandIn;
let open: Stage["open"];

beforeAll(async () => {
  stage = await setStage();
  ({ server, open } = stage);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

test("keys go through the list, an open preview follows them, and Escape closes it", async () => {
  await using opened = await open("/artifacts");
  const { page, errors } = opened;
  await page.getByRole("link", { name: "Handbook page 0" }).click();
  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByRole("heading", { name: "Handbook page 0" }).waitFor();
  await preview.getByText("We keep the").waitFor();
  expect(new URL(page.url()).search).toBe("?open=art-0");
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `preview-${scheme}-1280`);
  }
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("Handbook page 2");
  await preview.getByRole("heading", { name: "Handbook page 2" }).waitFor();
  await page.keyboard.press("k");
  expect(await focused(page)).toBe("Handbook page 1");
  await page.keyboard.press("Escape");
  await preview.waitFor({ state: "detached" });
  // The page in between is not there in this stand-in, and the browser says so.
  expect(errors.filter((text) => !text.includes("404"))).toEqual([]);
});

test("a preview is opened by its address, and where there is no room its row leads to the page", async () => {
  await using wide = await open("/artifacts?open=art-0");
  await wide.page.getByRole("complementary", { name: "Preview" }).getByText("We keep the").waitFor();
  await wide.page.getByRole("button", { name: "Close the preview" }).click();
  expect(new URL(wide.page.url()).search).toBe("");
  await using narrow = await open("/artifacts?open=art-0", { width: 375 });
  await narrow.page.getByText("100,000 artifacts").waitFor();
  expect(await narrow.page.getByRole("complementary", { name: "Preview" }).count()).toBe(0);
  expect(await overflow(narrow.page)).toBe(0);
  await narrow.page.getByRole("link", { name: "Handbook page 0" }).click();
  await narrow.page.getByRole("heading", { level: 1, name: "Handbook page 0" }).waitFor();
  expect(new URL(narrow.page.url()).pathname).toBe("/artifact/art-0");
});
