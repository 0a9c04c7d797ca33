/** Accounts in the real program: connected by consent at a real OAuth provider, and changed without their secrets. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { vaultSource } from "@test/http";
import { client, oauthApp, type OAuthApp } from "@test/oauth";
import { buildClient } from "@/client/build";
import { axeFaults, picture } from "./watch";

setDefaultTimeout(120_000);
let browser: Browser;
let mail: OAuthApp;
let page: Page;

beforeAll(async () => {
  mail = await oauthApp({ page: buildClient, integrations: () => [vaultSource] });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(drawLate);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await mail[Symbol.asyncDispose]();
});

/** Runs in the page: React's scheduler takes this where it is there. What it puts off then comes after the next frames. */
function drawLate(): void {
  Object.assign(globalThis, { setImmediate: (work: () => void) => setTimeout(work, 50) });
}

/** Follows the link to the provider in its own tab, and closes that once it has come back. */
async function goAndComeBack(said: string): Promise<void> {
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Open Mail" }).click();
  const tab = await opened;
  await tab.getByRole("heading", { name: said, exact: true }).waitFor();
  expect(await axeFaults(tab)).toEqual([]);
  await picture(tab, `outcome-${said.toLowerCase().replace(" ", "-")}`);
  await tab.close();
}

test("consent is declined, given at the second try, and what the source holds is searched", async () => {
  await page.goto(`${mail.url}/sources?connect=Mail`);
  await page.getByLabel("Client id").fill(client.accessKey);
  await page.getByLabel("Client secret").fill(`  ${client.secretKey}\n`);
  mail.provider.onRedirect((url) => {
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
  });
  await page.getByRole("button", { name: "Continue to Mail" }).click();
  await goAndComeBack("Not connected");
  await page.getByText("It was declined or closed.").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();

  expect(await page.getByLabel("Client id").inputValue()).toBe(client.accessKey);
  await page.getByRole("button", { name: "Continue to Mail" }).click();
  // It is told while the other tab is still looked at, and for some seconds only.
  const told = page.getByText("Mail is connected. Its first sync has started.").first().waitFor();
  await goAndComeBack("Connected");
  await told;
  await page.getByText("1 artifact ready to search").waitFor();
  expect(mail.provider.asked.at(-1)).toMatchObject({ client_secret: client.secretKey });
});

test("an account's settings change and its key stays; a key that is refused stays to be corrected", async () => {
  await page.goto(`${mail.url}/sources?connect=Vault`);
  await page.getByLabel("API key").fill("wrong");
  await page.getByRole("button", { name: "Connect and sync" }).dblclick();
  await page.getByText("Vault does not accept this key.").waitFor();
  await page.getByLabel("API key").fill("\t right-key \n");
  await page.keyboard.press("Enter");
  await page.getByText("Vault is connected.").first().waitFor();
  const account = { integration: "Vault", account: "vault@example.com" };
  expect(await mail.app.credentials.read(account.integration, account.account)).toMatchObject({
    apiKey: "right-key",
  });

  await page.goto(`${mail.url}/sources/Vault`);
  const menu = page.getByRole("button", { name: `More for ${account.account}` });
  const change = page.getByRole("dialog", { name: "Change an account of Vault" });
  const openForm = async () => {
    await menu.press("Enter");
    await page.getByRole("menuitem", { name: "Change or reconnect…" }).press("Enter");
    await change.waitFor();
  };
  await openForm();
  await page.keyboard.press("Escape");
  await change.waitFor({ state: "detached" });
  await page.locator(":focus").and(menu).waitFor();
  await openForm();
  expect(await page.getByLabel("API key").inputValue()).toBe("");
  expect(await page.getByLabel("Account name").count()).toBe(0);
  await page.getByText("More settings").or(page.getByLabel("Folder")).first().waitFor();
  await page.getByLabel("Folder").fill("/changed");
  await page.keyboard.press("Enter");
  await page.getByText("Vault is changed. Its sync has started.").first().waitFor();
  expect(await mail.app.credentials.read(account.integration, account.account)).toMatchObject({
    apiKey: "right-key",
    options: { path: "/changed" },
  });
  await page.locator("h1:focus", { hasText: "Vault" }).waitFor();
});

test("two tabs: what one takes away, the other is told of in plain words, and shows once it is looked at", async () => {
  const other = await page.context().newPage();
  await Promise.all([page, other].map((tab) => tab.goto(`${mail.url}/sources/Vault`)));
  await other.getByRole("button", { name: "Sync now: Vault" }).waitFor();
  await page.getByRole("button", { name: "Disconnect…" }).click();
  await page.getByLabel("Type Vault to go on").fill("Vault");
  await page.keyboard.press("Enter");
  await page.getByText("Vault is disconnected.").first().waitFor();
  await page.getByText("Vault is not connected").waitFor();
  await page.locator("h1:focus", { hasText: "Vault" }).waitFor();
  await other.getByRole("button", { name: "Sync now: Vault" }).click();
  await other
    .getByText(/Vault did not start\. .*connect/i)
    .first()
    .waitFor();
  await other.getByText("Vault is not connected").first().waitFor();
  await other.close();
});

test("what a disconnected source leaves is still shown, and can be removed, then or with it", async () => {
  const disconnect = async () => {
    await page.goto(`${mail.url}/sources/Mail`);
    await page.getByRole("button", { name: "Disconnect…" }).click();
    await page.getByLabel("Type Mail to go on").fill("Mail");
  };
  await disconnect();
  await page.keyboard.press("Enter");
  await page.getByText("1 artifact of earlier syncs can still be searched and read.").waitFor();
  await page.goto(mail.url);
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.getByRole("region", { name: "Freshness" }).getByText("Not connected").waitFor();
  await page.goto(`${mail.url}/sources`);
  await page.getByText("1 artifact of earlier syncs can still be searched.").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("article", { name: "Mail" }).getByRole("link", { name: "Mail" }).click();
  await page.getByRole("button", { name: "Remove synced data…" }).click();
  const purge = page.getByRole("dialog", { name: "Remove what was synced from Mail?" });
  expect(await purge.textContent()).toContain("connecting it again brings everything back");
  await page.getByLabel("Type Mail to go on").fill("Mail");
  await page.keyboard.press("Enter");
  await page.getByText("What was synced from Mail is removed.").first().waitFor();
  await page.getByText("1 artifact of earlier syncs").waitFor({ state: "detached" });

  await page.goto(`${mail.url}/sources?connect=Mail`);
  await page.getByLabel("Client id").fill(client.accessKey);
  await page.getByLabel("Client secret").fill(client.secretKey);
  await page.getByRole("button", { name: "Continue to Mail" }).click();
  await goAndComeBack("Connected");
  await page.getByText("1 artifact ready to search").waitFor();
  await disconnect();
  await page.getByLabel("Remove what was synced as well").check();
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "disconnect-light-1280");
  await page.getByRole("button", { name: "Disconnect", exact: true }).click();
  await page.getByText("What was synced is removed.").first().waitFor();
  await page.getByText("Mail is not connected").waitFor();
  expect(await page.getByText("of earlier syncs").count()).toBe(0);
  await page.goto(mail.url);
  await page.getByRole("heading", { level: 1, name: "Welcome to Stoneturner" }).waitFor();
});
