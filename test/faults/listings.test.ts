/** Cursors that expire and circle, listings that shift and repeat: cases 27–32 and 38–40 of the list. */
import { describe, expect, test } from "bun:test";
import { changeItems } from "@test/provider-server";
import { type FakeApp, fakeApp } from "@test/provider-syncs";

const expired = { status: 400, body: '{"error":"cursor has expired"}' };

describe("a cursor", () => {
  test("case 27: that expires starts its window again, without a gap and not for ever", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(17);
    fake.provider.fail("cursor=i009", expired, 1);
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 17, deleted: 0 });
    await fake.check("truth");
    fake.provider.fail("cursor=i009", expired);
    fake.provider.asked.length = 0;
    expect((await fake.sync()).error).toContain("forgot 4 times");
    expect(fake.provider.count("cursor=i009")).toBe(4);
    await fake.check("truth");
  });

  test("case 28: that leads to itself ends the sync as stuck, and nothing is deleted", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    await fake.sync();
    fake.provider.fail("cursor=i004", (answer) => {
      const body = answer.body as { items: unknown[] };
      return { ...answer, body: { ...body, next: "i004" } };
    });
    const run = await fake.sync();
    expect(run).toMatchObject({ state: "failed", deleted: 0 });
    expect(run.error).toContain("Pagination is stuck");
    await fake.check("truth");
  });

  test("case 29: behind which a page is empty but not the last is followed", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    fake.provider.fail(
      "limit=5",
      changeItems(() => []),
      1,
    );
    await fake.sync("incremental");
    expect(await fake.sync()).toMatchObject({ state: "succeeded" });
    await fake.check("truth");
  });
});

describe("a listing that shifts while it is read", () => {
  for (const [name, shift] of [
    [
      "case 30: by inserts before the place",
      (fake: FakeApp) => fake.provider.world.put("a-first", "Came before all."),
    ],
    ["case 31: by deletions before the place", (fake: FakeApp) => fake.provider.world.delete("i000")],
  ] as const) {
    test(`${name} is whole again after the next pass`, async () => {
      await using fake = await fakeApp({ paging: "offset" });
      fake.provider.world.fill(17);
      await fake.sync();
      fake.provider.onRequest = (line) => {
        if (line.includes("offset=5")) shift(fake);
      };
      await fake.sync();
      fake.provider.onRequest = () => undefined;
      await fake.sync();
      await fake.check("truth");
    });
  }

  test("case 32: an item on two pages, or twice on one, is one artifact in its newest version", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    fake.provider.fail(
      "limit=5",
      changeItems((list) => [...list, ...list, ...list.slice(0, 1)]),
    );
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 7 });
    await fake.check("truth");
  });

  test("case 38: an item that is edited after it was read comes with the next incremental sync", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(17);
    fake.provider.onRequest = (line) => {
      if (!line.includes("cursor=i009")) return;
      fake.provider.world.put("i001", "Edited behind the listing's back.");
      fake.provider.world.put("i016", "Edited last, and met by the listing.");
      fake.provider.onRequest = () => undefined;
    };
    await fake.sync();
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 39: an item that is edited between list and fetch is stored as fetched, and settles", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.onRequest = (line) => {
      if (!line.includes("/items/i001")) return;
      fake.provider.onRequest = () => undefined;
      fake.provider.world.put("i001", "Edited in between.");
    };
    await fake.sync();
    await fake.check("truth");
    expect(await fake.sync("incremental")).toMatchObject({ updated: 0 });
    await fake.check("truth");
  });

  test("case 40: an item that is deleted between list and fetch is gone, not failed", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    fake.provider.onRequest = (line) => {
      if (line.includes("/items/i001")) fake.provider.world.delete("i001");
    };
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 6, failed: 0, skipped: 1 });
    await fake.check("truth");
  });
});
