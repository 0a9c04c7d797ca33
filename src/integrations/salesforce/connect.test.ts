import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { salesforce } from "@test/salesforce";
import { listChoices } from "@/core/services/list-choices";
import { startSalesforce } from "../../../test/fakes/salesforce/fake";
import { salesforceIntegration } from "./integration";
import { salesforceOAuth } from "./oauth";

const signal = new AbortController().signal;

test("the account is called as its user, and keeps the organisation's own address beside its settings", async () => {
  await using place = await salesforce({ login: "sandbox" });
  expect(place.account).toBe("ana@northlight.example");
  const stored = await place.app.credentials.read("Salesforce", place.account);
  expect(stored?.options).toEqual({ login: "sandbox", instanceUrl: "https://northlight.my.salesforce.com" });
  await place.choose({ objects: "accounts" });
  expect((await place.app.credentials.read("Salesforce", place.account))?.options).toEqual({
    objects: "accounts",
    instanceUrl: "https://northlight.my.salesforce.com",
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded" });
});

test("consent, tokens and their end are asked where people log in, and nowhere else", async () => {
  await using place = await salesforce();
  const services = place.app.services.for("Elsewhere");
  const at = (address: typeof salesforceOAuth.tokenUrl | undefined, login: string) =>
    typeof address === "function" ? address(services, { login }) : address;
  const { authorizeUrl, tokenUrl, revokeUrl } = salesforceOAuth;
  expect(at(authorizeUrl, "production")).toBe("https://login.salesforce.com/services/oauth2/authorize");
  expect(at(tokenUrl, "sandbox")).toBe("https://test.salesforce.com/services/oauth2/token");
  expect(at(revokeUrl, "acme.my.salesforce.com")).toBe(
    "https://acme.my.salesforce.com/services/oauth2/revoke",
  );
  expect(() => at(tokenUrl, "https://evil.example")).toThrow("not part of salesforce.com");
});

test("an address that is not Salesforce's is believed neither from a person nor from an answer", async () => {
  await using place = await salesforce();
  const start = place.app.oauth.start(salesforceIntegration, {
    options: { instanceUrl: "https://evil.example" },
  });
  await expect(start).rejects.toThrow("instanceUrl");
  const services = place.app.services.for("Salesforce");
  const auth = { headers: () => Promise.resolve({}) };
  const raw = { instance_url: "https://evil.example", id: "https://login.salesforce.com/id/1/2" };
  const tokens = { accessToken: "", refreshToken: undefined, expiresAt: undefined, raw };
  const before = place.fake.requests().length;
  const asked = salesforceOAuth.account(tokens, { ...services, auth, signal, settings: {} });
  await expect(asked).rejects.toThrow("evil.example is not part of salesforce.com");
  expect(place.fake.requests()).toHaveLength(before);
});

test("whether an account still answers is asked at its own address", async () => {
  await using place = await salesforce();
  const stored = await place.app.credentials.read("Salesforce", place.account);
  const auth = stored && place.app.oauth.authOf(salesforceIntegration, stored);
  if (stored === undefined || auth === undefined) throw new Error("There is no account.");
  const tokens = { accessToken: "", refreshToken: undefined, expiresAt: undefined, raw: {} };
  const services = { ...place.app.services.for("Salesforce"), auth, signal, settings: stored.options };
  expect(await salesforceOAuth.account(tokens, services)).toMatchObject({ account: place.account });
});

test("objects of the organisation's own are there to choose from", async () => {
  await using place = await salesforce();
  const input = { ...place.fake.credential, account: place.account };
  const question = { option: "custom", input, words: "", signal };
  expect(await listChoices(place.app, salesforceIntegration, question)).toEqual({
    choices: [expect.objectContaining({ value: "Project__c", name: "Project" })],
    more: false,
  });
});

test("a session that ends is renewed at any page", async () => {
  await using place = await salesforce({}, 27);
  let asked = 0;
  place.fake.faults.onRequest?.(() => void (++asked % 5 === 0 && place.fake.oauth.expire()));
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 27, failed: 0 });
  expect(place.fake.oauth.refreshes).toBeGreaterThan(3);
});

test("Salesforce's own words of refusal say what to do", async () => {
  const clock = fastClock(2_000);
  await using fake = await startSalesforce({ seed: 7, items: 0, clock });
  const wrong = { ...fake, credential: { ...fake.credential, secretKey: "another" } };
  const connecting = connectedApp(salesforceIntegration, wrong, { clock });
  await expect(connecting).rejects.toThrow(
    "whether the app belongs to the organisation at “Where you log in”",
  );
  const explained = (said: string) => salesforceOAuth.explain?.(said);
  expect(explained("OAUTH_APP_ACCESS_DENIED: user is not admin approved")).toContain("permits the app");
  expect(explained("error=redirect_uri_mismatch")).toContain("callback URLs");
  expect(explained("invalid_grant: ip restricted")).toContain("IP policy");
  expect(explained("something new")).toBeUndefined();
});
