/** Syncs and access steered with the keyboard alone, on the real server: start, cancel, retry, password, token, login. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { testApp, type TestApp } from "@test/app";
import { launchBrowser } from "@test/browser";
import { createShelf, type Shelf } from "@test/shelf";
import { buildClient } from "@/client/build";
import { startServer, type RunningServer } from "@/core/handlers/server";
import { focused, tabTo } from "./keyboard";
import { axeFaults, picture, watchErrors } from "./watch";

setDefaultTimeout(120_000);
const password = "a sentence for the owner";
let app: TestApp;
let shelf: Shelf;
let server: RunningServer;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  shelf = createShelf();
  for (const key of ["a", "b", "c", "d", "e", "f", "g"])
    shelf.put(key, `# Note ${key}\n\nZebras cross the road.`);
  app = await testApp({ integrations: [shelf.integration] });
  server = await startServer(app, buildClient);
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  errors = watchErrors(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await app[Symbol.asyncDispose]();
});
beforeEach(() => {
  shelf.beforePage = () => undefined;
  shelf.beforeRender = () => undefined;
});

const press = async (name: string | RegExp) => {
  await tabTo(page, name, 60);
  await page.keyboard.press("Enter");
};

test("a sync is started, seen going and cancelled, and started again to its end", async () => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  shelf.beforePage = (index) => (index === 1 ? held : undefined);
  await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  await page.goto(`${server.url}/sources`);
  await page.getByRole("progressbar", { name: "Sync of Shelf default" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await press("Cancel sync: Shelf");
  await page.getByText("Shelf stops after the page it is reading.").first().waitFor();
  letGo();
  await page.getByText("Shelf: cancelled.").first().waitFor();

  await press("Sync now: Shelf");
  await page
    .getByText(/Shelf: sync done/)
    .first()
    .waitFor();
  await page.getByText("7 artifacts ready to search").waitFor();
});

test("what failed is found, tried again and made good", async () => {
  shelf.put("h", "# Note h\n\nIt will fail first.");
  shelf.beforeRender = (key) => {
    if (key === "h") throw new Error("The shelf is locked.");
  };
  const [run] = await app.runner.start({ integration: "Shelf", mode: "incremental", trigger: "manual" });
  await app.runner.wait(run?.runId ?? "");
  await page.goto(`${server.url}/runs/${run?.runId}`);
  await page
    .getByText(/locked/)
    .first()
    .waitFor();
  expect(await axeFaults(page)).toEqual([]);
  shelf.beforeRender = () => undefined;
  await press(/^Try again: /);
  await page.getByText("1 sync has started.").first().waitFor();
  await page.getByText("Nothing failed here, or it has been made good since.").waitFor();
});

test("a password is set, a token is made, and a login that ends costs nothing that was typed", async () => {
  await page.goto(`${server.url}/settings/access`);
  await page.getByText("Set a password first").waitFor();
  await tabTo(page, "New password");
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByText("The password is set.").first().waitFor();
  await page.getByRole("button", { name: "Make a token" }).waitFor();

  await tabTo(page, "What it is for", 80);
  await page.keyboard.type("The keyboard’s agent");
  await page.keyboard.press("Enter");
  const shown = page.locator("pre", { hasText: /^st_/ });
  await shown.waitFor();
  const token = (await shown.textContent()) ?? "";
  const asked = await fetch(`${server.url}/api/runs`, {
    headers: { authorization: `Bearer ${token.trim()}` },
  });
  expect(asked.status).toBe(200);
  expect(await app.access.tokens.list()).toHaveLength(1);

  await tabTo(page, "What it is for", 80);
  await page.keyboard.type("Second");
  await app.access.sessions.endAll();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Your login has ended" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  expect(await focused(page)).toBe("Password");
  await page.keyboard.type("not this one");
  await page.keyboard.press("Enter");
  await page.getByText("The password is wrong.").waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.getByLabel("What it is for").inputValue()).toBe("Second");
  expect(await app.access.tokens.list()).toHaveLength(1);
});

test("a stranger gets the login and nothing else, and then the page that was asked for", async () => {
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(`${server.url}/runs`);
  await stranger.getByRole("heading", { name: "Log in to Stoneturner" }).waitFor();
  expect(await axeFaults(stranger)).toEqual([]);
  await picture(stranger, "login-light-1280");
  await stranger.emulateMedia({ colorScheme: "dark" });
  expect(await axeFaults(stranger, "colours")).toEqual([]);
  await picture(stranger, "login-dark-1280");
  await stranger.locator("input:focus").waitFor();
  await stranger.keyboard.type("not this one");
  await stranger.keyboard.press("Enter");
  await stranger.getByText("The password is wrong.").waitFor();
  expect(await stranger.getByRole("heading").allTextContents()).toEqual(["Log in to Stoneturner"]);
  expect(await stranger.getByRole("navigation").count()).toBe(0);
  await stranger.keyboard.press("ControlOrMeta+a");
  await stranger.keyboard.type(password);
  await stranger.keyboard.press("Enter");
  await stranger.getByRole("heading", { name: "Runs" }).waitFor();
  await stranger.getByRole("button", { name: "Log out" }).click();
  await stranger.getByRole("heading", { name: "Log in to Stoneturner" }).waitFor();
  await context.close();
  // Refused requests and the missing picture of the made-up source are logged by the browser itself.
  const ours = errors.filter((text) => !/status of (401|404)/.test(text));
  expect(ours).toEqual([]);
});
