/** What a telephone has little room for: what is wrong with an account, how fresh a source is, texts from right to left. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Source } from "@/core/models/api";
import { run, sources } from "./fixtures";
import { setStage, type Stage } from "./stage";
import * as texts from "./text-fixtures";
import { brokenParts, overflow, picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

const [files, ...rest] = sources;
const [pattern] = files?.accounts ?? [];
if (files === undefined || pattern === undefined) throw new Error("The fixtures have no accounts.");
const reason =
  "The folder is not there (any more). If it lies on a drive or network share, mount it; if it moved, connect it anew.";
const accounts: Source["accounts"] = Array.from({ length: 43 }, (_, place) => ({
  ...pattern,
  id: `a${place}`,
  account: `/srv/shared/teams of the company/legal/team-${String(place).padStart(3, "0")}`,
  ...(place < 2 ? { status: "error" as const, statusReason: reason } : {}),
}));
const runs = accounts.map(({ id, account, status, statusReason }) =>
  run({ id: `r${id}`, account, state: status === "error" ? "failed" : "succeeded", error: statusReason }),
);
const partly: Source = { ...files, status: "error", accounts, runs };

for (const width of [320, 375]) {
  test(`${width} px: a source of which some accounts failed leaves room for the words beside it`, async () => {
    stage.server.answers["/api/integrations"] = () => ({ integrations: [partly, ...rest] });
    await using opened = await stage.open("/", { width });
    const { page, errors } = opened;
    await page.getByText("2 of 43 accounts failed").waitFor();
    expect(await brokenParts(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    const table = page.getByRole("table", { name: /Connected sources/ });
    expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await table.getByText("ago").filter({ visible: true }).count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test(`${width} px: what is wrong with an account reads in lines, beside its whole name`, async () => {
    stage.server.answers["/api/integrations"] = () => ({ integrations: [partly, ...rest] });
    await using opened = await stage.open("/sources/Files", { width });
    const { page } = opened;
    const row = page.getByRole("region", { name: "Accounts" }).locator("tbody tr").first();
    await row.getByText("Failed").filter({ visible: true }).waitFor();
    const box = await row.getByText("The folder is not there").boundingBox();
    expect(box?.width).toBeGreaterThan(180);
    const name = row.getByText("team-000").first();
    expect(await name.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
    expect(await overflow(page)).toBe(0);
    await picture(page, `narrow-accounts-${width}`);
  });
}

test("what a task is about has the width of its row", async () => {
  await using opened = await stage.open("/runs/run-3", { width: 320 });
  const { page } = opened;
  await page.getByRole("tab", { name: "Tasks" }).click();
  const rows = page.getByRole("region", { name: "Tasks of this sync" }).locator("tbody tr");
  await rows.first().waitFor();
  const [row, about, result] = [
    rows.first(),
    rows.first().locator("td").nth(1),
    rows.first().locator("td").nth(2),
  ];
  const [whole, text, pill] = [
    await row.boundingBox(),
    await about.boundingBox(),
    await result.boundingBox(),
  ];
  if (whole === null || text === null || pill === null) throw new Error("The row is not drawn.");
  expect(text.width).toBeGreaterThan(whole.width * 0.85);
  expect(text.y).toBeGreaterThanOrEqual(pill.y + pill.height - 1);
  expect(text.y + text.height).toBeLessThanOrEqual(whole.y + whole.height);
  await picture(page, "narrow-tasks-320");
});

const arabic =
  "# خطة\n\nقررنا السعر.\n\n- البند الأول\n- البند الثاني\n\n1. واحد\n\n| العمود | القيمة |\n|---|---|\n| السعر | ٤٠ |\n";

test("lists and tables from right to left begin at the right, and their marks stay in the page", async () => {
  stage.server.answers["/api/artifact/art-1"] = () => ({ ...texts.artifact, markdown: arabic });
  await using opened = await stage.open("/artifact/art-1", { width: 375 });
  const { page } = opened;
  const text = page.locator(".prose");
  await text.getByText("البند الأول").waitFor();
  expect(await overflow(page)).toBe(0);
  const edge = await text.boundingBox();
  const item = await text.locator("li").first().boundingBox();
  if (edge === null || item === null) throw new Error("The list is not drawn.");
  // The mark stands outside of its item: there has to be room for it before the text's edge.
  expect(edge.x + edge.width - (item.x + item.width)).toBeGreaterThan(12);
  const first = await text.getByRole("columnheader", { name: "العمود" }).boundingBox();
  const second = await text.getByRole("columnheader", { name: "القيمة" }).boundingBox();
  expect(first?.x).toBeGreaterThan(second?.x ?? Number.POSITIVE_INFINITY);
});
