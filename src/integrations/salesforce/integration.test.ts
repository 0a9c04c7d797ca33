import { describe, expect, test } from "bun:test";
import { differences } from "@test/fake-app";
import { salesforce } from "@test/salesforce";
import { keyOf } from "../../../test/fakes/salesforce/world";
import { salesforceIntegration } from "./integration";

describe("what is chosen", () => {
  test("is read, and what is left out later is taken out, and comes back", async () => {
    await using place = await salesforce({ objects: "Accounts, tasks, contacts" });
    const { world } = place;
    const [account, contact, lead, task] = [
      world.add("Account"),
      world.add("Contact"),
      world.add("Lead"),
      world.add("Task", { WhatId: null }),
    ];
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    await place.choose({ objects: "accounts, leads" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 2 });
    expect(await place.keys()).toEqual([account, lead].map(keyOf).toSorted());
    expect(await place.sql('SELECT "personId", "kind" FROM "salesforcePerson"')).toEqual([[lead.id, "lead"]]);
    await place.choose({});
    await place.sync("incremental");
    expect(await place.keys()).toEqual([account, contact, lead, task].map(keyOf).toSorted());
  });

  test("of the organisation's own objects is told with their fields, and goes once it is left out", async () => {
    await using place = await salesforce({ objects: "accounts", custom: "Project__c" });
    const { world } = place;
    const client = world.add("Account", { Name: "Northlight Docks" });
    const fields = { Budget__c: 48_000, Start__c: "2026-06-30", Countries__c: "Portugal;Spain" };
    const more = { Client__c: client.id, Plan__c: "First the gates.\nThen the pumps." };
    const project = world.add("Project__c", { Name: "Dock 3", ...fields, ...more });
    await place.sync();
    expect(await place.markdown(project)).toBe(
      [
        "# Dock 3",
        "",
        "- Budget: 48000",
        "- Start: 2026-06-30",
        "- Countries: Portugal, Spain",
        "- Client: Northlight Docks",
        `- Owner: ${world.named(project.values["OwnerId"])}`,
        "",
        "## Plan",
        "",
        "First the gates.",
        "",
        "Then the pumps.",
        "",
      ]
        .join("\n")
        .trimEnd(),
    );
    const rows = `SELECT "object", "name", json_extract("fields", '$.Budget__c') FROM "salesforceRecord"`;
    expect(await place.sql(rows)).toEqual([["Project__c", "Dock 3", 48_000]]);
    await place.choose({ objects: "accounts" });
    await place.sync("incremental");
    expect(await place.keys()).toEqual([keyOf(client)]);
  });
});

describe("what the account may not see", () => {
  test("of an object is left out of the statements, also where the description promised it", async () => {
    await using place = await salesforce({}, 18);
    place.world.hiddenFields.add("Account.Region__c").add("Opportunity.Amount").add("Case.OwnerId");
    place.fake.state.untrue.add("Account.Industry").add("Account.OwnerId").add("Note.Body");
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 18, failed: 0 });
  });

  test("as a whole is passed over, and what was read of it goes with the next full sync", async () => {
    await using place = await salesforce({}, 20);
    place.world.hiddenObjects.add("Knowledge__kav").add("EmailMessage").add("OpportunityHistory");
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 18 });
    place.world.hiddenObjects.add("Lead");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 2 });
    place.world.hiddenObjects.clear();
    await place.sync("incremental");
    expect(await place.keys()).toHaveLength(20);
  });

  test("but was asked for by name ends in words, and nothing of it is removed", async () => {
    await using place = await salesforce({ objects: "leads, accounts" }, 18);
    await place.sync();
    place.world.hiddenObjects.add("Lead");
    expect(await place.sync()).toMatchObject({
      state: "failed",
      deleted: 0,
      error: expect.stringContaining("Salesforce shows this account no object 'Lead'."),
    });
    expect(await place.keys()).toHaveLength(4);
  });

  test("is not confused with an API of which nothing is left", async () => {
    await using place = await salesforce({}, 18);
    await place.sync();
    for (const refuses of [
      { status: 404, errorCode: "NOT_FOUND" },
      { status: 410, errorCode: "UNSUPPORTED_API_VERSION" },
      { status: 403, errorCode: "INSUFFICIENT_ACCESS" },
    ]) {
      place.fake.state.refuses = refuses;
      expect(await place.sync()).toMatchObject({ state: "failed", deleted: 0 });
    }
    expect(await place.keys()).toHaveLength(18);
  });
});

