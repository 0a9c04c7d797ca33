/** Runs that meet, overlap, are purged, restored and left behind: cases 56–58, 86 and 88–90 of the list. */
import { describe, expect, test } from "bun:test";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mdArtifacts, syncRun } from "@/core/db/schema";
import { listTasks } from "@/core/db/queries/tasks";
import { createHttpClient } from "@/core/services/http/client";
import type { Page } from "@/core/services/sync/stream";
import { temporaryFolder } from "@test/database";
import { structureViolations, truthViolations } from "@test/invariants";
import { testApp } from "@test/app";
import { keepingLogger } from "@test/provider";
import { inspect, syncHere, syncInChild } from "@test/provider-child";
import { type FakeItem, itemStream } from "@test/provider-integration";
import { FakeProvider } from "@test/provider-server";
import { createShelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";
import { fakeApp } from "@test/provider-syncs";

describe("two at once", () => {
  test("case 56: starts from everywhere are one run", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(12);
    const triggers = ["manual", "schedule", "mcp", "cli", "watch"] as const;
    const started = await Promise.all(
      triggers.map((trigger) => fake.app.runner.start({ integration: "Fake", mode: "full", trigger })),
    );
    expect(new Set(started.flat().map(({ runId }) => runId)).size).toBe(1);
    await fake.app.runner.wait(started[0]?.[0]?.runId ?? "");
    expect(await fake.app.db.$count(syncRun)).toBe(1);
    await fake.check("truth");
  });

  test("case 57: processes on one data folder share its leases; nothing is doubled or broken", async () => {
    await using provider = await FakeProvider.start();
    using home = temporaryFolder();
    provider.world.fill(17);
    const sync = { home: home.path, url: provider.url };
    await syncHere(sync);
    for (let index = 0; index < 9; index++) provider.world.put(`i00${index}`, `Edited ${index}.`);
    const ends = await Promise.all([syncInChild(sync), syncInChild(sync), syncHere(sync)]);
    expect(ends).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await inspect(home.path, structureViolations)).toEqual([]);
    expect(await inspect(home.path, (db) => truthViolations(db, provider.world.truth()))).toEqual([]);
  });

  test("a process that slept while its sync was taken over writes nothing of it any more", async () => {
    using home = temporaryFolder();
    const sleeper = createShelf();
    const [asleep, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    fillShelf(sleeper, 6);
    sleeper.put("n004", "What the one that slept had read.");
    sleeper.beforeRender = (key) => {
      if (key !== "n004") return undefined;
      held.resolve();
      return asleep.promise;
    };
    await using first = await testApp({ integrations: [sleeper.integration], home: home.path });
    const [started] = await first.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    await held.promise;

    const other = createShelf();
    fillShelf(other, 5);
    await using second = await testApp({ integrations: [other.integration], home: home.path });
    const ended = await syncShelf(second, "full");
    expect(ended).toMatchObject({ id: started?.runId, state: "succeeded" });
    const written = await second.db.select().from(mdArtifacts);
    expect(written).toHaveLength(5);

    asleep.resolve();
    await first.close();
    expect(first.logged.map(({ message }) => message)).toContain(
      "Another process goes on with this sync; nothing is written of it here.",
    );
    expect(await second.db.select().from(mdArtifacts)).toEqual(written);
    expect(await second.runner.wait(ended.id)).toEqual(ended);
  });

  test("case 89: a backfill beside an incremental sync never brings back an older version", async () => {
    const shared: { url?: string } = {};
    await using fake = await fakeApp({
      others: (client) => [
        {
          ...itemStream(shared.url ?? "", client, {}),
          name: "archive",
          lane: "own",
          enumerates: [],
          async *pages() {
            yield { items: [{ id: "i001", updatedAt: "2001-01-01T00:00:00.000Z" }], cursor: 1 };
          },
          render: () => ({
            integrationArtifactId: "fake/i001",
            kind: "document",
            title: "Item i001",
            markdown: "An old version from the archive.",
          }),
        },
      ],
    });
    shared.url = fake.provider.url;
    fake.provider.world.fill(3);
    expect((await fake.sync("incremental")).state).toBe("succeeded");
    await fake.check("truth");
  });

  test("case 90: a channel that hangs does not keep the others; its row names it", async () => {
    const shared: { url?: string } = {};
    await using fake = await fakeApp({
      stream: {
        name: "hangs",
        pages: ({ context }) => hangingPages(shared.url ?? "", context.signal),
      },
      others: (client) => [itemStream(shared.url ?? "", client, {})],
    });
    shared.url = fake.provider.url;
    fake.provider.world.fill(7);
    fake.provider.fail("/channel/hangs", "silence");
    expect(await fake.sync()).toMatchObject({ state: "failed", inserted: 7 });
    const rows = await listTasks(fake.app.db, "Fake", 0, { status: "FAILED" });
    expect(rows.filter((row) => row.step === "sync-data").map((row) => row.inputs["stream"])).toEqual([
      "hangs",
    ]);
    await fake.check("truth");
  });
});

/** Pages of a channel that the provider never answers for; the HTTP client gives up after its time limit. */
async function* hangingPages(url: string, signal: AbortSignal): AsyncGenerator<Page<FakeItem>> {
  const client = createHttpClient({
    credentialKey: "hangs",
    log: keepingLogger(),
    allowedPrivateHosts: [new URL(url).host],
    timeouts: { headersMs: 300 },
    policy: { attempts: 1 },
  });
  await client.request({ url: `${url}/channel/hangs`, expect: "json", signal });
  yield { items: [], cursor: null };
}

describe("what changes under a sync", () => {
  test("case 58: a purge in the middle leaves nothing, and nothing reappears", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(17);
    const reached = Promise.withResolvers<void>();
    fake.provider.onRequest = (line) => {
      if (line.includes("cursor=")) reached.resolve();
    };
    await fake.app.runner.start({ integration: "Fake", mode: "full", trigger: "manual" });
    await reached.promise;
    await fake.app.runner.purge("Fake");
    await Bun.sleep(200);
    expect(await fake.served()).toEqual([]);
    expect(await fake.app.db.$count(syncRun)).toBe(0);
    await fake.check();
  });

  test("case 86: a change that nobody announced is found by the next listing", async () => {
    await using fake = await fakeApp();
    fake.provider.world.fill(7);
    await fake.sync();
    fake.provider.world.put("i002", "Changed while nobody listened.");
    fake.provider.world.delete("i003");
    await fake.sync("incremental");
    await fake.check("truth");
  });

  test("case 88: a restored backup of yesterday goes on from yesterday's cursor and converges", async () => {
    await using provider = await FakeProvider.start();
    using home = temporaryFolder();
    using kept = temporaryFolder();
    provider.world.fill(12);
    const sync = { home: home.path, url: provider.url };
    await syncHere(sync);
    cpSync(home.path, join(kept.path, "backup"), { recursive: true });
    for (let index = 0; index < 6; index++)
      provider.world.put(`i00${index}`, `Edited after the backup ${index}.`);
    provider.world.delete("i007");
    await syncHere({ ...sync, mode: "incremental" });
    rmSync(home.path, { recursive: true, force: true });
    cpSync(join(kept.path, "backup"), home.path, { recursive: true });
    expect(await syncHere({ ...sync, mode: "incremental" })).toBe("succeeded");
    expect(await inspect(home.path, structureViolations)).toEqual([]);
    expect(await inspect(home.path, (db) => truthViolations(db, provider.world.truth()))).toEqual([]);
  });
});
