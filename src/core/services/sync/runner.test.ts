import { describe, expect, test } from "bun:test";
import { eq, isNull } from "drizzle-orm";
import { listRuns } from "@/core/db/queries/runs";
import { listTasks } from "@/core/db/queries/tasks";
import { chunk, contentEmbedding, mdArtifacts, syncItem, syncRun, syncSeen } from "@/core/db/schema";
import { AuthError, ItemError, PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import type { SyncRun } from "@/core/models/sync";
import { testApp, type TestApp } from "@test/app";
import { createShelf, type Shelf } from "@test/shelf";

async function sync(app: TestApp, mode: "full" | "incremental" = "incremental"): Promise<SyncRun> {
  const [started] = await app.runner.start({ integration: "shelf", mode, trigger: "manual" });
  return app.runner.wait(started?.runId ?? "");
}

function fill(shelf: Shelf, count: number): void {
  for (let index = 0; index < count; index++) {
    shelf.put(
      `n${String(index).padStart(3, "0")}`,
      `# Note ${index}\n\nThe harbour crane number ${index} was painted.`,
    );
  }
}

const live = (app: TestApp) =>
  app.db.select({ title: mdArtifacts.title }).from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));

describe("a sync", () => {
  test("stores every item, makes it searchable and counts it", async () => {
    const shelf = createShelf();
    fill(shelf, 10);
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await sync(app, "full");
    expect(run).toMatchObject({
      state: "succeeded",
      seen: 10,
      inserted: 10,
      updated: 0,
      deleted: 0,
      error: null,
    });
    const found = await app.search({ query: "harbour crane number 7" });
    expect(found.results[0]).toMatchObject({ integrationArtifactId: "shelf/n007", integration: "Shelf" });
  });

  test("with nothing changed writes nothing to artifacts and index, and renders nothing", async () => {
    const shelf = createShelf();
    fill(shelf, 10);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app, "full");
    const before = await app.db.select().from(mdArtifacts);
    shelf.rendered.length = 0;
    const run = await sync(app);
    expect(run).toMatchObject({ state: "succeeded", seen: 10, unchanged: 10, inserted: 0, updated: 0 });
    expect(shelf.rendered).toEqual([]);
    expect(await app.db.select().from(mdArtifacts)).toEqual(before);
    expect(await app.db.$count(syncSeen)).toBe(0);
  });

  test("updates what changed and removes what is gone, chunks and vectors included", async () => {
    const shelf = createShelf();
    fill(shelf, 5);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.put("n001", "An entirely different walrus.");
    shelf.notes.delete("n003");
    const run = await sync(app);
    expect(run).toMatchObject({ inserted: 0, updated: 1, deleted: 1, unchanged: 3 });
    expect((await app.search({ query: "walrus" })).results[0]?.integrationArtifactId).toBe("shelf/n001");
    const [gone] = await app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "shelf/n003"));
    expect(gone).toMatchObject({ markdown: "", title: "", deletedReason: "gone" });
    expect(await app.db.$count(chunk, eq(chunk.artifactId, gone?.id ?? ""))).toBe(0);
    expect(await app.db.$count(contentEmbedding, eq(contentEmbedding.artifactId, gone?.id ?? ""))).toBe(0);
  });

  test("brings a removed item back under its old id", async () => {
    const shelf = createShelf();
    fill(shelf, 3);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    const [old] = await app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "shelf/n002"));
    const note = shelf.notes.get("n002");
    shelf.notes.delete("n002");
    await sync(app);
    if (note !== undefined) shelf.notes.set("n002", note);
    const run = await sync(app);
    expect(run).toMatchObject({ inserted: 1, unchanged: 2 });
    const [back] = await app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "shelf/n002"));
    expect(back).toMatchObject({ id: old?.id, deletedAt: null, markdown: note?.text });
  });

  test("does not touch an artifact whose item was only touched", async () => {
    const shelf = createShelf();
    fill(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    const before = await app.db.select().from(mdArtifacts);
    const note = shelf.notes.get("n000");
    if (note !== undefined) shelf.notes.set("n000", { ...note, version: "touched" });
    expect(await sync(app)).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await app.db.select().from(mdArtifacts)).toEqual(before);
    shelf.rendered.length = 0;
    await sync(app);
    expect(shelf.rendered).toEqual([]);
  });

  test("takes the same key twice on a page as one item, the later one", async () => {
    const shelf = createShelf();
    fill(shelf, 1);
    await using app = await testApp({ integrations: [shelf.integration] });
    const twice = { key: "n000", version: "second", text: "second" };
    shelf.extra = { items: [{ key: "n000", version: "first", text: "first" }, twice] };
    expect(await sync(app)).toMatchObject({ seen: 1, inserted: 1 });
    expect(await app.db.select({ markdown: mdArtifacts.markdown }).from(mdArtifacts)).toEqual([
      { markdown: "second" },
    ]);
  });
});

