import { describe, expect, test } from "bun:test";
import { listRuns } from "@/core/db/queries/runs";
import { listTasks } from "@/core/db/queries/tasks";
import { chunk, contentEmbedding, mdArtifacts, syncItem, syncRun, syncSeen } from "@/core/db/schema";
import { AuthError, RateLimitedError, TransientError } from "@/core/models/errors";
import { disconnectAccounts } from "@/core/services/disconnect";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, liveArtifacts, syncShelf } from "@test/shelf-syncs";

describe("a run", () => {
  test("asked for twice at once is one run", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    const gate = Promise.withResolvers<void>();
    shelf.beforePage = () => gate.promise;
    await using app = await testApp({ integrations: [shelf.integration] });
    const request = { integration: "Shelf", mode: "full", trigger: "manual" } as const;
    const [[first], [second]] = await Promise.all([app.runner.start(request), app.runner.start(request)]);
    expect(second?.runId).toBe(first?.runId);
    expect(new Set([first?.alreadyRunning, second?.alreadyRunning])).toEqual(new Set([false, true]));
    gate.resolve();
    expect(await app.runner.wait(first?.runId ?? "")).toMatchObject({ state: "succeeded" });
    expect(await app.db.$count(syncRun)).toBe(1);
  });

  test("stops at the next page when cancelled, and keeps what it has", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 9);
    await using app = await testApp({ integrations: [shelf.integration] });
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    shelf.beforePage = async (index) => {
      if (index !== 2) return;
      reached.resolve();
      await gate.promise;
    };
    const [started] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    await reached.promise;
    expect(await app.runner.cancel(started?.runId ?? "")).toBe(true);
    gate.resolve();
    expect(await app.runner.wait(started?.runId ?? "")).toMatchObject({ state: "cancelled", inserted: 6 });
    expect(await liveArtifacts(app)).toHaveLength(6);
    expect(await app.runner.cancel(started?.runId ?? "")).toBe(false);
  });

  test("retries passing trouble from its last page and ends well", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 7);
    let faults = 0;
    shelf.beforePage = (index) => {
      if (index === 1 && faults++ === 0) throw new TransientError("The connection was reset.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app)).toMatchObject({ state: "succeeded", inserted: 7, seen: 7 });
    expect(shelf.listed.slice(0, 2)).toEqual([null, "n002"]);
  });

  test("is parked when the source asks to wait, and goes on when its time has come", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 7);
    shelf.beforePage = (index) => {
      if (index === 1) throw new RateLimitedError("Asked to wait.", new Date(Date.now() - 1));
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    const parked = await syncShelf(app);
    expect(parked).toMatchObject({ state: "parked", inserted: 3, error: "Asked to wait." });
    shelf.beforePage = () => undefined;
    await app.runner.recover();
    const [run] = await listRuns(app.db);
    expect(run?.id).toBe(parked.id);
    const done = await app.runner.wait(parked.id);
    expect(done).toMatchObject({ state: "succeeded", inserted: 7, resumes: 1, error: null });
  });

  test("fails in plain words on an error nobody foresaw, and nothing is thrown out of it", async () => {
    const shelf = createShelf();
    shelf.beforePage = () => {
      throw new TypeError("undefined is not a shelf");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app)).toMatchObject({ state: "failed", error: "undefined is not a shelf" });
    expect(app.logged.some((line) => line["message"] === "Unexpected error in a sync.")).toBe(true);
  });

  test("with a refused credential says so", async () => {
    const shelf = createShelf();
    shelf.beforePage = () => {
      throw new AuthError("The key was refused.", { action: "Connect again." });
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app)).toMatchObject({
      state: "failed",
      error: "The key was refused. Connect again.",
    });
  });

  test("interrupted by a stop goes on in the next process, after its last page", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 9);
    const reached = Promise.withResolvers<void>();
    shelf.beforePage = async (index) => {
      if (index !== 2) return;
      reached.resolve();
      await Bun.sleep(50);
    };
    await using keeper = await testApp({});
    const first = await testApp({ integrations: [shelf.integration], home: keeper.folder });
    const [started] = await first.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    await reached.promise;
    await first.close();
    shelf.beforePage = () => undefined;
    shelf.listed.length = 0;
    await using second = await testApp({ integrations: [shelf.integration], home: keeper.folder });
    await second.runner.recover();
    const run = await second.runner.wait(started?.runId ?? "");
    expect(run).toMatchObject({ state: "succeeded", resumes: 1, seen: 9, inserted: 9 });
    expect(shelf.listed[0]).not.toBeNull();
    expect(await liveArtifacts(second)).toHaveLength(9);
  });
});

