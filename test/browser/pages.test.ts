/** What the page does beside showing things: retry, filters, theme, dialogs, live progress, and nothing that a text asks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import * as canned from "./fixtures";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";
import type { StandIn } from "./stand-in";
import { axeFaults, overflow, picture } from "./watch";

let stage: Stage;
let server: StandIn;
let open: Stage["open"];

beforeAll(async () => {
  stage = await setStage();
  ({ server, open } = stage);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

describe("a text from a source", () => {
  test("runs nothing, loads nothing and links only to the web", async () => {
    const requests: string[] = [];
    await using opened = await open("/");
    const { page, errors } = opened;
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${server.url}/artifact/hostile`);
    await page.getByRole("link", { name: "web", exact: true }).waitFor();
    expect(await page.locator(".prose :is(script, iframe, img, [onerror], [onclick])").count()).toBe(0);
    const links = await page
      .locator("main a[target]")
      .evaluateAll((all) =>
        all.map((link) => [link.getAttribute("href"), link.getAttribute("rel")?.includes("noopener")]),
      );
    expect(links).toEqual([
      ["http://beacon.invalid/pixel.png", true],
      ["https://example.com/ok", true],
    ]);
    await page.getByRole("tab", { name: "Raw markdown" }).click();
    await page.locator("pre", { hasText: "onerror" }).waitFor();
    expect(requests.filter((address) => address.includes("beacon"))).toEqual([]);
    expect(await page.title()).not.toBe("owned");
    expect(await page.locator("h1").textContent()).toContain("<img src=x");
    expect(errors).toEqual([]);
  });
});

describe("the sources", () => {
  test("show a running sync as it is pushed, with its progress", async () => {
    await using opened = await open("/sources");
    const bar = opened.page.getByRole("progressbar", { name: "Sync of GitHub stone/quarry" });
    await bar.waitFor();
    expect([await bar.getAttribute("value"), await bar.getAttribute("max")]).toEqual(["860", "2000"]);
    await opened.page.getByText("860 of 2,000 read").waitFor();
  });

  test("can be synced, fully synced, paused and cancelled, once a double click", async () => {
    await using opened = await open("/sources");
    const { page } = opened;
    await page.getByRole("button", { name: "Sync now: Files" }).dblclick();
    await page.getByText("Sync of Files has started.").first().waitFor();
    await page.getByRole("button", { name: "More for Files" }).click();
    await page.getByRole("menuitem", { name: "Full sync" }).click();
    await page.getByText("Full sync of Files has started.").first().waitFor();
    await page.getByRole("button", { name: "Pause sync: GitHub" }).click();
    await page.getByText("GitHub pauses after the page it is reading.").first().waitFor();
    await page.getByRole("button", { name: "Cancel sync: GitHub" }).click();
    await page.getByText("GitHub stops after the page it is reading.").first().waitFor();
    const posts = server.asked.filter((line) => line.startsWith("POST"));
    expect(posts).toEqual([
      "POST /api/sync/updates/Files",
      "POST /api/sync/Files",
      "POST /api/runs/run-2/pause",
      "POST /api/runs/run-2/cancel",
    ]);
  });

  test("keep focus beside a button that goes once it is pressed", async () => {
    const during = (runs: ReturnType<typeof canned.run>[], status: string) => ({
      integrations: [{ ...canned.sources[0], status, runs }],
    });
    server.answers = { "/api/integrations": () => during([], "connected") };
    await using opened = await open("/sources");
    const { page } = opened;
    await page.getByRole("button", { name: "Sync now: Files" }).focus();
    const running = during(
      [canned.run({ id: "run-new", integration: "Files", state: "running" })],
      "syncing",
    );
    server.answers = { "/api/integrations": () => running };
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Pause sync: Files" }).waitFor();
    expect(await focused(page)).toBe("Actions for Files");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Cancel sync: Files");
    // What nobody had focus on takes it from nobody.
    await page.getByRole("link", { name: "Artifacts" }).focus();
    server.answers = { "/api/integrations": () => during([], "connected") };
    await page.getByRole("button", { name: "Sync now: Files" }).waitFor();
    expect(await focused(page)).toBe("Artifacts");
  });

  test("say that a sync is done which was over before anybody saw it under way", async () => {
    const at = (id: string) => ({
      integrations: [{ ...canned.sources[0], runs: [canned.run({ id })] }],
    });
    server.answers = { "/api/integrations": () => at("run-1") };
    await using opened = await open("/sources");
    const { page } = opened;
    await page.getByRole("button", { name: "Sync now: Files" }).waitFor();
    expect(await page.getByText("Files: sync done").count()).toBe(0);
    server.answers = { "/api/integrations": () => at("run-new") };
    await page.getByRole("button", { name: "Sync now: Files" }).click();
    await page
      .getByText(/Files: sync done/)
      .first()
      .waitFor();
  });

  test("remove nothing until their name is typed, and Escape keeps it", async () => {
    await using opened = await open("/sources/Files");
    const { page } = opened;
    const accounts = page.getByRole("table", { name: "Accounts" });
    // Both accounts': in a narrow window it stands elsewhere.
    await accounts.getByText("Connected", { exact: true }).filter({ visible: true }).nth(1).waitFor();
    const remove = page.getByRole("button", { name: "Remove synced data…" });
    await remove.click();
    await page.getByRole("dialog").waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("Remove synced data…");
    const askForOne = async (what: string) => {
      await page.getByRole("button", { name: "More for /home/ann/handbook" }).click();
      await page.getByRole("menuitem", { name: what }).click();
      await page.getByRole("dialog").waitFor();
    };
    await askForOne("Remove synced data…");
    const one = page.getByRole("dialog", { name: "Remove what was synced from this account of Files?" });
    expect(await one.textContent()).toMatch(/\/home\/ann\/handbook602 artifacts, their index/);
    await page.keyboard.press("Escape");
    await one.waitFor({ state: "detached" });
    await remove.click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: "Remove synced data" });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel("Type Files to go on").fill("file");
    expect(await confirm.isDisabled()).toBe(true);
    expect(server.asked.some((line) => line.startsWith("DELETE"))).toBe(false);
    await page.getByLabel("Type Files to go on").fill(" files ");
    await page.keyboard.press("Enter");
    await page.getByText("What was synced from Files is removed.").first().waitFor();
    expect(server.asked).toContain("DELETE /api/sync/Files");
    for (const [what, said] of [
      ["Remove synced data…", "What was synced from this account of Files is removed."],
      ["Disconnect…", "An account of Files is disconnected."],
    ] as const) {
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await askForOne(what);
      await page.getByLabel("Type Files to go on").fill("Files");
      await page.keyboard.press("Enter");
      await page.getByText(said).first().waitFor();
    }
  });

  test("are found by typing, and Enter connects the first", async () => {
    server.mood = "empty";
    await using opened = await open("/sources?add=1");
    const { page } = opened;
    await page.locator("#find-source:focus").waitFor();
    await page.keyboard.type("discussions");
    await page.getByRole("article").nth(1).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Connect Linear" }).waitFor();
  });

  test("open the form that an agent's link names", async () => {
    server.mood = "empty";
    await using opened = await open("/?connect=linear");
    await opened.page.getByRole("dialog", { name: "Connect Linear" }).waitFor();
    expect(new URL(opened.page.url()).pathname + new URL(opened.page.url()).search).toBe("/sources");
  });

  test("can be loaded again after a failure", async () => {
    server.mood = "error";
    await using opened = await open("/sources");
    await opened.page.getByText("The database is busy.").waitFor();
    server.mood = "filled";
    await opened.page.getByRole("button", { name: "Try again" }).click();
    await opened.page.getByText("2,100 artifacts ready to search").waitFor();
    expect(await opened.page.getByRole("alert").count()).toBe(0);
  });
});

describe("the connect dialog", () => {
  test("is sound in both themes and narrow, with labels, help and secrets hidden", async () => {
    server.mood = "empty";
    await using opened = await open("/sources");
    const { page, errors } = opened;
    await page.getByRole("button", { name: "Connect Linear" }).click();
    const key = page.getByLabel("API key");
    expect(await key.getAttribute("type")).toBe("password");
    await page.getByRole("button", { name: "Connect and sync" }).click();
    await page.getByText("Fill in “API key”.").waitFor();
    for (const [scheme, width] of [
      ["light", 1280],
      ["dark", 320],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      expect(await axeFaults(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await picture(page, `connect-${scheme}-${width}`);
    }
    expect(errors).toEqual([]);
  });

  test("folds rarely used settings away", async () => {
    server.mood = "empty";
    await using opened = await open("/sources");
    await opened.page.getByRole("button", { name: "Connect Files" }).click();
    expect(await opened.page.getByLabel("Leave out").isVisible()).toBe(false);
    await opened.page.getByText("More settings").click();
    expect(await opened.page.getByLabel("Leave out").isVisible()).toBe(true);
  });
});

describe("the search", () => {
  test("waits for a pause in typing and keeps the address up to date", async () => {
    await using opened = await open("/search");
    const { page } = opened;
    await page.locator("#query:focus").waitFor();
    await page.keyboard.type("pricing");
    await page.getByText("4 results").waitFor();
    expect(server.asked.filter((line) => line === "POST /api/search").length).toBeLessThan(4);
    expect(new URL(page.url()).search).toBe("?q=pricing");
  });

  test("says that filters hide everything, and clears them", async () => {
    server.mood = "empty";
    await using opened = await open("/search?q=price&integration=Files&from=2026-01-01");
    const { page } = opened;
    await page.getByText("within these filters").waitFor();
    server.mood = "filled";
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("4 results").waitFor();
    expect(new URL(page.url()).search).toBe("?q=price");
    await page.goBack();
    await page.getByLabel("From", { exact: true }).and(page.locator('[value="2026-01-01"]')).waitFor();
  });

  test("explains a hit and shows each language in its own direction", async () => {
    await using opened = await open("/search?q=price");
    const { page } = opened;
    await page.getByText("Why this hit").first().click();
    await page.getByRole("rowheader", { name: "meaning" }).first().waitFor();
    expect(await page.locator("mark").first().textContent()).toBe("decided");
    const direction = (text: string) =>
      page
        .getByText(text)
        .first()
        .evaluate((element) => getComputedStyle(element.closest("[dir]") ?? element).direction);
    expect(await direction("محضر")).toBe("rtl");
    expect(await direction("料金プラン")).toBe("ltr");
    expect(await axeFaults(page)).toEqual([]);
  });
});

describe("the page as a whole", () => {
  test("changes its theme and remembers it", async () => {
    await using opened = await open("/");
    const { page } = opened;
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByLabel("Dark").check({ force: true });
    expect(await paper()).not.toBe(light);
    await page.reload();
    expect(await page.getByLabel("Dark").isChecked()).toBe(true);
    expect(await paper()).not.toBe(light);
    expect(await axeFaults(page)).toEqual([]);
  });

  test("moves focus and title along with the view, and says when there is none", async () => {
    await using opened = await open("/");
    const { page } = opened;
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByText("What failed lately").waitFor();
    expect([await focused(page), await page.title()]).toEqual(["Runs", "Runs · Stoneturner"]);
    await page.goto(`${server.url}/nowhere`);
    await page.getByText("There is nothing at this address").waitFor();
    await page.goto(`${server.url}/artifact/unknown`);
    await page.getByText("There is no such artifact").waitFor();
  });

  test("copies an agent's snippet for this very server", async () => {
    await using opened = await open("/agents");
    const { page } = opened;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the Claude Code snippet" }).click();
    await page.getByText("Copied the Claude Code snippet.").waitFor({ state: "attached" });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`claude mcp add --transport http stoneturner ${server.url}/mcp`);
  });
});