describe("a failing item", () => {
  test("is a row in plain words, keeps what was stored, and does not stop the rest", async () => {
    const shelf = createShelf();
    fill(shelf, 4);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.put("n001", "new text");
    shelf.put("n002", "fresh text");
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("Note n001 is damaged.");
    };
    expect(await sync(app)).toMatchObject({ state: "succeeded", failed: 1, updated: 1, deleted: 0 });
    const failed = await listTasks(app.db, "Shelf", 0, { status: "FAILED" });
    expect(failed).toMatchObject([
      { step: "sync-data", error: "Note n001 is damaged.", inputs: { item: "n001" } },
    ]);
    expect((await app.search({ query: "harbour crane number 1" })).results[0]?.integrationArtifactId).toBe(
      "shelf/n001",
    );
  });

  test("is read again when asked, and its row closes when it is well", async () => {
    const shelf = createShelf();
    fill(shelf, 2);
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("Note n001 is damaged.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.rendered.length = 0;
    expect(await sync(app)).toMatchObject({ failed: 1, unchanged: 1 });
    expect(shelf.rendered).toEqual([]);
    shelf.beforeRender = () => undefined;
    const [retried] = await app.runner.retryFailed({ integration: "shelf" });
    expect(await app.runner.wait(retried?.runId ?? "")).toMatchObject({
      state: "succeeded",
      failed: 0,
      inserted: 1,
    });
    expect(await listTasks(app.db, "Shelf", 0, { status: "FAILED" })).toEqual([]);
  });

  test("that vanishes takes its row with it", async () => {
    const shelf = createShelf();
    fill(shelf, 2);
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("damaged");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.notes.delete("n001");
    await sync(app);
    expect(await listTasks(app.db, "Shelf", 0, { status: "FAILED" })).toEqual([]);
    expect(await app.db.$count(syncItem)).toBe(1);
  });

  test("stops the sync only when most things fail", async () => {
    const shelf = createShelf("Shelf", 50);
    fill(shelf, 200);
    shelf.beforeRender = (key) => {
      if (Number(key.slice(1)) % 2 === 0) throw new ItemError("damaged");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await sync(app);
    expect(run.state).toBe("failed");
    expect(run.error).toContain("50 of the first 100 items failed");
  });
});

describe("deletions", () => {
  test("are not taken from a listing that failed, nor from one that was incomplete", async () => {
    const shelf = createShelf();
    fill(shelf, 7);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    for (const key of ["n005", "n006"]) shelf.notes.delete(key);
    shelf.beforePage = (index) => {
      if (index === 1) throw new PermanentError("The shelf fell over.");
    };
    expect(await sync(app)).toMatchObject({ state: "failed", deleted: 0, error: "The shelf fell over." });
    expect(await live(app)).toHaveLength(7);
    shelf.beforePage = () => undefined;
    shelf.extra = { incomplete: "One drawer could not be opened." };
    expect(await sync(app)).toMatchObject({ state: "succeeded", deleted: 0 });
    const [task] = await listTasks(app.db, "Shelf", 0, { status: "FAILED" });
    expect(task?.error).toContain("One drawer could not be opened.");
    shelf.extra = {};
    expect(await sync(app)).toMatchObject({ deleted: 2 });
    expect(await live(app)).toHaveLength(5);
  });

  test("of most of a large source wait until a person confirms them", async () => {
    const shelf = createShelf("Shelf", 100);
    fill(shelf, 250);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.notes.clear();
    const held = await sync(app);
    expect(held).toMatchObject({ state: "failed", deleted: 0 });
    expect(held.error).toContain("no longer lists 250 of 250 items");
    expect(await live(app)).toHaveLength(250);
    const request = {
      integration: "Shelf",
      mode: "full",
      trigger: "manual",
      confirmDeletions: true,
    } as const;
    const [confirmed] = await app.runner.start(request);
    expect(await app.runner.wait(confirmed?.runId ?? "")).toMatchObject({ state: "succeeded", deleted: 250 });
    expect(await live(app)).toHaveLength(0);
  });

  test("that the source reports itself are taken at once; hidden items keep their content but are not served", async () => {
    const shelf = createShelf();
    fill(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    shelf.extra = {
      items: [],
      removed: [
        { key: "n000", state: "gone" },
        { key: "n001", state: "hidden" },
      ],
    };
    expect(await sync(app)).toMatchObject({ deleted: 2 });
    const rows = await app.db.select().from(mdArtifacts).orderBy(mdArtifacts.integrationArtifactId);
    expect(rows).toMatchObject([
      { deletedReason: "gone", markdown: "" },
      { deletedReason: "hidden", markdown: expect.stringContaining("harbour") },
    ]);
    expect((await app.search({ query: "harbour crane" })).results).toEqual([]);
  });
});

describe("a run", () => {
  test("asked for twice at once is one run", async () => {
    const shelf = createShelf();
    fill(shelf, 3);
    const gate = Promise.withResolvers<void>();
    shelf.beforePage = () => gate.promise;
    await using app = await testApp({ integrations: [shelf.integration] });
    const request = { integration: "Shelf", mode: "full", trigger: "manual" } as const;
    const [[first], [second]] = await Promise.all([app.runner.start(request), app.runner.start(request)]);
    expect(second?.runId).toBe(first?.runId);
    expect([first?.alreadyRunning, second?.alreadyRunning].sort()).toEqual([false, true]);
    gate.resolve();
    expect(await app.runner.wait(first?.runId ?? "")).toMatchObject({ state: "succeeded" });
    expect(await app.db.$count(syncRun)).toBe(1);
  });

  test("stops at the next page when cancelled, and keeps what it has", async () => {
    const shelf = createShelf();
    fill(shelf, 9);
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
    expect(await live(app)).toHaveLength(6);
    expect(await app.runner.cancel(started?.runId ?? "")).toBe(false);
  });

  test("retries passing trouble from its last page and ends well", async () => {
    const shelf = createShelf();
    fill(shelf, 7);
    let faults = 0;
    shelf.beforePage = (index) => {
      if (index === 1 && faults++ === 0) throw new TransientError("The connection was reset.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await sync(app)).toMatchObject({ state: "succeeded", inserted: 7, seen: 7 });
    expect(shelf.listed.slice(0, 2)).toEqual([null, "n002"]);
  });

  test("is parked when the source asks to wait, and goes on when its time has come", async () => {
    const shelf = createShelf();
    fill(shelf, 7);
    shelf.beforePage = (index) => {
      if (index === 1) throw new RateLimitedError("Asked to wait.", new Date(Date.now() - 1));
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    const parked = await sync(app);
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
    expect(await sync(app)).toMatchObject({ state: "failed", error: "undefined is not a shelf" });
    expect(app.logged.some((line) => line["message"] === "Unexpected error in a sync.")).toBe(true);
  });

  test("with a refused credential says so", async () => {
    const shelf = createShelf();
    shelf.beforePage = () => {
      throw new AuthError("The key was refused.", { action: "Connect again." });
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await sync(app)).toMatchObject({ state: "failed", error: "The key was refused. Connect again." });
  });

  test("interrupted by a stop goes on in the next process, after its last page", async () => {
    const shelf = createShelf();
    fill(shelf, 9);
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
    expect(await live(second)).toHaveLength(9);
  });
});

describe("a purge", () => {
  test("cancels the sync under way, leaves nothing behind, and nothing reappears", async () => {
    const shelf = createShelf();
    fill(shelf, 9);
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
    fill(shelf, 1);
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
    for (let tries = 0; tries < 100 && (await live(app)).length < 2; tries++) await Bun.sleep(20);
    expect(await live(app)).toHaveLength(2);
    expect((await listRuns(app.db)).every((run) => run.trigger === "watch")).toBe(true);
    await app.close();
    expect(watched[0]?.aborted).toBe(true);
    await app[Symbol.asyncDispose]();
  });
});

describe("a full disk", () => {
  test("parks the sync in plain words; what is stored stays readable, and it goes on when there is space", async () => {
    const shelf = createShelf("Shelf", 5);
    fill(shelf, 5);
    await using app = await testApp({ integrations: [shelf.integration] });
    await sync(app);
    for (let index = 100; index < 120; index++) shelf.put(`n${index}`, "word ".repeat(4_000));
    const [pages] = await app.db.raw.all("PRAGMA page_count");
    await app.db.raw.all(`PRAGMA max_page_count = ${Number(pages?.["page_count"]) + 20}`);
    const parked = await sync(app);
    expect(parked.state).toBe("parked");
    expect(parked.error).toContain("The disk that holds the data folder is full.");
    expect((await app.search({ query: "harbour crane" })).results).toHaveLength(5);
    await app.db.raw.all("PRAGMA max_page_count = 1000000");
    const run = await sync(app);
    expect(run).toMatchObject({ id: parked.id, state: "succeeded", error: null });
    expect(await live(app)).toHaveLength(25);
  });
});
