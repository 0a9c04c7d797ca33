/** What is read by choice, what is taken away, and what is not believed. */
import { expect, test } from "bun:test";
import { sharepoint } from "@test/sharepoint";
import { keyOf, type SharePointWorld } from "../../../test/fakes/sharepoint/world";

const linkOf = (name: string) => `https://contoso.sharepoint.com/sites/${name}`;
const fill = (world: SharePointWorld, count: number) => {
  const drive = world.sites[0]?.drives[0];
  if (drive !== undefined) for (let left = count; left > 0; left--) world.add(drive);
};

test("chosen sites and libraries alone are read; what is chosen no more leaves", async () => {
  await using place = await sharepoint({
    sites: `${linkOf("Harbour")}/SitePages/Home.aspx`,
    libraries: "plans",
    oneDrive: "no",
    pages: "no",
  });
  const { world, documents, plans, finance } = place;
  for (const drive of [documents, plans, world.oneDrive, ...finance.drives]) world.add(drive);
  world.page();
  const [one] = world.shown(plans);
  await place.sync();
  expect(await place.keys()).toEqual(one === undefined ? [] : [keyOf(one)]);
});

test("a library that a person named and that is called otherwise now stops the sync, and nothing is removed", async () => {
  await using place = await sharepoint({ libraries: "Plans" });
  place.world.add(place.plans);
  await place.sync();
  place.plans.name = "Plan";
  const run = await place.sync();
  expect(run).toMatchObject({ state: "failed", deleted: 0 });
  expect(run.error).toContain("None of the sites has a library 'Plans'. Did it become Plan?");
  expect((await place.keys()).length).toBe(1);
});

test("a chosen site is known after its address changed; one that is gone is named, and its files leave", async () => {
  await using place = await sharepoint({ sites: `${linkOf("Harbour")}, ${linkOf("Finance")}` });
  const { world, documents, harbour, finance } = place;
  const kept = world.add(documents);
  for (const drive of finance.drives) world.add(drive);
  await place.sync();
  harbour.url = linkOf("Port");
  finance.outOfSight = true;
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1, failed: 1 });
  expect(await place.keys()).toEqual([keyOf(kept)]);
  expect(await place.reasons()).toContain(`not for this account to see: ${linkOf("Finance")}`);
  finance.outOfSight = false;
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, failed: 0 });
  expect(await place.reasons()).toBe("");
});

test("a large site that is listed no more waits for a person", async () => {
  await using place = await sharepoint({}, 200);
  fill(place.world, 120);
  await place.sync();
  place.harbour.outOfSight = true;
  const held = await place.sync("incremental");
  expect(held).toMatchObject({ state: "failed", deleted: 0 });
  expect(held.error).toContain("no longer lists 120 of 120");
  expect((await place.keys()).length).toBe(120);
  expect(await place.sync("full", { confirmDeletions: true })).toMatchObject({ deleted: 120 });
  expect(await place.keys()).toEqual([]);
});

test("a site that a search passes over, and that is still there, is read on", async () => {
  await using place = await sharepoint();
  fill(place.world, 2);
  await place.sync();
  place.harbour.unsearched = true;
  fill(place.world, 1);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 0 });
  expect((await place.keys()).length).toBe(3);
});

test("no site at all, where there were some, is not believed", async () => {
  await using place = await sharepoint();
  fill(place.world, 2);
  await place.sync();
  for (const site of place.world.sites) site.outOfSight = true;
  const run = await place.sync("incremental");
  expect(run).toMatchObject({ state: "failed", deleted: 0 });
  expect(run.error).toContain("lists no site at all");
  expect((await place.keys()).length).toBe(2);
});

test.each([403, 404, 423])(
  "a library whose list is refused with %p keeps its files until everything was listed",
  async (status) => {
    await using place = await sharepoint();
    fill(place.world, 3);
    await place.sync();
    place.documents.refused = status;
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect((await place.keys()).length).toBe(3);
    // The next one is a full one, whatever is asked for.
    expect(await place.sync("incremental")).toMatchObject({ mode: "full", deleted: 3 });
    place.documents.refused = undefined;
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 3 });
  },
);

test("whichever way Microsoft asks for a new listing, what was deleted meanwhile is found", async () => {
  await using place = await sharepoint({}, 3);
  fill(place.world, 8);
  await place.sync();
  for (const round of [1, 2]) {
    place.world.delete();
    place.world.create();
    place.fake.faults.expireCursors?.();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", mode: "full" });
    expect(`${round}: ${(await place.differences()).join(", ")}`).toBe(`${round}: `);
  }
});
