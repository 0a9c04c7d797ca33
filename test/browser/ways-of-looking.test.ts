/** How somebody likes to look at things: a part of a time, other columns, views with a name. All by keyboard too. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { LogLine } from "@/core/models/system";
import { setStage, type Stage } from "./stage";
import { axeFaults, overflow, picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

/** Sixty lines, one a second, the thirtieth a warning. */
const lines = Array.from({ length: 60 }, (_, second): LogLine => ({
  time: new Date(Date.UTC(2026, 3, 14, 9, 0, second)).toISOString(),
  level: second === 30 ? "warn" : "info",
  message: `Page ${second} is read.`,
  runId: "run-3",
}));

test("a step of a sync tells more, and the time shown is cut to it and widened again", async () => {
  await using opened = await stage.open("/runs/run-3");
  const { page, errors } = opened;
  const bar = page.locator('svg rect[class="fill-accent"]').first();
  const before = await bar.getAttribute("width");
  await page.getByRole("button", { name: "Finding key points" }).press("Enter");
  const panel = page.getByRole("complementary", { name: "Step: Finding key points" });
  await panel.getByText("% of the time").waitFor();
  await panel.getByRole("button", { name: "Zoom to this step" }).press("Enter");
  expect(Number(await bar.getAttribute("width"))).toBeGreaterThan(Number(before));
  const from = page.getByRole("slider", { name: "Time shown, from" });
  await from.press("Home");
  expect(await from.getAttribute("aria-valuetext")).toMatch(/^\d\d:\d\d:\d\d/);
  await page.getByRole("button", { name: "Whole time" }).press("Enter");
  expect(await bar.getAttribute("width")).toBe(before ?? "");
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `run-step-light-${width}`);
  }
  expect(errors).toEqual([]);
});

test("a log is cut to a part of its time with the handles under its bars", async () => {
  stage.server.answers["/api/logs"] = () => ({ lines: lines.toReversed(), dropped: 0 });
  await using opened = await stage.open("/runs/run-3");
  const { page, errors } = opened;
  await page.getByRole("tab", { name: "Log" }).click();
  const shown = page.getByRole("tabpanel").locator("ol > li");
  await shown.nth(59).waitFor();
  expect(await shown.count()).toBe(60);
  const from = page.getByRole("slider", { name: "Time of the lines, from" });
  for (let press = 0; press < 5; press++) await from.press("PageUp");
  await page.getByText("Page 29 is read.").waitFor({ state: "detached" });
  expect(await shown.first().textContent()).toContain("Page 30 is read.");
  expect(await shown.count()).toBe(30);
  await page.getByLabel("Line holds").fill("Page 7 is");
  await page.getByText("No line fits these filters").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await shown.nth(59).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "log-light-1280");
  expect(errors).toEqual([]);
});

test("on a telephone a search's filters are folded until they are asked for, and say how many are set", async () => {
  await using opened = await stage.open("/search?q=price&integration=Files&limit=20", { width: 375 });
  const { page, errors } = opened;
  const source = page.getByLabel("Source", { exact: true });
  const fold = page.getByText("Filters (2 set)");
  await fold.waitFor();
  expect(await source.isVisible()).toBe(false);
  await fold.press("Enter");
  await source.waitFor();
  await source.selectOption("");
  await page.getByText("Filters (1 set)").waitFor();
  expect(await source.isVisible()).toBe(true);
  expect(await overflow(page)).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "search-filters-light-375");
  // Where there is room they are always there; back where there is none, as they were left.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByText("Filters (1 set)").waitFor({ state: "hidden" });
  await source.waitFor();
  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByText("Filters (1 set)").waitFor();
  expect(await source.isVisible()).toBe(true);
  await page.getByText("Filters (1 set)").click();
  await source.waitFor({ state: "hidden" });
  expect(errors).toEqual([]);
});

