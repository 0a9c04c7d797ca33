/** What a real browser does with the login's cookie: on our page, on another site's, and on the way back from one. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { ownerPassword } from "@test/access";
import { testApp, type TestApp } from "@test/app";
import { launchBrowser } from "@test/browser";
import { startServer, type RunningServer } from "@/core/handlers/server";
import type { Integration } from "@/core/models/integration";

/** What the source's redirect brought, by the integration's own account. */
const codes: (string | null)[] = [];
const consenting: Integration = {
  config: { integration: "Consent", icon: "/assets/consent.svg", integrationType: "OAUTH" },
  sync: async () => {},
  syncUpdates: async () => {},
  deleteSync: async () => {},
  handleRedirect: async (request) => {
    codes.push(new URL(request.url).searchParams.get("code"));
  },
};

let app: TestApp;
let server: RunningServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Our page's address, and another site's: to a browser, `localhost` and `127.0.0.1` are as foreign as any two. */
let ours = "";
const foreign = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: () =>
    new Response("<!doctype html><title>other</title>", { headers: { "Content-Type": "text/html" } }),
});

beforeAll(async () => {
  app = await testApp({ integrations: [consenting] });
  await app.access.password.set(ownerPassword);
  const html = { body: "<!doctype html><title>page</title>", type: "text/html" };
  server = await startServer(app, () => Promise.resolve(new Map([["/", html]])));
  ours = `http://localhost:${new URL(server.url).port}`;
  browser = await launchBrowser();
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(ours);
});
afterAll(async () => {
  await browser.close();
  await foreign.stop(true);
  await server.stop();
  await app[Symbol.asyncDispose]();
});

/** Status of a request that the page's own script makes. */
const ask = (on: Page, path: string, method = "GET", body?: unknown) =>
  on.evaluate(
    async ([path, method, body]) => {
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(path, body === "" ? { method } : { method, headers, body });
      return answer.status;
    },
    [path, method, body === undefined ? "" : JSON.stringify(body)] as const,
  );

test("our page logs in, reads and changes, and its scripts never see the cookie", async () => {
  expect(await ask(page, "/api/runs")).toBe(401);
  expect(await ask(page, "/api/login", "POST", { password: ownerPassword })).toBe(200);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: "stoneturner-session", httpOnly: true, sameSite: "Strict" });
  expect(await ask(page, "/api/runs")).toBe(200);
  expect(await ask(page, "/api/tokens", "POST", { name: "page", scope: "read" })).toBe(201);
  const [made] = await app.access.tokens.list();
  expect(await ask(page, `/api/tokens/${made?.id}`, "DELETE")).toBe(200);
  const opened = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const events = new EventSource("/api/events");
        events.addEventListener("open", () => (events.close(), resolve(true)));
        events.addEventListener("error", () => (events.close(), resolve(false)));
      }),
  );
  expect(opened).toBe(true);
});

test("another site's page changes nothing with it, by script or by form", async () => {
  const other = await context.newPage();
  await other.goto(foreign.url.href);
  const kinds = await other.evaluate(async (target) => {
    const send = (mode: RequestMode) =>
      fetch(target, { method: "POST", credentials: "include", mode }).then(
        ({ type }) => type,
        () => "blocked",
      );
    return [await send("no-cors"), await send("cors")];
  }, `${ours}/api/logout/everywhere`);
  expect(kinds).toEqual(["blocked", "blocked"]);
  const answer = other.waitForResponse((response) => response.url().startsWith(ours));
  await other.evaluate((target) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "POST", action: target });
    document.body.append(form);
    form.submit();
  }, `${ours}/api/logout/everywhere`);
  expect((await answer).status()).toBe(403);
  await other.close();
  expect(await ask(page, "/api/runs")).toBe(200);
});

test("the way back from another site's consent page is let in with the cookie, and only with it", async () => {
  const way = async (from: BrowserContext, code: string) => {
    const tab = await from.newPage();
    await tab.goto(foreign.url.href);
    const target = `${ours}/api/oauth/Consent?code=${code}&state=s`;
    const last = tab.waitForResponse((response) => response.url() === target && response.status() !== 200);
    // The page leaves after this has answered: an answer from a page that is gone never comes.
    await tab.evaluate((address) => void setTimeout(() => (location.href = address)), target);
    // The tab is closed with the browser: this Chromium can hang on closing one that shows a bare answer.
    return (await last).status();
  };
  expect(await way(context, "mine")).toBe(303);
  expect(codes).toEqual(["mine"]);
  const stranger = await browser.newContext();
  expect(await way(stranger, "theirs")).toBe(401);
  expect(codes).toEqual(["mine"]);
  const [event] = (await app.access.audit.list({ action: "credential.oauth" })).events;
  expect(event).toMatchObject({ actor: "owner", target: "Consent", outcome: "ok" });
});

test("a framed or bounced page runs nothing: the policy holds on it as well", async () => {
  const answer = await fetch(`${ours}/api/oauth/Consent?code=%3Cscript%3E`, {
    headers: { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" },
  });
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.text()).not.toContain("<script");
});
