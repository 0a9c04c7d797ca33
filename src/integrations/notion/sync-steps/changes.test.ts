/** What a sync makes of a workspace in which things come, go, move and hide. */
import { describe, expect, test } from "bun:test";
import { notionApp } from "../../../../test/fakes/notion/app";
import type { FakePage } from "../../../../test/fakes/notion/state";
import { plain } from "../../../../test/fakes/notion/state";
import { asked, synced, syncedOnce } from "../../../../test/fakes/notion/synced";

const HOUR = 3_600_000;
const keyOf = (page: FakePage) => `notion:page:${plain(page.id)}`;

describe("enumeration is a union", () => {
  test("rows that search leaves out are listed by their data source, past the limit of one query", async () => {
    await using notion = await notionApp();
    const { world, settings } = notion.fake;
    settings.queryLimit = 30;
    const source = world.addDataSource({ kind: "workspace" });
    for (let row = 0; row < 100; row++) {
      world.addPage({
        parent: { kind: "dataSource", id: source.id },
        pieces: 0,
        at: Date.now() - row * 600_000,
      }).unlisted = true;
    }
    await synced(notion);
    expect((await notion.served()).size).toBe(101);
  });

  test("pages that nothing lists are met by the links of those around them", async () => {
    await using notion = await notionApp();
    const { world } = notion.fake;
    const top = world.addPage({ pieces: 1 });
    const below = world.addPage({ parent: { kind: "page", id: top.id } });
    const deeper = world.addPage({
      parent: { kind: "block", id: "0b10c000-0000-4000-8000-0000000000bb", page: below.id },
    });
    const hiddenSource = world.addDataSource({ kind: "page", id: deeper.id });
    world.addPage({ parent: { kind: "dataSource", id: hiddenSource.id } }).unlisted = true;
    for (const one of [below, deeper, hiddenSource]) one.unlisted = true;
    await synced(notion);
    await synced(notion);
  });

  test("a search that Notion cuts off is gone through from its other end as well", async () => {
    await using notion = await notionApp({ items: 30 });
    notion.fake.settings.searchLimit = 16;
    const before = notion.fake.requests().length;
    await synced(notion);
    // Data sources; pages from both ends.
    expect(asked(notion, before, "/search")).toHaveLength(3);
  });

  test("an update finds what was shared or restored lately, however old: pages, and databases with all rows", async () => {
    await using notion = await notionApp({ items: 12 });
    const { world } = notion.fake;
    const source = world.addDataSource({ kind: "workspace" });
    const rows = [1, 2, 3].map(() => world.addPage({ parent: { kind: "dataSource", id: source.id } }));
    const page = world.addPage({ pieces: 1 });
    const below = world.addPage({ parent: { kind: "page", id: page.id }, pieces: 1 });
    const [listedByQuery] = rows;
    if (listedByQuery !== undefined) listedByQuery.unlisted = true;
    source.unlisted = true;
    for (const one of [...rows, page, below]) one.hidden = true;
    notion.skip(HOUR);
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect((await notion.served()).has(keyOf(page))).toBe(false);
    notion.skip(24 * HOUR);
    source.unlisted = false;
    for (const one of [...rows, page, below]) one.hidden = false;
    const before = notion.fake.requests().length;
    await synced(notion, "incremental");
    // What is known already is not read again.
    expect(asked(notion, before, "/markdown")).toHaveLength(5);
    const quiet = notion.fake.requests().length;
    await synced(notion, "incremental");
    expect(asked(notion, quiet, "/markdown")).toEqual([]);
  });

  test("what search brings late comes with a later sync", async () => {
    await using notion = await notionApp({ items: 5 });
    await synced(notion);
    notion.skip(HOUR);
    const late = notion.fake.world.addPage({ pieces: 1 });
    late.searchableFrom = notion.fake.settings.now() + 5 * 60_000;
    expect(await notion.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect((await notion.served()).has(keyOf(late))).toBe(false);
    notion.skip(6 * 60_000);
    await synced(notion, "incremental");
  });
});

describe("removal", () => {
  test("the trash is seen by an incremental sync, with what lay in it, and so is its return", async () => {
    await using notion = await notionApp({ items: 12 });
    const { world } = notion.fake;
    const top = world.addPage({ pieces: 1 });
    const below = world.addPage({ parent: { kind: "page", id: top.id } });
    const source = world.addDataSource({ kind: "page", id: below.id });
    world.addPage({ parent: { kind: "dataSource", id: source.id } });
    await synced(notion);
    notion.skip(HOUR);
    top.trashed = true;
    world.touch(top.id);
    await synced(notion, "incremental");
    notion.skip(HOUR);
    top.trashed = false;
    world.touch(top.id);
    await synced(notion);
  });

  test("what a full sync that was broken off met in the trash is gone, whatever comes next", async () => {
    await using notion = await notionApp({ items: 12 });
    await synced(notion);
    const { world, faults } = notion.fake;
    notion.skip(24 * HOUR);
    world.delete();
    world.edit();
    notion.skip(HOUR);
    // After the step that asks for what was not listed.
    faults.onRequest(({ path }) => {
      if (path.includes("/markdown")) faults.breakShape();
    });
    expect(await notion.sync()).not.toMatchObject({ state: "succeeded" });
    faults.onRequest(() => undefined);
    faults.heal();
    await synced(notion, "incremental");
  });

  test("a page that is no longer shared leaves with the next full sync", async () => {
    await using notion = await notionApp({ items: 12 });
    await synced(notion);
    notion.fake.world.someLeaf().hidden = true;
    const leaf = [...notion.fake.world.state.pages.values()].find(({ hidden }) => hidden);
    if (leaf !== undefined) notion.fake.world.touchHolder(leaf);
    notion.skip(HOUR);
    await synced(notion);
  });

  test("a capability that is lost stops the sync and removes nothing", async () => {
    await using notion = await notionApp({ items: 12 });
    await synced(notion);
    const before = await notion.served();
    notion.skip(HOUR);
    for (const page of notion.fake.world.state.pages.values()) notion.fake.world.touch(page.id);
    notion.fake.settings.capabilities.content = false;
    expect(await notion.sync()).toMatchObject({ state: "failed" });
    expect(await notion.served()).toEqual(before);
    expect(await notion.app.credentials.list("Notion")).toMatchObject([{ status: "needs_reconnect" }]);
  });

  test("when nothing is shared any more, a person is asked before everything goes", async () => {
    await using notion = await notionApp({ items: 130 });
    expect(await notion.sync()).toMatchObject({ state: "succeeded" });
    for (const page of notion.fake.world.state.pages.values()) page.hidden = true;
    expect(await notion.sync()).toMatchObject({
      state: "failed",
      error: expect.stringContaining("confirm-deletions"),
    });
    expect((await notion.served()).size).toBeGreaterThan(130);
  });
});

describe("reading", () => {
  test("a large page is filled in where its pieces were left out", async () => {
    await using notion = await notionApp();
    const page = notion.fake.world.addPage({ pieces: 6 });
    page.cutAt = 2;
    notion.fake.world.addPage({ parent: { kind: "page", id: page.id } });
    await synced(notion);
  });

  test("two edits within one minute are both seen", async () => {
    await using notion = await notionApp({ items: 3 });
    const page = notion.fake.world.addPage({ pieces: 1 });
    await synced(notion);
    page.content.push({ enhanced: "Written in the same minute.", gfm: "Written in the same minute." });
    notion.skip(1_000);
    await synced(notion, "incremental");
  });

  test("what changes without an edit is found by a full sync a week later", async () => {
    await using notion = await notionApp({ items: 5 });
    notion.skip(HOUR);
    await synced(notion);
    const page = notion.fake.world.somePage();
    notion.fake.world.comment(page);
    let from = notion.fake.requests().length;
    await notion.sync();
    expect(asked(notion, from, "/markdown")).toEqual([]);
    notion.skip(7 * 24 * HOUR);
    from = notion.fake.requests().length;
    await synced(notion);
    expect(asked(notion, from, "/markdown")).toHaveLength(5);
  });

  test("a new title higher up is in the breadcrumbs below, without reading anything again", async () => {
    await using notion = await notionApp();
    const { world } = notion.fake;
    const top = world.addPage({ pieces: 1 });
    const source = world.addDataSource({ kind: "page", id: top.id });
    for (let row = 0; row < 5; row++) world.addPage({ parent: { kind: "dataSource", id: source.id } });
    notion.skip(HOUR);
    await synced(notion);
    notion.skip(HOUR);
    top.title = "A new *name*, after all";
    world.touch(top.id);
    const from = notion.fake.requests().length;
    expect(await notion.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(asked(notion, from, "/markdown")).toHaveLength(1);
    const texts = [...(await notion.served()).values()].map(({ markdown }) => markdown);
    expect(texts.filter((text) => text.includes("In: A new \\*name\\*, after all / "))).toHaveLength(5);
  });

  test("pages in blocks of pages in blocks are written once, when it is known where they stand", async () => {
    await using notion = await notionApp();
    const { world } = notion.fake;
    const inBlockOf = (page: FakePage) => ({
      kind: "block" as const,
      id: crypto.randomUUID(),
      page: page.id,
    });
    const tops = Array.from({ length: 4 }, () => world.addPage({ pieces: 1 }));
    for (const top of tops) {
      // Ids are by chance, so of enough chains some come before what they stand in.
      let above = world.addPage({ parent: inBlockOf(top), pieces: 1 });
      for (let depth = 0; depth < 4; depth++) above = world.addPage({ parent: inBlockOf(above), pieces: 0 });
      const source = world.addDataSource({ kind: "page", id: above.id });
      const row = world.addPage({ parent: { kind: "dataSource", id: source.id }, pieces: 0 });
      world.addPage({ parent: { kind: "page", id: row.id }, pieces: 0 });
    }
    await syncedOnce(notion);
  });

  test("a page in a block of one that is closed comes without a place", async () => {
    await using notion = await notionApp();
    const { world } = notion.fake;
    const closed = world.addPage({ pieces: 1 });
    closed.hidden = true;
    world.addPage({ parent: { kind: "block", id: crypto.randomUUID(), page: closed.id }, pieces: 1 });
    await syncedOnce(notion);
  });
});

describe("what a person chose", () => {
  test("only what is below the chosen pages, also in blocks of them", async () => {
    await using notion = await notionApp({ items: 8 });
    const { world } = notion.fake;
    const top = world.addPage({ pieces: 1 });
    const source = world.addDataSource({ kind: "page", id: top.id });
    const row = world.addPage({ parent: { kind: "dataSource", id: source.id } });
    const inBlock = world.addPage({
      parent: { kind: "block", id: "0b10c000-0000-4000-8000-0000000000cc", page: row.id },
    });
    await using chosen = await notionApp({
      fake: notion.fake,
      options: { roots: `https://www.notion.so/Top-${plain(top.id)}?pvs=4` },
    });
    expect(await chosen.sync()).toMatchObject({ state: "succeeded" });
    const wanted = [keyOf(top), keyOf(row), keyOf(inBlock), `notion:data-source:${plain(source.id)}`];
    expect([...(await chosen.served()).keys()].toSorted()).toEqual(wanted.toSorted());
  });

  test("only what was edited since a day; no comments", async () => {
    await using notion = await notionApp({ options: { since: "2026-01-01", comments: "no" } });
    const { world } = notion.fake;
    world.addPage({ at: Date.parse("2025-12-31T23:59:00Z") });
    const kept = world.addPage({ at: Date.parse("2026-01-01T00:00:00Z") });
    world.comment(kept);
    await notion.sync();
    expect([...(await notion.served()).keys()]).toEqual([keyOf(kept)]);
    expect(asked(notion, 0, "/comments")).toEqual([]);
  });
});