test("columns that were put away stay away, and can be had back", async () => {
  await using opened = await stage.open("/artifacts");
  const { page } = opened;
  const head = page.getByRole("columnheader", { name: "Author" });
  await head.waitFor();
  await page.getByRole("button", { name: "Columns" }).click();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("menuitemcheckbox", { name: "Author" }).press("Enter");
  await head.waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByText("Handbook page 1", { exact: true }).waitFor();
  expect(await head.isVisible()).toBe(false);
  expect(await page.getByRole("columnheader", { name: "Synced" }).isVisible()).toBe(true);
  await page.goto(`${stage.server.url}/runs`);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Took" }).click();
  await page.getByRole("columnheader", { name: "Took" }).waitFor({ state: "detached" });
});

test("sources are narrowed by chips that the address keeps, and all folded", async () => {
  await using opened = await stage.open("/sources");
  const { page, errors } = opened;
  const cards = page.getByRole("region", { name: "Connected" }).getByRole("article");
  await cards.first().waitFor();
  expect(await cards.count()).toBe(3);
  await page.getByRole("button", { name: "Syncing 1" }).click();
  await page.getByRole("button", { name: "Below 1,000 2" }).click();
  expect(new URL(page.url()).search).toBe("?status=syncing&size=some");
  await page.reload();
  await page.getByRole("article", { name: "GitHub" }).waitFor();
  expect(await cards.count()).toBe(1);
  await page.getByRole("button", { name: "1,000 and more 1" }).click();
  await page.getByText("No connected source fits these filters").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  const facts = page.getByText("12 wait for the index");
  await facts.waitFor();
  await page.getByRole("button", { name: "Fold all" }).click();
  await facts.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("button", { name: "Unfold all" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "sources-folded-light-1280");
  expect(errors).toEqual([]);
});

test("a view with a name is gone to from its menu and from the palette, until it is removed", async () => {
  await using opened = await stage.open("/artifacts?q=price&kind=document");
  const { page, errors } = opened;
  const views = page.getByRole("button", { name: "Views: saved ones and this one" });
  await views.click();
  await page.getByRole("menuitem", { name: "Save or remove…" }).click();
  await page.getByLabel("Name of what is shown now").fill("Prices, written down");
  await page.keyboard.press("Enter");
  await page.getByText("Saved as “Prices, written down”.").first().waitFor();
  await page.goto(`${stage.server.url}/artifacts`);
  await views.click();
  await page.getByRole("menuitem", { name: "Prices, written down" }).click();
  expect(new URL(page.url()).search).toBe("?q=price&kind=document");
  await page.goto(`${stage.server.url}/runs`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("option", { name: "Prices, written down" }).click();
  await page.getByRole("heading", { level: 1, name: "Artifacts" }).waitFor();
  await views.click();
  await page.getByRole("menuitem", { name: "Save or remove…" }).click();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "views-light-1280");
  await page.getByRole("button", { name: "Remove the view Prices, written down" }).click();
  await page.getByText("Nothing is saved yet").waitFor();
  expect(errors).toEqual([]);
});

test("what the browser will not store is said once, and counts for this visit", async () => {
  await using opened = await stage.open("/artifacts?q=price");
  const { page, errors } = opened;
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  const refusals = page.getByRole("listitem").filter({ hasText: "This browser does not store" });
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Author" }).press("Enter");
  await page.getByRole("columnheader", { name: "Author" }).waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await refusals.waitFor();
  const views = page.getByRole("button", { name: "Views: saved ones and this one" });
  await views.click();
  await page.getByRole("menuitem", { name: "Save or remove…" }).click();
  await page.getByLabel("Name of what is shown now").fill("Prices");
  await page.keyboard.press("Enter");
  await page.getByText("“Prices” is there until this page is closed.").first().waitFor();
  expect(await refusals.count()).toBe(1);
  await views.click();
  await page.getByRole("menuitem", { name: "Prices" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "not-stored-light-1280");
  expect(errors).toEqual([]);
});
