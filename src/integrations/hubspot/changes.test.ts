import { describe, expect, test } from "bun:test";
import { differences } from "@test/fake-app";
import { hubspot } from "@test/hubspot";
import { contentFingerprint } from "@test/invariants";
import { rewindRendering } from "@test/older-rendering";
import { keyOf } from "../../../test/fakes/hubspot/world";

describe("an incremental sync", () => {
  test("asks each kind what changed and what was deleted, and about nothing that it knows", async () => {
    await using place = await hubspot({}, 28);
    await place.connect();
    await place.sync();
    const before = await contentFingerprint(place.app.db);
    const asked = await place.asked(() => place.sync("incremental"));
    expect(asked).toHaveLength(18);
    expect(asked.slice(0, 2)).toEqual([
      "POST /crm/v3/objects/companies/search",
      "GET /crm/v3/objects/companies",
    ]);
    expect(await contentFingerprint(place.app.db)).toBe(before);
  });

  test("finds what is new and edited with its associations, and takes out what was deleted", async () => {
    await using place = await hubspot({}, 28);
    await place.connect();
    await place.sync();
    const { world } = place;
    const [company] = world.live("companies");
    const links = { companies: [company?.id ?? ""], contacts: [], deals: [] };
    const added = world.add("notes", { hs_note_body: "<p>Asked for a <b>new</b> valve.</p>" }, links);
    world.edit();
    const deleted = world.delete();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 1 });
    expect(await place.markdown(added)).toContain(`- Companies: ${company?.properties["name"]}`);
    expect(await place.markdown(added)).toContain("Asked for a **new** valve.");
    expect(await place.keys()).not.toContain(deleted);
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });

  test("goes on where a page ends within one instant, past any number of pages of it", async () => {
    await using place = await hubspot({ objects: "notes" });
    const { world } = place;
    world.add("notes");
    await place.connect();
    await place.sync();
    const at = world.tick();
    const many = Array.from({ length: 23 }, () => world.add("notes"));
    for (const note of many) note.updatedAt = at;
    const later = world.add("notes");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 24 });
    expect(await place.keys()).toContain(keyOf(later));
  });

  test("meets what changes while it reads: its pages do not shift", async () => {
    await using place = await hubspot({ objects: "notes" });
    const { world } = place;
    world.add("notes");
    await place.connect();
    await place.sync();
    const many = Array.from({ length: 12 }, () => world.add("notes"));
    let searches = 0;
    place.fake.faults.onRequest?.(({ path }) => {
      // What was on the first page moves to the end, and all others move up.
      if (path.endsWith("/search") && ++searches === 2)
        for (const note of many.slice(0, 4)) world.change(note, { hs_note_body: "<p>Later.</p>" });
    });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });

  test("asks anew what changed where the one before it failed between its two questions", async () => {
    await using place = await hubspot({ objects: "notes" });
    const { world, fake } = place;
    world.add("notes");
    await place.connect();
    await place.sync();
    const scope = "crm.objects.notes.read";
    fake.faults.onRequest?.(({ path }) => void (path.includes("archived=true") && fake.lacking.add(scope)));
    expect(await place.sync("incremental")).toMatchObject({ state: "failed" });
    fake.faults.onRequest?.(() => undefined);
    fake.lacking.clear();
    world.add("notes");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1 });
  });

  test("finds what a search was late to tell of", async () => {
    await using place = await hubspot({ objects: "notes" });
    const { world, fake } = place;
    world.add("notes");
    await place.connect();
    await place.sync();
    const late = world.add("notes");
    fake.lag.ms = 120_000;
    expect(await place.sync("incremental")).toMatchObject({ inserted: 0 });
    fake.lag.ms = 0;
    world.add("notes");
    expect(await place.sync("incremental")).toMatchObject({ inserted: 2 });
    expect(await place.keys()).toContain(keyOf(late));
  });
});

describe("a full sync", () => {
  test("finds what nothing else tells of: other names, associations, merged and erased records", async () => {
    await using place = await hubspot();
    const { world } = place;
    const company = world.add("companies", { name: "Northlight" });
    const [merged, other] = [world.add("contacts"), world.add("companies", { name: "Southwind" })];
    const note = world.add("notes", {}, { companies: [company.id], contacts: [merged.id], deals: [] });
    await place.connect();
    await place.sync();
    expect((await place.served()).get(keyOf(note))?.title).toMatch(/^Note about Northlight, /);
    world.rename(company);
    world.records.delete(merged.id);
    note.links = { companies: [company.id, other.id], contacts: [], deals: [], tickets: [] };
    await place.sync("incremental");
    expect(await place.markdown(note)).toContain("- Companies: Northlight\n");
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(await place.markdown(note)).toMatch(/- Companies: Renamed \d+, Southwind\n/);
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });

  test("of which an entry has another shape reads the others, and takes nothing for deleted", async () => {
    await using place = await hubspot({ objects: "notes" });
    const [kept, gone] = [place.world.add("notes"), place.world.add("notes")];
    await place.connect();
    await place.sync();
    place.world.records.delete(gone.id);
    place.world.records.set("x", Object.assign({ ...kept }, { id: 9_000_000_000 }));
    await place.sync();
    expect(await place.keys()).toEqual([kept, gone].map(keyOf).toSorted());
  });
});

test("a record that was deleted comes back with the full sync after it was restored", async () => {
  await using place = await hubspot();
  const deal = place.world.add("deals");
  await place.connect();
  await place.sync();
  place.world.archive(deal);
  expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
  expect(await place.sql('SELECT * FROM "hubspotDeal"')).toEqual([]);
  deal.archivedAt = undefined;
  await place.sync("full");
  expect(await place.keys()).toEqual([keyOf(deal)]);
});

test("a raised rendering mark renders all records anew from the next full listing", async () => {
  await using place = await hubspot({}, 14);
  for (const ticket of place.world.live("tickets")) place.world.write(ticket);
  await place.connect();
  await place.sync();
  const before = await place.served();
  const quiet = await place.asked(() => place.sync());
  await rewindRendering(place.app.db);
  const asked = await place.asked(async () => {
    expect(await place.sync()).toMatchObject({ state: "succeeded", updated: 14 });
  });
  // What was written in tickets is stored nowhere, so that it is asked for again; nothing else is.
  expect(asked.filter((path) => !path.endsWith("/messages"))).toEqual(quiet);
  expect(asked).toHaveLength(quiet.length + place.world.threads.size);
  expect(await place.served()).toEqual(before);
  expect(await place.sync()).toMatchObject({ unchanged: 14, updated: 0 });
});