describe("a purge", () => {
  test("cancels the sync under way, leaves nothing behind, and nothing reappears", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 9);
    await using app = await testApp({ integrations: [shelf.integration] });
    const reached = Promise.withResolvers<void>();
    shelf.beforePage = async (index) => {
      if (index === 1) reached.resolve();
      if (index > 0) await Bun.sleep(20);
    };
    await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    await reached.promise;
    await app.runner.purge("SHELF");
    await Bun.sleep(100);
    for (const rows of [mdArtifacts, chunk, contentEmbedding, syncItem, syncRun, syncSeen]) {
      expect(await app.db.$count(rows)).toBe(0);
    }
    expect((await app.search({ query: "harbour crane" })).results).toEqual([]);
    expect(await listTasks(app.db, "Shelf", 0)).toEqual([]);
  });
});

describe("a watched account", () => {
  test("syncs when its source says that something changed, also during a sync", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 1);
    let changed: () => void = () => undefined;
    const watched: AbortSignal[] = [];
    shelf.integration.watch = (context, onChange) => {
      changed = onChange;
      watched.push(context.signal);
    };
    const app = await testApp({ integrations: [shelf.integration] });
    await app.credentials.save(shelf.integration, { integration: "Shelf", account: "mine" });
    await app.runner.recover();
    expect(watched).toHaveLength(1);
    shelf.beforePage = async () => {
      // The change comes after this page was read.
      shelf.beforePage = () => undefined;
      await Bun.sleep(20);
      queueMicrotask(() => {
        shelf.put("n009", "late");
        changed();
      });
    };
    changed();
    while ((await liveArtifacts(app)).length < 2) await Bun.sleep(20);
    expect(await liveArtifacts(app)).toHaveLength(2);
    expect((await listRuns(app.db)).every((run) => run.trigger === "watch")).toBe(true);
    await app.close();
    expect(watched[0]?.aborted).toBe(true);
    await app[Symbol.asyncDispose]();
  });

  test("is watched no more once it was disconnected, here or by another process", async () => {
    const watched = new Map<string, { changed: () => void; signal: AbortSignal }>();
    const { integration } = createShelf();
    integration.watch = ({ account, signal }, changed) => void watched.set(account, { changed, signal });
    await using app = await testApp({ integrations: [integration] });
    for (const account of ["here", "elsewhere", "stays"])
      await app.credentials.save(integration, { integration: "Shelf", account });
    await app.runner.recover();
    await disconnectAccounts(app, integration, "here");
    await app.credentials.remove("Shelf", "elsewhere");
    watched.get("elsewhere")?.changed();
    while (watched.get("elsewhere")?.signal.aborted !== true) await Bun.sleep(5);
    const states = [...watched].map(([account, { signal }]) => [account, signal.aborted]);
    expect(states).toEqual([
      ["elsewhere", true],
      ["here", true],
      ["stays", false],
    ]);
    expect(await listRuns(app.db)).toEqual([]);
  });
});

describe("a full disk", () => {
  test("parks the sync in plain words; what is stored stays readable, and it goes on when there is space", async () => {
    const shelf = createShelf("Shelf", 5);
    fillShelf(shelf, 5);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    for (let index = 100; index < 120; index++) shelf.put(`n${index}`, "word ".repeat(4_000));
    const [pages] = await app.db.raw.all("PRAGMA page_count");
    await app.db.raw.all(`PRAGMA max_page_count = ${Number(pages?.["page_count"]) + 20}`);
    const parked = await syncShelf(app);
    expect(parked.state).toBe("parked");
    expect(parked.error).toContain("The disk that holds the data folder is full.");
    const waiting = await listTasks(app.db, "Shelf", 0, { status: "PENDING", runId: parked.id });
    expect(waiting.find((task) => task.step === "sync")?.error).toContain("data folder is full");
    expect((await app.search({ query: "harbour crane" })).results).toHaveLength(5);
    await app.db.raw.all("PRAGMA max_page_count = 1000000");
    const run = await syncShelf(app);
    expect(run).toMatchObject({ id: parked.id, state: "succeeded", error: null });
    expect(await liveArtifacts(app)).toHaveLength(25);
  });
});
