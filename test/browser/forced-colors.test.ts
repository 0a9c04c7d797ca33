/** With the system's own colours for everything, what is chosen is still told apart from what is not. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Locator } from "playwright-core";
import { setStage, type Stage } from "./stage";
import { picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What is drawn around and below an element. */
const lines = (of: Locator) =>
  of.evaluate((element) => {
    const { outlineStyle, outlineColor, borderBottomWidth, borderBottomColor } = getComputedStyle(element);
    return `${outlineStyle} ${outlineColor} ${borderBottomWidth} ${borderBottomColor}`;
  });

test("tabs, places, choices, rows and entries that are chosen look so", async () => {
  await using opened = await stage.open("/artifacts?open=art-1");
  const { page, errors } = opened;
  await page.emulateMedia({ forcedColors: "active" });
  await page.getByRole("tab", { name: "Insights" }).waitFor();
  const navigation = page.getByRole("navigation").getByRole("link");
  await page.keyboard.press("Control+k");
  await page.locator(".palette-item").nth(1).waitFor();
  const pairs: [Locator, Locator][] = [
    [page.getByRole("tab", { selected: true }), page.getByRole("tab", { selected: false }).first()],
    [page.locator(".nav-link[aria-current]"), navigation.first()],
    [page.locator(".choice:has(:checked)"), page.locator(".choice:not(:has(:checked))").first()],
    [page.locator("tbody tr.current"), page.locator("tbody tr:not(.current)").first()],
    [
      page.locator('.palette-item[data-selected="true"]'),
      page.locator('.palette-item[data-selected="false"]').first(),
    ],
  ];
  for (const [chosen, other] of pairs) expect(await lines(chosen)).not.toBe(await lines(other));
  await picture(page, "forced-colors-1280");
  expect(errors).toEqual([]);
});
