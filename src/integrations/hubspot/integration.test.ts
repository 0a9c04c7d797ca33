import { describe, expect, test } from "bun:test";
import { hubspot } from "@test/hubspot";
import { AuthError, InputError } from "@/core/models/errors";
import { keyOf } from "../../../test/fakes/hubspot/world";
import { hubspotIntegration } from "./integration";

describe("connecting", () => {
  test("names the account after its id, and takes a token with blanks around it", async () => {
    await using place = await hubspot();
    await place.connect({ apiKey: ` ${place.fake.credential.apiKey} \n` });
    expect(await place.app.credentials.list()).toMatchObject([{ account: "1234567" }]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0 });
  });

  test("refuses a token that HubSpot does not know, and objects that it does not have", async () => {
    await using place = await hubspot();
    const refusal = (changes: Record<string, unknown>) =>
      place.connect(changes).catch((error: unknown) => error);
    const wrong = await refusal({ apiKey: "pat-na1-wrong" });
    expect(wrong).toBeInstanceOf(AuthError);
    expect(wrong).toMatchObject({
      message: "HubSpot does not know this access token.",
      action: expect.stringContaining("Private apps"),
    });
    const unknown = await refusal({ options: { objects: "companies, Invoices" } });
    expect(unknown).toBeInstanceOf(InputError);
    expect(unknown).toMatchObject({
      details: [
        { field: "options.objects", message: expect.stringContaining("takes names out of companies") },
      ],
    });
  });
});

describe("what is chosen", () => {
  test("is read, and what is left out later is taken out, and comes back", async () => {
    await using place = await hubspot({ objects: "Companies, notes, calls" });
    const { world } = place;
    const [company, contact] = [world.add("companies"), world.add("contacts")];
    const links = { companies: [company.id], contacts: [contact.id], deals: [] };
    const [note, call] = [world.add("notes", {}, links), world.add("calls", {}, links)];
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    expect(await place.markdown(note)).toContain("- Companies: name 1 & more");
    expect(await place.markdown(note)).not.toContain("Contacts:");

    await place.connect({ options: { objects: "companies, calls" } });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(await place.keys()).toEqual([keyOf(call), keyOf(company)].toSorted());
    expect(await place.sql('SELECT "activityId" FROM "hubspotActivity"')).toEqual([[call.id]]);

    await place.connect({ options: {} });
    await place.sync("incremental");
    expect(await place.keys()).toEqual([company, contact, note, call].map(keyOf).toSorted());
    // It did not change, and yet names whom it could not name before.
    expect(await place.markdown(call)).toMatch(/- Contacts: firstname \d/);
  });

  test("asks for no associations with what is left out, which a token may not read", async () => {
    await using place = await hubspot({ objects: "deals" }, 14);
    place.fake.lacking.add("crm.objects.companies.read").add("crm.objects.contacts.read");
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
    place.world.edit();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
  });
});

describe("refusals", () => {
  test("a missing scope is named, and everything else is read", async () => {
    await using place = await hubspot({}, 14);
    place.fake.lacking.add("crm.objects.emails.read");
    await place.connect();
    expect(await place.sync()).toMatchObject({
      state: "failed",
      inserted: 12,
      error: expect.stringContaining("lacks a scope that this takes (crm.objects.emails.read)"),
    });
    place.fake.lacking.clear();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
  });

  test("the day's limit parks the sync, that of a few seconds is waited for", async () => {
    await using place = await hubspot({}, 7);
    await place.connect();
    place.fake.limit.policy = "DAILY";
    const run = await place.sync();
    expect(run).toMatchObject({ state: "parked", error: expect.stringContaining("asks to wait") });
    expect(Date.parse(run.parkedUntil ?? "") - place.clock.now()).toBeGreaterThan(3_000_000);
    await using other = await hubspot({}, 7);
    await other.connect();
    other.fake.limit.policy = "TEN_SECONDLY_ROLLING";
    let met = 0;
    other.fake.faults.onRequest?.(() => void (++met === 2 && (other.fake.limit.policy = undefined)));
    const before = other.clock.now();
    expect(await other.sync()).toMatchObject({ state: "succeeded", inserted: 7 });
    expect(other.clock.now() - before).toBeGreaterThan(70_000);
  });

  test("a token that is taken back ends the sync in words, and nothing is removed", async () => {
    await using place = await hubspot({}, 14);
    await place.connect();
    await place.sync();
    place.fake.faults.refuseCredential?.();
    expect(await place.sync()).toMatchObject({
      deleted: 0,
      error: expect.stringContaining("does not know this access token"),
    });
    expect(await place.keys()).toHaveLength(14);
  });
});

test("rows say what records are, and how they hang together", async () => {
  await using place = await hubspot();
  const { world } = place;
  const none = { companies: [], contacts: [], deals: [] };
  const company = world.add("companies", { name: "Northlight", domain: "northlight.example" });
  const contact = world.add(
    "contacts",
    { firstname: "Mara", lastname: "Keller", email: "mara@northlight.example", hubspot_owner_id: "8802" },
    { ...none, companies: [company.id] },
  );
  const both = { ...none, companies: [company.id], contacts: [contact.id] };
  const deal = world.add("deals", { dealname: "Pumps", amount: "1200.50", dealstage: "closedwon" }, both);
  const open = world.add("deals", { amount: null, dealstage: "stage_of_tomorrow" }, both);
  const call = world.add(
    "calls",
    { hs_call_title: "Offer", hs_timestamp: "2026-03-01T10:00:00Z" },
    { ...both, deals: [deal.id] },
  );
  await place.connect();
  await place.sync();
  expect(await place.sql('SELECT "name", "email", "owner", "companies" FROM "hubspotContact"')).toEqual([
    ["Mara Keller", "mara@northlight.example", "Bo Lindqvist", `["${company.id}"]`],
  ]);
  const deals =
    'SELECT "dealId", "amount", "stage", "pipeline", "closed", "won" FROM "hubspotDeal" ORDER BY 1';
  expect(await place.sql(deals)).toEqual([
    [deal.id, 1200.5, "Won & signed", "Sales", 1, 1],
    [open.id, null, "stage_of_tomorrow", null, 0, 0],
  ]);
  expect(
    await place.sql('SELECT "activityId", "kind", "title", "at", "deals" FROM "hubspotActivity"'),
  ).toEqual([[call.id, "call", "Offer", "2026-03-01T10:00:00.000Z", `["${deal.id}"]`]]);
  const { exampleQueries } = hubspotIntegration.config;
  const spoken = exampleQueries?.find(({ question }) => question.includes("last spoken"))?.sql ?? "";
  expect(await place.sql(spoken)).toEqual([["Northlight", 1, "2026-03-01T10:00:00.000Z"]]);
});
