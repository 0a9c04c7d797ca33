/** What is not there, or no longer to be seen: cases 41–48 and 75 of the list. */
import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { mdArtifacts, syncItem } from "@/core/db/schema";
import { fakeApp } from "@test/provider-syncs";

describe("what is missing", () => {
  for (const [name, status] of [
    ["case 41: a 404 for the whole collection", 404],
    ["case 75: a version that is no longer offered (410)", 410],
  ] as const) {
    test(`${name} fails the sync and deletes nothing`, async () => {
      await using fake = await fakeApp();
      fake.provider.world.fill(7);
      await fake.sync();
      fake.provider.fail("/items?", { status });
      const run = await fake.sync();
      expect(run).toMatchObject({ state: "failed", deleted: 0 });
      expect(run.error).toContain(String(status));
      await fake.check("truth");
    });
  }

  test("case 41: a 404 for every item that is listed is not believed either", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    for (let index = 0; index < 7; index++) fake.provider.world.put(`i00${index}`, `Edited ${index}.`);
    fake.provider.fail("/items/", { status: 404 });
    expect(await fake.sync("incremental")).toMatchObject({ state: "failed", deleted: 0 });
    expect(await fake.served()).toHaveLength(7);
    await fake.check();
  });

  test("case 42: a listing that is suddenly empty is held until a person confirms", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(120);
    fake.provider.pageSize = 60;
    await fake.sync();
    fake.provider.fail("limit=5", (answer) => ({ ...answer, body: { items: [], next: null } }));
    const run = await fake.sync();
    const cause = { kind: "mass-deletion" as const, missing: 120, of: 120 };
    expect(run).toMatchObject({ state: "failed", deleted: 0, cause });
    expect(run.error).toContain("--confirm-deletions");
    await fake.check("truth");
  });

  test("case 43: a failure on the last page of a full sync deletes nothing", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    await fake.sync();
    fake.provider.world.delete("i001");
    fake.provider.fail("cursor=i010", { status: 400, body: '{"error":"bad request"}' });
    expect(await fake.sync()).toMatchObject({ state: "failed", deleted: 0 });
    expect(await fake.served()).toHaveLength(12);
    fake.provider.rules.length = 0;
    expect(await fake.sync()).toMatchObject({ deleted: 1 });
    await fake.check("truth");
  });

  test("cases 44, 45: a deleted item goes with its chunks and vectors, and comes back under its id", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    fake.provider.world.delete("i002");
    expect(await fake.sync()).toMatchObject({ deleted: 1 });
    await fake.check("truth");
    expect(
      (await fake.app.search({ query: "harbour crane number 2" })).results.map(
        (hit) => hit.integrationArtifactId,
      ),
    ).not.toContain("fake/i002");
    fake.provider.world.restore("i002");
    expect(await fake.sync()).toMatchObject({ inserted: 1 });
    await fake.check("truth");
  });

  test("case 46: an item that comes while a sweep is running is not swept", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    fake.provider.world.delete("i000");
    fake.provider.onRequest = (line) => {
      if (line.includes("cursor=i005")) fake.provider.world.put("a-late", "Came behind the listing.");
    };
    await fake.sync();
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 47: a 403 on one item hides it, and is not asked for again with every sync", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    fake.provider.world.put("i003", "Now secret.");
    fake.provider.fail("/items/i003", { status: 403 });
    expect(await fake.sync()).toMatchObject({ state: "succeeded", failed: 0, deleted: 1 });
    const [row] = await fake.app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "fake/i003"));
    expect(row).toMatchObject({ deletedReason: "hidden" });
    fake.provider.asked.length = 0;
    await fake.sync();
    expect(fake.provider.count("/items/i003")).toBe(0);
    fake.provider.rules.length = 0;
    fake.provider.world.put("i003", "Opened again.");
    await fake.sync();
    await fake.check("truth");
  });

  test("case 48: a 403 on everything asks for a reconnect and keeps the data", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    const integration = fake.app.registry.find("Fake");
    await fake.app.credentials.save(integration, { integration: "Fake", account: "default" });
    await fake.sync();
    for (const on of ["/items?", "/items/"]) {
      fake.provider.rules.length = 0;
      fake.provider.fail(on, { status: 403 });
      for (let index = 0; index < 7; index++)
        fake.provider.world.put(`i00${index}`, `Edited for ${on} ${index}.`);
      expect(await fake.sync()).toMatchObject({ state: "failed", deleted: 0 });
      expect(await fake.app.credentials.list("Fake")).toMatchObject([{ status: "needs_reconnect" }]);
      expect(await fake.served()).toHaveLength(7);
    }
    expect(await fake.app.db.$count(syncItem, eq(syncItem.state, "hidden"))).toBe(0);
    expect((await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" })).length).toBeGreaterThan(0);
    await fake.check();
  });
});
