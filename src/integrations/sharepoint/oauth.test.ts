import { expect, test } from "bun:test";
import { sharepoint } from "@test/sharepoint";
import { CLIENT } from "../../../test/fakes/sharepoint/fake";
import { sharepointIntegration } from "./integration";
import { tenantOf } from "./models/options";
import { explainEntra } from "./oauth";

test("a permission that Entra has ended asks for a reconnect, and says why", async () => {
  await using place = await sharepoint();
  place.world.add(place.documents);
  await place.sync();
  place.fake.oauth.expire();
  const description = "AADSTS53003: Access has been blocked by Conditional Access policies.";
  place.fake.entra.says = { status: 400, error: "invalid_grant", description };
  const run = await place.sync();
  expect(run).toMatchObject({ state: "failed", deleted: 0 });
  expect(run.error).toContain("The directory does not let this account in");
  const [account] = await place.app.credentials.list("SharePoint");
  expect(account).toMatchObject({ account: "ana@contoso.example", status: "needs_reconnect" });
  place.fake.faults.heal();
  expect(await place.sync()).toMatchObject({ state: "succeeded" });
});

test("a client secret that has expired is the application's matter, and what to do stands in the reason", async () => {
  await using place = await sharepoint();
  await place.sync();
  place.fake.oauth.expire();
  const description = "AADSTS7000222: The provided client secret keys are expired.";
  place.fake.entra.says = { status: 401, error: "invalid_client", description };
  const run = await place.sync();
  expect(run.error).toContain("The client secret has expired: make a new one");
});

test.each([
  ["AADSTS50194: Application is not configured as a multi-tenant application.", "“Directory”"],
  ["access_denied AADSTS90094: Admin consent is required.", "grant admin consent"],
  ["AADSTS65001: The user or administrator has not consented.", "grant admin consent"],
  ["AADSTS7000215: Invalid client secret provided.", "not its id"],
  ["AADSTS650520: something else", undefined],
])("%p says what to do", (said, words) => {
  const explained = explainEntra(said);
  if (words === undefined) expect(explained).toBeUndefined();
  else expect(explained).toContain(words);
});

test("a directory that would lead elsewhere is refused before anybody is sent there", async () => {
  await using place = await sharepoint();
  for (const tenant of ["evil.example/x", "a@b.example", "..", "contoso.example?x=1", ""]) {
    const form = { accessKey: CLIENT.id, secretKey: CLIENT.secret, options: { tenant } };
    const started = await place.app.oauth
      .start(sharepointIntegration, form)
      .catch((error: unknown) => String(error));
    expect(`${tenant}: ${typeof started === "string" ? "refused" : "taken"}`).toBe(`${tenant}: refused`);
  }
  expect([tenantOf({}), tenantOf({ tenant: "x/y" }), tenantOf({ tenant: "contoso.com" })]).toEqual([
    ...["organizations", "organizations", "contoso.com"],
  ]);
});
