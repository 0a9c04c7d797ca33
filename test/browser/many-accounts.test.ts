/** A source of 122 accounts, two of which failed: found by keyboard, told of in few words, followed without a flood. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Source } from "@/core/models/api";
import { run, sources } from "./fixtures";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";
import { axeFaults, overflow, picture } from "./watch";

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
const nameOf = (place: number) => `/srv/teams/team-${String(place).padStart(3, "0")}`;
const broken = [60, 117];
const accounts: Source["accounts"] = Array.from({ length: 122 }, (_, place) => ({
  ...pattern,
  id: `a${place}`,
  account: nameOf(place),
  ...(broken.includes(place)
    ? { status: "error" as const, statusReason: `The folder ${nameOf(place)} is not there (any more).` }
    : {}),
}));
const ended = accounts.map(({ id, account, status, statusReason }) =>
  run({ id: `r${id}`, account, state: status === "error" ? "failed" : "succeeded", error: statusReason }),
);
const many: Source = { ...files, status: "error", accounts, runs: ended };
const underWay: Source = {
  ...many,
  status: "syncing",
  runs: ended.map((one, place) => ({ ...one, state: place < 3 ? "running" : "queued", error: null })),
};

const answer = (source: Source) => {
  stage.server.answers["/api/integrations"] = () => ({ integrations: [source, ...rest] });
};

test("accounts in trouble come first, and the others are found and paged through by keyboard", async () => {
  answer(many);
  await using opened = await stage.open("/sources/Files");
  const { page, errors } = opened;
  await page.getByText("2 of 122 accounts failed").waitFor();
  const section = page.getByRole("region", { name: "Accounts" });
  const rows = section.locator("tbody tr");
  expect(await rows.count()).toBe(20);
  expect(await rows.first().textContent()).toContain(`The folder ${nameOf(60)} is not there`);
  expect(await rows.nth(1).textContent()).toContain(nameOf(117));

  await section.getByRole("button", { name: "Show 100 more" }).press("Enter");
  await section.getByText("120 of 122 accounts").waitFor();
  await section.getByRole("button", { name: "Show 2 more" }).press("Enter");
  expect(await rows.count()).toBe(122);
  expect(await focused(page)).toContain(`last sync of ${nameOf(120)}`);
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain(`last sync of ${nameOf(121)}`);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/runs/ra120");
  await page.goBack();

  await section.getByLabel("Account name or problem contains").fill("TEAM-11");
  await section.getByText("10 accounts").waitFor();
  expect(await rows.count()).toBe(10);
  await section.getByLabel("Which accounts").selectOption("trouble");
  await page.waitForURL("**/sources/Files?accounts=trouble&account=TEAM-11");
  await page.reload();
  await rows.getByText(nameOf(117)).first().waitFor();
  expect(await rows.count()).toBe(1);
  await section.getByLabel("Account name or problem contains").fill("nowhere");
  await section.getByText("No account fits these filters").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await section.getByRole("button", { name: "Clear filters" }).click();
  await section.getByText("20 of 122 accounts").waitFor();
  expect(new URL(page.url()).search).toBe("");
  for (const width of [1280, 375, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `many-accounts-light-${width}`);
  }
  expect(errors.filter((text) => !text.includes("404"))).toEqual([]);
});

test("a card tells of some in trouble, with the way to all of them, and is found by an account's name", async () => {
  const third = accounts.map((account, place) =>
    place === 3 ? { ...account, status: "error" as const, statusReason: "The disk is full." } : account,
  );
  const copies = Array.from({ length: 5 }, (_, place) => ({ ...files, integration: `Shelf ${place}` }));
  stage.server.answers["/api/integrations"] = () => ({
    integrations: [{ ...many, accounts: third }, ...copies, ...rest],
  });
  await using opened = await stage.open("/sources", { width: 320 });
  const { page, errors } = opened;
  const card = page.getByRole("article", { name: "Files" });
  await card.getByText("3 of 122 accounts failed").waitFor();
  expect(await card.getByText("The folder").count()).toBe(1);
  expect(await overflow(page)).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "many-accounts-card-light-320");
  await page.getByLabel("Connected source or account contains").fill("TEAM-121");
  await page.getByRole("article", { name: "Shelf 0" }).waitFor({ state: "detached" });
  expect(await page.getByRole("region", { name: "Connected" }).getByRole("article").count()).toBe(1);
  await card.getByRole("link", { name: "1 more account needs attention" }).click();
  await page.waitForURL("**/sources/Files?accounts=trouble");
  await page.getByRole("heading", { level: 1, name: "Files" }).waitFor();
  const rows = page.getByRole("region", { name: "Accounts" }).locator("tbody tr");
  await rows.nth(2).waitFor();
  expect(await rows.count()).toBe(3);
  expect(errors).toEqual([]);
});

test("of many syncs at once some are followed, and their end is told once, the failures with it", async () => {
  answer(underWay);
  await using opened = await stage.open("/sources/Files");
  const { page, errors } = opened;
  await page.getByRole("link", { name: "119 more syncs are under way or queued" }).waitFor();
  expect(await page.getByRole("progressbar").count()).toBe(3);
  answer(many);
  const toasts = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
  const told = toasts.filter({ hasText: "Files: 122 syncs ended (120 done, 2 failed)" });
  await told.waitFor();
  expect(await toasts.count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "many-accounts-ended-light-1280");
  expect(errors).toEqual([]);
});

test("where one account wants a new key, that one is reconnected, and the others sync as ever", async () => {
  const [first, second, third] = accounts.map((account) => ({ ...account, status: "connected" as const }));
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("Too few accounts.");
  const refused = { ...second, status: "needs_reconnect" as const, statusReason: "The key was revoked." };
  const failing = { ...first, status: "error" as const, statusReason: "The folder is gone." };
  answer({ ...files, status: "needs_reconnect", accounts: [failing, refused, third], runs: [] });
  await using opened = await stage.open("/sources");
  const { page } = opened;
  const card = page.getByRole("article", { name: "Files" });
  await card.getByRole("button", { name: "Sync now: Files" }).click();
  await page.getByText("Sync of Files has started.").first().waitFor();
  await card.getByRole("button", { name: "Reconnect: Files" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(nameOf(1)).first().waitFor();
  expect(await dialog.getByText(nameOf(0)).count()).toBe(0);
});

test("answers that are slower than the reasons to ask for them still come to their end", async () => {
  let asked = 0;
  // GitHub is under way, so all of it is asked for every three seconds.
  stage.server.answers["/api/integrations"] = async () => {
    asked += 1;
    if (asked > 1) await Bun.sleep(4_000);
    return { integrations: [{ ...files, artifacts: 1_200 + asked }, ...rest] };
  };
  await using opened = await stage.open("/sources");
  const { page, errors } = opened;
  await page.getByText("1,201 artifacts").waitFor();
  await page.getByText("1,202 artifacts").waitFor({ timeout: 20_000 });
  await page.getByText("1,203 artifacts").waitFor({ timeout: 20_000 });
  expect(errors).toEqual([]);
});