describe("limits", () => {
  test("of 24 hours park the sync, those of requests at once are sat out", async () => {
    await using place = await salesforce({ objects: "notes" }, 18);
    place.fake.state.limit = "daily";
    const run = await place.sync();
    expect(run).toMatchObject({ state: "parked", error: expect.stringContaining("requests of 24 hours") });
    expect(Date.parse(run.parkedUntil ?? "") - place.clock.now()).toBeGreaterThan(3_000_000);
    await using other = await salesforce({ objects: "notes" }, 18);
    other.fake.state.limit = "concurrent";
    let met = 0;
    other.fake.faults.onRequest?.(() => void (++met === 3 && (other.fake.state.limit = undefined)));
    expect(await other.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  });

  test("that others have nearly used up are left to them", async () => {
    await using place = await salesforce({ objects: "notes", share: "50" }, 18);
    place.fake.state.usage = "api-usage=50001/100000";
    expect(await place.sync()).toMatchObject({
      state: "parked",
      error: expect.stringContaining("has used 50001 of its 100000 API requests"),
    });
    await using other = await salesforce({ objects: "notes", share: "80" }, 18);
    other.fake.state.usage = "api-usage=50001/100000";
    expect(await other.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  });
});

test("a record of a shape that is not known is told of, and takes nobody for deleted", async () => {
  await using place = await salesforce({ objects: "notes" }, 27);
  await place.sync();
  place.fake.state.change = (records) => records.map((record, at) => (at === 0 ? { Name: "?" } : record));
  expect(await place.sync()).toMatchObject({ deleted: 0 });
  expect(await place.keys()).toHaveLength(4);
  place.fake.state.change = undefined;
  expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
  expect(differences(await place.served(), place.fake).filter((one) => one.includes("note"))).toEqual([]);
});

test("a listing that goes on and gives nothing is not taken for its end", async () => {
  await using place = await salesforce({ objects: "notes" }, 63);
  await place.sync();
  expect(await place.keys()).toHaveLength(12);
  place.fake.state.change = (records) => (records.length === 4 ? [] : records);
  expect(await place.sync()).toMatchObject({ state: "failed", deleted: 0 });
  expect(await place.keys()).toHaveLength(12);
});

test("the questions of the overview have answers", async () => {
  await using place = await salesforce();
  const { world } = place;
  const client = world.add("Account", { Name: "Northlight Docks" });
  const about = { AccountId: client.id };
  const deal = world.add("Opportunity", {
    Name: "Pumps",
    NextStep: "Send the offer",
    StageName: "Talks",
    ...about,
  });
  world.add("Case", { ...about });
  world.add("Task", { WhatId: deal.id, ActivityDate: "2025-03-02", ...about });
  world.add("Event", { WhatId: deal.id, StartDateTime: "2025-04-02T09:00:00.000+0000", ...about });
  await place.sync();
  const answers = [];
  for (const { sql } of salesforceIntegration.config.exampleQueries ?? []) answers.push(await place.sql(sql));
  expect(answers[0]?.[0]).toEqual(
    expect.arrayContaining(["Pumps", "Northlight Docks", "Talks", "Send the offer"]),
  );
  expect(answers[1]).toEqual([["Northlight Docks", 1, 1, 1]]);
  expect(answers[2]?.[0]).toEqual(expect.arrayContaining(["Pumps", "2025-04-02T09:00:00.000Z"]));
});
