/** What items may hold, and how they change: cases 64–78 of the list. */
import { describe, expect, test } from "bun:test";
import { chunk, mdArtifacts, syncItem } from "@/core/db/schema";
import { eq } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { contentFingerprint } from "@test/invariants";
import { changeItems } from "@test/provider-server";
import { fakeApp } from "@test/provider-syncs";

describe("an item", () => {
  test("case 64: that is too large is a failed row with its size; the others come, and memory stays bounded", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(6);
    fake.provider.world.put("huge", "word ".repeat(8_000_000));
    expect((await fake.sync()).state).not.toBe("running");
    await fake.check();
    const failed = await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" });
    expect(failed.map((row) => row.error).join(" ")).toContain("large");
    expect(await fake.served()).toHaveLength(6);
  });

  test("case 65: nested ten thousand deep, in its text or around it, is stored and found; the others come", async () => {
    await using fake = await fakeApp();
    const { provider } = fake;
    const deep = 10_000;
    provider.world.put("quote", `${">".repeat(deep)} A walrus said so.`);
    const list = Array.from({ length: 150 }, (_, depth) => `${"  ".repeat(depth)}- level ${depth}`).join(
      "\n",
    );
    provider.world.put("list", `${"- ".repeat(deep)}A narwhal lies below.\n\n${list}`);
    provider.world.put("marks", `${"**_[".repeat(deep)}quokka${"](x)_**".repeat(deep)}`);
    provider.world.put("table", `${"<table><tr><td>".repeat(deep)}An axolotl sits inside.`);
    provider.world.put("plain", "Nothing special about this ibex.");
    // As the provider's own JSON may be.
    provider.fail("/items/plain", (answer) => ({
      ...answer,
      body: `{"id":"plain","text":"Nothing special about this ibex.","more":${"[".repeat(deep)}${"]".repeat(deep)}}`,
    }));
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 5, failed: 0 });
    for (const [animal, id] of Object.entries({
      walrus: "quote",
      narwhal: "list",
      axolotl: "table",
      ibex: "plain",
    })) {
      const found = (await fake.app.search({ query: animal })).results[0]?.integrationArtifactId;
      expect([animal, found]).toEqual([animal, `fake/${id}`]);
    }
    await fake.check();
  });

  test("case 66: without text is an item without an artifact, and is not read again", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(2);
    fake.provider.world.put("blank", " \n\t ");
    fake.provider.world.put("nothing", "");
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 2, skipped: 2, failed: 0 });
    fake.provider.asked.length = 0;
    await fake.sync();
    expect(fake.provider.count("/items/")).toBe(0);
    expect(await fake.served()).toEqual(["i000", "i001"]);
    await fake.check();
  });

  test("case 67: with broken, mixed and wide characters is stored and found", async () => {
    await using fake = await fakeApp();
    fake.provider.world.put("lone", `A zebrafish with \ud800 a lone surrogate.`);
    fake.provider.world.put("nul", `A quokka with \u0000 a NUL.`);
    fake.provider.world.put("emoji", "A walrus 👩‍👩‍👧‍👦 and שלום and 港口起重机.");
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3, failed: 0 });
    for (const [query, id] of [
      ["zebrafish", "lone"],
      ["quokka", "nul"],
      ["walrus", "emoji"],
      ["港口起重机", "emoji"],
    ] as const) {
      const [hit] = (await fake.app.search({ query })).results;
      expect(hit?.integrationArtifactId).toBe(`fake/${id}`);
    }
    await fake.check();
  });

  test("case 68: with a strange id is an artifact of its own", async () => {
    await using fake = await fakeApp();
    const ids = [
      "a/b",
      "a%2Fb",
      `q"uo'te`,
      "x".repeat(1_000),
      "Case",
      "case",
      "ünï",
      "a b",
      "'; DROP TABLE chunk;--",
    ];
    for (const [index, id] of ids.entries()) fake.provider.world.put(id, `Strange item ${index}.`);
    await fake.sync();
    const rows = await fake.app.db.select({ id: mdArtifacts.integrationArtifactId }).from(mdArtifacts);
    expect(new Set(rows.map((row) => row.id))).toEqual(new Set(ids.map((id) => `fake/${id}`)));
    await fake.check();
  });

  test("case 70: that shrinks leaves no chunk of its old tail", async () => {
    await using fake = await fakeApp();
    fake.provider.world.put(
      "long",
      `${"The harbour crane was painted. ".repeat(2_000)} At the very end a walrus.`,
    );
    await fake.sync();
    expect(await fake.app.db.$count(chunk)).toBeGreaterThan(5);
    fake.provider.world.put("long", "Only this is left.");
    await fake.sync();
    expect(await fake.app.db.$count(chunk)).toBe(1);
    await fake.check("truth");
  });

  test("case 72: of which only volatile fields change is read, and nothing is written", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    const before = await contentFingerprint(fake.app.db);
    for (const { id, text } of fake.provider.world.visible()) fake.provider.world.put(id, text);
    expect(await fake.sync()).toMatchObject({ updated: 0, unchanged: 7 });
    expect(await contentFingerprint(fake.app.db)).toBe(before);
  });

  test("case 73: with fields nobody knew is taken all the same", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.fail(
      "limit=5",
      changeItems((list) => list.map((item) => ({ ...item, mood: { new: [1] } }))),
    );
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    await fake.check("truth");
  });

  test("cases 74, 77: whose field changed its type is a failed row; the others are stored, and only it is retried", async () => {
    await using fake = await fakeApp({ stream: { enumerates: ["full", "incremental"] } });
    fake.provider.world.fill(7);
    const broken = (answer: { status: number; headers: Record<string, string>; body: unknown }) => ({
      ...answer,
      body: { id: "i003", text: { rich: null } },
    });
    fake.provider.fail("/items/i003", broken);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 6, failed: 1 });
    const rows = await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" });
    expect(rows).toMatchObject([
      { inputs: { item: "i003" }, error: "Item i003 has no text that can be read." },
    ]);
    fake.provider.rules.length = 0;
    fake.provider.asked.length = 0;
    for (const { runId } of await fake.app.runner.retryFailed({})) await fake.app.runner.wait(runId);
    expect(
      fake.provider.asked.filter(({ line }) => line.includes("/items/")).map(({ line }) => line),
    ).toEqual(["GET /items/i003"]);
    await fake.check("truth");
  });
});

