/** Long lists with the keyboard and their preview, what a guard held back, and two settings of a search side by side. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { jobs, system } from "./console-fixtures";
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

test("requests to a provider are listed, narrowed by how they went, and cleared again", async () => {
  await using opened = await open("/sources/GitHub");
  const { page } = opened;
  const section = page.getByRole("region", { name: "Requests to the provider" });
  await section.getByText("1,842 requests since the server started, 2 failed").waitFor();
  const rows = section.locator("tbody tr");
  expect(await rows.count()).toBe(12);
  await section.getByRole("button", { name: "Show more" }).click();
  expect(await rows.count()).toBe(60);
  await section.getByLabel("Which requests").selectOption("failed");
  await section.getByText("rate limited").waitFor();
  expect(await rows.count()).toBe(2);
  await section.getByLabel("Request holds").fill("nowhere");
  await section.getByText("No request fits these filters").waitFor();
  await section.getByRole("button", { name: "Clear filters" }).click();
  await section.getByText("attempt 2").waitFor();
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await picture(page, `requests-light-${width}`);
  }
  await page.goto(`${server.url}/sources/Linear`);
  await page.getByText("Nothing has been asked since the server started").waitFor();
  expect(opened.errors).toEqual([]);
});

test("a job of the installation is run by hand, once however often it is pressed", async () => {
  await using opened = await open("/settings/health");
  const { page, errors } = opened;
  const answered = Promise.withResolvers<void>();
  server.answers["/api/jobs/clear-history/run"] = async () => {
    await answered.promise;
    return { ...jobs[0], last: { at: new Date().toISOString(), ms: 80, error: null } };
  };
  const button = page.getByRole("button", { name: "Run now: clear-history" });
  await button.dblclick();
  await page.getByRole("button", { name: "Running…: clear-history" }).waitFor();
  answered.resolve();
  await page.getByText("clear-history is done.").first().waitFor();
  expect(server.asked.filter((path) => path.endsWith("/run"))).toHaveLength(1);
  expect(errors).toEqual([]);
});

test("a preview is opened by its address, and where there is no room its row leads to the page", async () => {
  await using wide = await open("/artifacts?open=art-0");
  await wide.page.getByRole("complementary", { name: "Preview" }).getByText("We keep the").waitFor();
  for (const scheme of ["light", "dark"] as const) {
    await wide.page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    expect(await axeFaults(wide.page)).toEqual([]);
    await picture(wide.page, `preview-${scheme}-1280`);
  }
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

test("removals that the guard held are made once they are confirmed, and once only", async () => {
  const { sources, run } = canned;
  const cause = { kind: "mass-deletion" as const, missing: 1_380, of: 2_412 };
  const held = run({
    id: "run-7",
    state: "failed",
    error: "Files no longer lists 1,380 of 2,412 items.",
    cause,
  });
  server.answers = {
    "/api/integrations": () => ({ integrations: [{ ...sources[0], status: "error", runs: [held] }] }),
  };
  await using opened = await open("/sources");
  const { page } = opened;
  await page.getByRole("button", { name: "Remove them here too…" }).click();
  await page.getByRole("dialog", { name: "Remove 1,380 of 2,412 items here too?" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(server.asked.some((line) => line.startsWith("POST"))).toBe(false);
  await page.getByRole("button", { name: "Remove them here too…" }).click();
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Remove 1,380 items" }).dblclick();
  expect((await sent).postDataJSON()).toEqual({ account: held.account, confirmDeletions: true });
  await page.getByText("Full sync of Files has started.").first().waitFor();
  const syncs = () => server.asked.filter((line) => line === "POST /api/sync/Files").length;
  expect(syncs()).toBe(1);
  server.answers["/api/runs/run-7"] = () => held;
  await page.goto(`${server.url}/runs/run-7`);
  await page.getByRole("button", { name: "Remove them here too…" }).click();
  await page.getByRole("dialog", { name: "Remove 1,380 of 2,412 items here too?" }).waitFor();
  expect(syncs()).toBe(1);
  await page.getByRole("button", { name: "Remove 1,380 items" }).click();
  await page.getByText("The sync has started.").first().waitFor();
  expect(syncs()).toBe(2);
});

test("where a reconnect led to another account, both are kept with one press, sent once", async () => {
  const { sources, run } = canned;
  const cause = { kind: "mass-deletion" as const, missing: 380, of: 412, reconnected: true };
  const held = run({ id: "run-7", state: "failed", error: "Files no longer lists 380 of 412 items.", cause });
  server.answers = {
    "/api/integrations": () => ({ integrations: [{ ...sources[0], status: "error", runs: [held] }] }),
    "/api/integrations/Files/keepBoth": () => ({ account: "new", runId: "run-9" }),
  };
  await using opened = await open("/sources");
  const { page } = opened;
  await page.getByRole("button", { name: "Keep both…" }).click();
  await page.getByRole("dialog", { name: "Keep both accounts" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "keep-both-light-1280");
  await page.getByLabel("Name of the account it leads to now").fill("Ann’s new folder");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Keep both", exact: true }).dblclick();
  expect((await sent).postDataJSON()).toEqual({ account: held.account, newAccount: "Ann’s new folder" });
  await page.getByText("Ann’s new folder is an account of its own now").first().waitFor();
  expect(server.asked.filter((line) => line.endsWith("/keepBoth"))).toHaveLength(1);
});

test("what is asked for shows at once, and is taken back when it did not come to pass", async () => {
  const { runningRun } = canned;
  const answer = Promise.withResolvers<object>();
  server.answers = {
    "/api/runs/run-2": () => runningRun,
    "/api/runs/run-2/cancel": () => answer.promise,
  };
  await using opened = await open("/runs/run-2");
  const { page } = opened;
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelling", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Pause" }).isDisabled()).toBe(true);
  answer.resolve(Response.json({ error: { code: "transient", message: "It is busy." } }, { status: 503 }));
  await page.getByText("That did not work. It is busy.").first().waitFor();
  await page.getByText("Cancelling", { exact: true }).waitFor({ state: "detached" });
  await page.getByText("Syncing", { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Pause" }).isDisabled()).toBe(false);
});

test("two settings stand side by side, each asked once, with how hits moved and as calls to copy", async () => {
  await using opened = await open("/search?q=price");
  const { page } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByText("4 results").waitFor();
  await page.getByRole("button", { name: "Compare with other settings" }).click();
  const second = page.getByRole("region", { name: "Second settings" });
  await second.getByText("4 results").waitFor();
  const [first, ...others] = searchAnswer.results;
  server.answers = { "/api/search": () => ({ ...searchAnswer, results: [...others, first] }) };
  await second.getByLabel("Results").selectOption("20");
  await second.getByText("(3 lower)").waitFor();
  expect(await second.getByText("(1 higher)").count()).toBe(3);
  expect(new URL(page.url()).searchParams.get("b.limit")).toBe("20");
  for (const [entry, holds] of [
    ["MCP call", '"name": "semantic_search"'],
    ["curl", `${server.url}/api/search`],
    ["Command line", "stoneturner search"],
  ] as const) {
    await second.getByRole("button", { name: "Copy as another form of this search" }).click();
    await page.getByRole("menuitem", { name: entry }).click();
    await page.getByRole("menu").waitFor({ state: "detached" });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(holds);
    expect(copied).toContain("20");
  }
});

test("what is written from right to left begins at one edge, title and passage alike", async () => {
  await using opened = await open("/search?q=price");
  const { page } = opened;
  const hit = page.getByRole("listitem").filter({ hasText: "محضر اجتماع التسعير" }).first();
  await hit.getByText("قررنا").waitFor();
  const right = await hit.evaluate((item) =>
    [...item.querySelectorAll<HTMLElement>("h2, p[dir]")].map((part) => part.getBoundingClientRect().right),
  );
  expect(right.length).toBeGreaterThan(1);
  expect(new Set(right).size).toBe(1);
  await picture(page, "search-both-directions");
});

test("a search that takes long is given up by Escape and by other words", async () => {
  await using opened = await open("/search");
  const { page } = opened;
  const never = Promise.withResolvers<unknown>();
  server.answers = { "/api/search": () => never.promise };
  const first = page.waitForEvent("requestfailed");
  await page.locator("#query:focus").waitFor();
  // All at once: between single keys a busy machine may rest longer than the pause that sends.
  await page.keyboard.insertText("slow");
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.keyboard.insertText("er");
  expect((await first).postDataJSON()).toMatchObject({ query: "slow" });
  const second = page.waitForEvent("requestfailed");
  await page.keyboard.press("Escape");
  expect((await second).postDataJSON()).toMatchObject({ query: "slower" });
  never.resolve(searchAnswer);
});

test("a log is narrowed by level and text, and a build of vectors or index moves along by itself", async () => {
  await using opened = await open("/runs/run-3");
  const { page } = opened;
  await page.getByRole("tab", { name: "Log" }).click();
  await page.getByText("Sync succeeded.").waitFor();
  await page.getByLabel("Level").selectOption("warn");
  await page.getByText("Sync succeeded.").waitFor({ state: "detached" });
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel("Line holds").fill("nothing of the kind");
  await page.getByText("No line fits these filters").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByText("Sync succeeded.").waitFor();

  const { vectorIndex } = system;
  const built = (done: number) => ({ ...vectorIndex, building: { model: "large", done, total: 2_000 } });
  server.answers = { "/api/system": () => ({ ...system, vectorIndex: built(100) }) };
  await page.goto(`${server.url}/settings`);
  await page.getByText("large: 100 of 2,000 artifacts").waitFor();
  server.answers = { "/api/system": () => ({ ...system, vectorIndex: built(1_900) }) };
  await page.getByText("large: 1,900 of 2,000 artifacts").waitFor();
  const renewed = (olderArtifacts: number) => ({
    ...system,
    olderArtifacts,
    vectorIndex: { ...vectorIndex, building: null, waiting: 0 },
  });
  server.answers = { "/api/system": () => renewed(1_200) };
  await page.getByText("1,200 artifacts to go").waitFor();
  server.answers = { "/api/system": () => renewed(0) };
  await page.getByText("Index being renewed").waitFor({ state: "detached" });
});
