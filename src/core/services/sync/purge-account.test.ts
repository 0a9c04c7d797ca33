import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts, syncItem, syncRun } from "@/core/db/schema";
import type { IntegrationContext } from "@/core/models/integration";
import { sleep } from "@/lib/retry";
import { testApp } from "@test/app";
import { createShelf, type Shelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";

/** Keeps the purge of an account from going on until `letGo` is called. */
function holdPurge(shelf: Shelf, account = "default") {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const again = Promise.withResolvers<void>();
  const { deleteSync } = shelf.integration;
  let purges = 0;
  shelf.integration.deleteSync = async (db, context: IntegrationContext) => {
    if (context.account === account) {
      if (++purges > 1) again.resolve();
      reached.resolve();
      await gate.promise;
    }
    await deleteSync(db, context);
  };
  return { reached: reached.promise, again: again.promise, letGo: gate.resolve, count: () => purges };
}

describe("a purge that takes long", () => {
  test("is not begun once more by whoever looks for what dead processes left", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    const held = holdPurge(shelf);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    const purging = app.runner.purge("Shelf");
    await held.reached;
    const looking = app.runner.recover();
    await Promise.race([looking, held.again]);
    const begun = held.count();
    held.letGo();
    await Promise.all([purging, looking]);
    expect(begun).toBe(1);
    expect(await app.db.$count(syncRun)).toBe(0);
  });

  test("keeps saying that it lives, and is neither cancelled nor paused", async () => {
    const shelf = createShelf();
    const held = holdPurge(shelf);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    const purging = app.runner.purge("Shelf");
    await held.reached;
    const longAgo = "2026-01-01T00:00:00.000Z";
    await app.db.update(syncRun).set({ heartbeatAt: longAgo });
    const underWay = async () => {
      const rows = await app.db.select().from(syncRun).where(eq(syncRun.state, "running"));
      return rows[0];
    };
    while ((await underWay())?.heartbeatAt === longAgo) await sleep(10);
    const run = await underWay();
    expect(run).toMatchObject({ stage: "purging", cancelRequestedAt: null });
    expect(await app.runner.cancel(run?.id ?? "")).toBe(false);
    expect(await app.runner.pause(run?.id ?? "")).toBe(false);
    expect(await underWay()).toMatchObject({ stage: "purging", cancelRequestedAt: null });
    held.letGo();
    await purging;
    expect(await app.db.$count(syncRun)).toBe(0);
  });

  test("of several accounts takes nothing of what one of them has read again meanwhile", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    const held = holdPurge(shelf, "b");
    await using app = await testApp({ integrations: [shelf.integration] });
    for (const account of ["a", "b"])
      await app.credentials.save(shelf.integration, { integration: "Shelf", account });
    const sync = async (account: string) => {
      const request = { integration: "Shelf", account, mode: "full", trigger: "manual" } as const;
      const [started] = await app.runner.start(request);
      return app.runner.wait(started?.runId ?? "");
    };
    await Promise.all(["a", "b"].map(sync));
    const purging = app.runner.purge("Shelf");
    await held.reached;
    const again = await sync("a");
    held.letGo();
    await purging;
    expect(again).toMatchObject({ state: "succeeded", inserted: 3 });
    const left = await app.db.select({ account: mdArtifacts.account }).from(mdArtifacts);
    expect(left.map(({ account }) => account)).toEqual(["a", "a", "a"]);
    expect(await app.db.$count(syncItem)).toBe(3);
    expect(await app.db.select({ id: syncRun.id }).from(syncRun)).toEqual([{ id: again.id }]);
  });

  test("is left where it stands when the program stops, and finished by the next one", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    const held = holdPurge(shelf);
    await using keeper = await testApp({});
    const first = await testApp({ integrations: [shelf.integration], home: keeper.folder });
    await syncShelf(first, "full");
    const purging = first.runner.purge("Shelf").catch((error: unknown) => error);
    await held.reached;
    const closing = first.close();
    held.letGo();
    expect(await purging).toMatchObject({ message: "The program is stopping." });
    await closing;
    await using second = await testApp({ integrations: [shelf.integration], home: keeper.folder });
    expect(await second.db.$count(mdArtifacts)).toBe(3);
    await second.runner.recover();
    expect(await second.db.$count(mdArtifacts)).toBe(0);
    expect(await second.db.$count(syncRun)).toBe(0);
  });
});