describe("many items", () => {
  test("case 71: that did not change are not written, fetched or embedded again", async () => {
    await using fake = await fakeApp();
    fake.provider.pageSize = 100;
    fake.provider.world.fill(500);
    await fake.sync();
    const before = await contentFingerprint(fake.app.db);
    fake.provider.asked.length = 0;
    expect(await fake.sync()).toMatchObject({ unchanged: 500, inserted: 0, updated: 0 });
    expect(fake.provider.count("/items/")).toBe(0);
    expect(await contentFingerprint(fake.app.db)).toBe(before);
  });

  test("case 76: of which more than a tenth fail stop the sync, and none of them is passed over", async () => {
    await using fake = await fakeApp();
    fake.provider.pageSize = 50;
    fake.provider.world.fill(150);
    fake.provider.fail("/items/i00", (answer) => ({ ...answer, body: { id: "x" } }));
    fake.provider.fail("/items/i05", (answer) => ({ ...answer, body: { id: "x" } }));
    const run = await fake.sync();
    expect(run).toMatchObject({ state: "failed", failed: 20 });
    expect(run.error).toContain("20 of the first 100 items failed");
    expect(await fake.app.db.$count(syncItem, eq(syncItem.state, "failed"))).toBe(20);
    fake.provider.rules.length = 0;
    await fake.app.db.update(syncItem).set({ nextAttemptAt: null });
    expect(await fake.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    await fake.check("truth");
  });
});
