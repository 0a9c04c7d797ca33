/** What must not break the page: endless names, hostile text in every place, a server that goes, a long list. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { freePort } from "@test/free-port";
import * as canned from "./fixtures";
import { setStage, type Stage } from "./stage";
import { startStandIn, type StandIn } from "./stand-in";
import { overflow } from "./watch";

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

const endless = "Averylongname".repeat(770);
const hostile = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>\u202E`;

test.each([
  ["a name of 10,000 characters", endless],
  ["markup", hostile],
])("%s in every place breaks no view and runs nothing", async (_name, text) => {
  const accounts = (canned.sources[0]?.accounts ?? []).map((one) => ({ ...one, account: text }));
  const run = { ...canned.failedRun, account: text, error: text };
  server.answers = {
    "/api/integrations": () => ({ integrations: [{ ...canned.sources[0], accounts, runs: [run] }] }),
    "/api/runs": () => ({ runs: [run] }),
    "/api/runs/run-3": () => run,
    "/api/syncTasks/recent": () => ({
      syncTasks: [{ ...canned.failedTask, error: text, inputs: { item: text } }],
    }),
    "/api/artifacts": () => ({
      artifacts: [
        {
          id: "x",
          integrationArtifactId: text,
          integration: "Files",
          account: text,
          kind: "document",
          title: text,
          url: null,
          author: text,
          artifactDate: null,
          updateDate: canned.minutesAgo(1),
          insightState: "offline",
        },
      ],
      total: 1,
    }),
  };
  for (const [path, landmark] of [
    ["/sources", "1,204 artifacts"],
    ["/sources/Files", "Next five runs"],
    ["/runs", "What failed lately"],
    ["/runs/run-3", "Details of this sync"],
    ["/artifacts", "1 artifact"],
  ] as const) {
    await using opened = await open(path, { width: 375 });
    const { page, errors } = opened;
    const there = landmark === "Details of this sync" ? page.getByLabel(landmark) : page.getByText(landmark);
    await there.first().waitFor();
    expect({ path, wide: await overflow(page) }).toEqual({ path, wide: 0 });
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(8_000);
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("main :is(img[onerror], script)").count()).toBe(0);
    expect(errors).toEqual([]);
  }
});

test("a server that goes while something is asked says so, and the page comes back with it", async () => {
  const port = freePort();
  const own = await startStandIn("filled", port);
  const page = await stage.context.newPage();
  await page.goto(`${own.url}/sources`);
  await page.getByText("1,204 artifacts").first().waitFor();
  await own.stop();
  await page.getByRole("button", { name: "Sync now: Files" }).click();
  await page
    .getByText(/Files did not start. Stoneturner does not answer/)
    .first()
    .waitFor();
  await page.getByText("What you see may be old").waitFor();
  expect(await page.getByText("1,204 artifacts").first().isVisible()).toBe(true);
  const back = await startStandIn("filled", port);
  await page.getByText("What you see may be old").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelectorAll("article").length > 2);
  expect(back.asked).toContain("GET /api/integrations");
  await page.close();
  await back.stop();
});

test("a view whose code cannot be had says so, leaves the rest of the page, and comes with the server", async () => {
  const port = freePort();
  const own = await startStandIn("filled", port);
  const page = await stage.context.newPage();
  await page.goto(`${own.url}/sources`);
  await page.getByText("1,204 artifacts").first().waitFor();
  await own.stop();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await palette.getByText("Its code could not be loaded").waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Agents" }).click();
  await page.getByRole("heading", { name: "This view could not be shown" }).waitFor();
  await page.getByText("What you see may be old").waitFor();
  const back = await startStandIn("filled", port);
  await page.getByRole("heading", { name: "Agents", exact: true }).waitFor();
  await page.close();
  await back.stop();
});

test("a page that is older than its server is loaded again where it needs what is no longer there", async () => {
  await using opened = await open("/sources");
  const { page } = opened;
  await page.getByText("1,204 artifacts").first().waitFor();
  await page.route("**/client-*.js", (route) => route.fulfill({ status: 404 }), { times: 1 });
  await page.getByRole("link", { name: "Agents" }).click();
  await page.getByRole("heading", { name: "Agents", exact: true }).waitFor();
});

test("a hundred thousand artifacts are sorted, scrolled to their end and drawn a screenful at a time", async () => {
  await using opened = await open("/artifacts");
  const { page } = opened;
  await page.getByText("100,000 artifacts").waitFor();
  const box = page.getByRole("region", { name: "Artifacts" });
  await box.focus();
  await page.keyboard.press("End");
  await page.getByRole("link", { name: "Handbook page 99999" }).waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(80);
  await page.getByRole("button", { name: "Title" }).click();
  await page
    .getByRole("columnheader", { name: "Title" })
    .and(page.locator('[aria-sort="ascending"]'))
    .waitFor();
  expect(new URL(page.url()).search).toBe("?sort=title&order=asc");
});

test("ten thousand tasks of a run are scrolled the same way", async () => {
  await using opened = await open("/runs/run-3");
  const { page } = opened;
  await page.getByRole("tab", { name: "Tasks" }).click();
  await page.getByText("10,000 tasks").waitFor();
  await page.getByRole("region", { name: "Tasks of this sync" }).focus();
  await page.keyboard.press("End");
  await page.getByText("page 9999").waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(80);
});
