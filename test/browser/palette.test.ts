/** The palette, the shortcuts and the consent of a source. */
import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import * as canned from "./fixtures";
import { focused } from "./keyboard";
import { setStage, type Stage } from "./stage";
import type { StandIn } from "./stand-in";
import { axeFaults } from "./watch";

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

describe("the palette", () => {
  test("goes places, starts syncs and hands words to the search", async () => {
    await using opened = await open("/runs");
    const { page, errors } = opened;
    await page.keyboard.press("ControlOrMeta+k");
    const field = page.getByPlaceholder("Go to, sync, connect, search…");
    await field.waitFor();
    await page.getByRole("option", { name: "Sync Files now" }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.type("sync files");
    await page.keyboard.press("Enter");
    await page.getByText("Sync of Files has started.").first().waitFor();
    await page.keyboard.press("ControlOrMeta+k");
    await field.waitFor();
    await page.keyboard.type("per-seat price");
    await page.keyboard.press("Enter");
    await page.getByText("4 results").waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe("per-seat price");
    expect(errors).toEqual([]);
  });

  test("keeps what is typed while it is still being fetched", async () => {
    await using opened = await open("/runs");
    const { page, errors } = opened;
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    await page.route("**/client-*.js", async (route) => {
      asked.resolve();
      await released.promise;
      await route.continue();
    });
    await page.keyboard.press("ControlOrMeta+k");
    await asked.promise;
    await page.keyboard.type("sync fi");
    released.resolve();
    await page.getByRole("option", { name: "Sync Files now" }).waitFor();
    await page.keyboard.type("les");
    expect(await page.getByPlaceholder("Go to, sync, connect, search…").inputValue()).toBe("sync files");
    await page.keyboard.press("Enter");
    await page.getByText("Sync of Files has started.").first().waitFor();
    expect(errors).toEqual([]);
  });

  test("closes on Escape and gives focus back", async () => {
    await using opened = await open("/runs");
    const { page } = opened;
    await page.getByRole("link", { name: "Artifacts" }).focus();
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByPlaceholder("Go to, sync, connect, search…").waitFor();
    await page.keyboard.press("Escape");
    await page.getByPlaceholder("Go to, sync, connect, search…").waitFor({ state: "detached" });
    expect(await focused(page)).toBe("Artifacts");
  });
});

describe("single keys", () => {
  test("lead to places, list themselves and can be switched off", async () => {
    await using opened = await open("/runs");
    const { page } = opened;
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByRole("heading", { level: 1, name: "Artifacts" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel("Single keys do something").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe("/artifacts");
  });

  test("stay with the field that somebody types in", async () => {
    await using opened = await open("/search");
    const { page } = opened;
    await page.locator("#query:focus").waitFor();
    await page.keyboard.type("g a ? /");
    expect(await page.locator("#query").inputValue()).toBe("g a ? /");
    expect(new URL(page.url()).pathname).toBe("/search");
  });
});

describe("a source that asks for consent", () => {
  const notion = {
    ...canned.newSources[1],
    integration: "Notion",
    integrationType: "OAUTH" as const,
    inputs: [],
    oauth: { redirectUri: "http://127.0.0.1:9000/api/oauth/notion", clientKnown: true },
  };
  const flow = (state: string, message: string | null = null) => ({
    id: "flow-1",
    integration: "Notion",
    state,
    account: state === "succeeded" ? "Quarry" : null,
    message,
    expiresAt: canned.minutesAgo(-10),
  });

  test("is gone to, waited for, told of when it declines, and synced when it agrees", async () => {
    let state = flow("waiting");
    server.answers = {
      "/api/integrations": () => ({ integrations: [notion] }),
      "/api/oauth/Notion/start": () => ({
        id: "flow-1",
        connectUrl: "http://127.0.0.1:9000/api/oauth/Notion/open?ticket=t",
        redirectUri: notion.oauth.redirectUri,
        expiresAt: canned.minutesAgo(-10),
      }),
      "/api/oauth/flows/flow-1": () => state,
      "/api/sync/updates/Notion": () => ({ runId: "r", runs: [] }),
    };
    await using opened = await open("/sources?connect=Notion");
    const { page } = opened;
    await page.getByRole("button", { name: "Continue to Notion" }).click();
    const link = page.getByRole("link", { name: "Open Notion" });
    await link.waitFor();
    expect([await link.getAttribute("href"), await link.getAttribute("rel")]).toEqual([
      "http://127.0.0.1:9000/api/oauth/Notion/open?ticket=t",
      "noopener noreferrer",
    ]);
    expect(await axeFaults(page)).toEqual([]);
    state = flow("cancelled", "Notion says that access was denied.");
    await page.getByText("Notion says that access was denied.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    state = flow("opened");
    await page.getByRole("button", { name: "Continue to Notion" }).click();
    await page.getByText("Waiting for your answer there…").waitFor();
    state = flow("succeeded");
    await page.getByText("Notion is connected. Its first sync has started.").first().waitFor();
    expect(server.asked.filter((line) => line === "POST /api/sync/updates/Notion")).toHaveLength(1);
  });

  test("says how it ended when it was begun elsewhere", async () => {
    server.answers = { "/api/oauth/flows/flow-9": () => flow("succeeded", "Notion is connected as Quarry.") };
    await using opened = await open("/sources?oauth=flow-9");
    await opened.page.getByText("Notion is connected as Quarry.").first().waitFor();
    expect(new URL(opened.page.url()).search).toBe("");
  });
});
