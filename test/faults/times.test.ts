/** Sources whose times are coarse, skewed, in the future or not there: cases 33–37 and 87 of the list. */
import { describe, expect, test } from "bun:test";
import { listTasks } from "@/core/db/queries/tasks";
import { syncCheckpoint } from "@/core/db/schema";
import { changeItems } from "@test/provider-server";
import { fakeApp } from "@test/provider-syncs";

describe("the source's time", () => {
  test("case 33: many items of one time at the boundary of pages and syncs are all met", async () => {
    await using fake = await fakeApp({ overlapMs: 0 });
    const at = Date.now() - 5_000;
    for (let index = 0; index < 12; index++) fake.provider.world.put(`a${index}`, `Tie ${index}.`, at);
    await fake.sync("incremental");
    for (let index = 0; index < 12; index++) fake.provider.world.put(`b${index}`, `Late tie ${index}.`, at);
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 34: a source that filters by day is asked again for the whole day", async () => {
    const day = 86_400_000;
    await using fake = await fakeApp({ overlapMs: day });
    const midnight = Math.floor(Date.now() / day) * day - day;
    fake.provider.world.put("a", "Written in the morning.", midnight);
    fake.provider.world.put("b", "Written as well.", midnight);
    await fake.sync();
    fake.provider.world.put("a", "Edited the same day.", midnight);
    const first = await fake.sync("incremental");
    expect(first.state).toBe("succeeded");
    fake.provider.world.put("c", "Came the same day.", midnight);
    await fake.sync("incremental");
    expect(await fake.served()).toEqual(["a", "b", "c"]);
  });

  for (const minutes of [10, -10]) {
    test(`case 35: a clock ${minutes} minutes off loses nothing`, async () => {
      await using fake = await fakeApp();
      fake.provider.world.skewMs = minutes * 60_000;
      fake.provider.world.fill(7);
      await fake.sync();
      fake.provider.world.put("i003", "Edited by the provider's clock.");
      await fake.sync("incremental");
      fake.provider.world.delete("i004");
      await fake.sync("incremental");
      await fake.check("truth");
    });
  }

  test("case 36: an item from the future does not push the cursor past what comes next", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.world.put("future", "From the future.", Date.now() + 10 * 365 * 86_400_000);
    await fake.sync();
    fake.provider.world.put("i001", "Edited today.", Date.now());
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 37: an item whose time is missing or cannot be read is stored all the same", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(3);
    fake.provider.world.put("strange", "Has no readable time.", Number.NaN);
    fake.provider.fail(
      "limit=5",
      changeItems((list) =>
        list.map(({ updatedAt, ...rest }, index) => (index === 0 ? rest : { ...rest, updatedAt })),
      ),
      1,
    );
    expect(await fake.sync()).toMatchObject({ state: "succeeded", inserted: 4 });
    fake.provider.world.put("i002", "Edited afterwards.");
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 87: after a longer silence than the source keeps changes for, a full sync says why and closes the gap", async () => {
    await using fake = await fakeApp({ keepsChangesForDays: 14 });
    const { app, provider } = fake;
    provider.world.fill(8);
    await fake.sync();
    provider.world.put("i003", "Edited while nobody looked.");
    provider.world.items.delete("i004");
    const silence = (days: number) =>
      app.db
        .update(syncCheckpoint)
        .set({ updatedAt: new Date(Date.now() - days * 86_400_000).toISOString() });
    await silence(13);
    expect((await fake.sync("incremental")).mode).toBe("incremental");
    await silence(21);
    const run = await fake.sync("incremental");
    expect(run).toMatchObject({ mode: "full", state: "succeeded", deleted: 1 });
    const told = (await listTasks(app.db, "Fake", 0, { runId: run.id })).find(
      (task) => task.step === "full-pass",
    );
    expect(told?.error).toStartWith("Nothing was read for 21 days, and the source keeps its changes for 14.");
    await fake.check("truth");
    expect((await fake.sync("incremental")).mode).toBe("incremental");
  });
});
