/** Answers that are wrong, late, too large or of a kind that nobody knows yet. */
import { describe, expect, test } from "bun:test";
import { syncTask } from "@/core/db/schema";
import { notionApp } from "../../../test/fakes/notion/app";
import { plain } from "../../../test/fakes/notion/state";

const HOUR = 3_600_000;

describe("a workspace in trouble", () => {
  test("a secret that is withdrawn in the middle of a sync: nothing stored is lost, and the account asks for a new one", async () => {
    await using notion = await notionApp({ items: 30 });
    await notion.sync();
    const before = await notion.served();
    notion.skip(HOUR);
    for (let count = 0; count < 10; count++) notion.fake.world.edit();
    let asked = 0;
    notion.fake.faults.onRequest(() => {
      if (++asked === 12) notion.fake.faults.refuseCredential();
    });
    expect(await notion.sync()).toMatchObject({
      state: "failed",
      error: expect.stringContaining("Reconnect"),
    });
    expect([...(await notion.served()).keys()].toSorted()).toEqual([...before.keys()].toSorted());
    expect(await notion.app.credentials.list("Notion")).toMatchObject([{ status: "needs_reconnect" }]);
    notion.fake.faults.heal();
    notion.fake.faults.onRequest(() => undefined);
    expect(await notion.sync()).toMatchObject({ state: "succeeded" });
    expect(await notion.differences()).toEqual([]);
  });

  test("a limit that asks for many minutes parks the sync until then", async () => {
    await using notion = await notionApp({ items: 5 });
    const before = notion.fake.settings.now();
    notion.fake.faults.rateLimitFor(1_800);
    const run = await notion.sync();
    expect(run.state).toBe("parked");
    expect(Date.parse(run.parkedUntil ?? "") - before).toBeGreaterThanOrEqual(1_790_000);
  });

  test("overload, conflicts, faults and answers that break off are sat out", async () => {
    await using notion = await notionApp({ items: 12 });
    const { faults } = notion.fake;
    faults.overload(2);
    faults.conflict(2);
    faults.serverError(2);
    faults.breakOff(2);
    faults.slow(1);
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
  });

  test("trouble that outlasts a request begins the listing again, and databases wait for it", async () => {
    await using notion = await notionApp({ items: 12 });
    notion.fake.faults.serverError(8);
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
  });

  test("without the capabilities for comments and people, pages come without them", async () => {
    await using notion = await notionApp({ items: 60 });
    notion.fake.settings.capabilities.comments = false;
    notion.fake.settings.capabilities.users = false;
    notion.fake.world.comment(notion.fake.world.somePage());
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(
      [...(await notion.served()).values()].some(({ markdown }) => markdown.includes("## Comments")),
    ).toBe(false);
    // Once that is plain, no page is asked for its comments in vain.
    const asked = notion.fake.requests().filter(({ path }) => path.includes("/comments"));
    expect(asked.length).toBeLessThan(15);
  });

  test("cursors that are forgotten are asked for anew", async () => {
    await using notion = await notionApp({ items: 130 });
    let listings = 0;
    notion.fake.faults.onRequest(({ path }) => {
      if (path === "/v1/search" && ++listings === 3) notion.fake.faults.expireCursors();
    });
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
  });
});

describe("a page in trouble", () => {
  test("one of fifty megabytes is named and left out; what was read of it stays", async () => {
    await using notion = await notionApp({ items: 4 });
    const page = notion.fake.world.addPage({ title: "The whole archive", pieces: 1 });
    await notion.sync();
    const before = await notion.served();
    notion.skip(HOUR);
    page.content.push({ enhanced: "x".repeat(50_000_000), gfm: "" });
    notion.fake.world.touch(page.id);
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 1 });
    const tasks = await notion.app.db.select().from(syncTask);
    expect(tasks.map(({ error }) => error ?? "").join("\n")).toContain(
      'The page "The whole archive" is too large',
    );
    expect((await notion.served()).get(`notion:page:${plain(page.id)}`)).toEqual(
      before.get(`notion:page:${plain(page.id)}`) ?? { title: "", markdown: "" },
    );
  });

  test("properties, blocks and fields of tomorrow cost nothing of what is known", async () => {
    await using notion = await notionApp();
    const { world } = notion.fake;
    const source = world.addDataSource({ kind: "workspace" });
    const row = world.addPage({ parent: { kind: "dataSource", id: source.id }, pieces: 1 });
    const tomorrow: unknown = { id: "new1", type: "mood", mood: "calm" };
    // The types of today do not know it; that is what is tried here.
    row.properties.set("Mood", { value: tomorrow as never, reads: "calm" });
    world.createUnknown();
    expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
  });
});
