import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { chunk, contentEmbedding, mdArtifacts, syncItem, syncSeen } from "@/core/db/schema";
import { ItemError, PermanentError } from "@/core/models/errors";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, liveArtifacts, syncShelf } from "@test/shelf-syncs";

describe("a sync", () => {
  test("stores every item, makes it searchable and counts it", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 10);
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await syncShelf(app, "full");
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
    fillShelf(shelf, 10);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    const before = await app.db.select().from(mdArtifacts);
    shelf.rendered.length = 0;
    const run = await syncShelf(app);
    expect(run).toMatchObject({ state: "succeeded", seen: 10, unchanged: 10, inserted: 0, updated: 0 });
    expect(shelf.rendered).toEqual([]);
    expect(await app.db.select().from(mdArtifacts)).toEqual(before);
    expect(await app.db.$count(syncSeen)).toBe(0);
  });

  test("prepares a page's new and changed items at once, before they are rendered", async () => {
    const prepared: string[][] = [];
    const shelf = createShelf("Shelf", 3, {
      prepare: (notes) => {
        prepared.push(notes.map(({ key }) => key));
        expect(shelf.rendered).not.toContain(notes[0]?.key);
        return Promise.resolve();
      },
    });
    fillShelf(shelf, 4);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.rendered.length = 0;
    shelf.put("n001", "An entirely different walrus.");
    await syncShelf(app);
    expect(prepared.map((keys) => keys.length)).toEqual([3, 1, 1]);
    expect(prepared.at(-1)).toEqual(["n001"]);
  });

  test("updates what changed and removes what is gone, chunks and vectors included", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 5);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.put("n001", "An entirely different walrus.");
    shelf.notes.delete("n003");
    const run = await syncShelf(app);
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
    fillShelf(shelf, 3);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    const [old] = await app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "shelf/n002"));
    const note = shelf.notes.get("n002");
    shelf.notes.delete("n002");
    await syncShelf(app);
    if (note !== undefined) shelf.notes.set("n002", note);
    const run = await syncShelf(app);
    expect(run).toMatchObject({ inserted: 1, unchanged: 2 });
    const [back] = await app.db
      .select()
      .from(mdArtifacts)
      .where(eq(mdArtifacts.integrationArtifactId, "shelf/n002"));
    expect(back).toMatchObject({ id: old?.id, deletedAt: null, markdown: note?.text });
  });

  test("does not touch an artifact whose item was only touched", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    const before = await app.db.select().from(mdArtifacts);
    const note = shelf.notes.get("n000");
    if (note !== undefined) shelf.notes.set("n000", { ...note, version: "touched" });
    expect(await syncShelf(app)).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await app.db.select().from(mdArtifacts)).toEqual(before);
    shelf.rendered.length = 0;
    await syncShelf(app);
    expect(shelf.rendered).toEqual([]);
  });

  test("takes the same key twice on a page as one item, the later one", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 1);
    await using app = await testApp({ integrations: [shelf.integration] });
    const twice = { key: "n000", version: "second", text: "second" };
    shelf.extra = { items: [{ key: "n000", version: "first", text: "first" }, twice] };
    expect(await syncShelf(app)).toMatchObject({ seen: 1, inserted: 1 });
    expect(await app.db.select({ markdown: mdArtifacts.markdown }).from(mdArtifacts)).toEqual([
      { markdown: "second" },
    ]);
  });
});

describe("a failing item", () => {
  test("is a row in plain words, keeps what was stored, and does not stop the rest", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 4);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.put("n001", "new text");
    shelf.put("n002", "fresh text");
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("Note n001 is damaged.");
    };
    expect(await syncShelf(app)).toMatchObject({ state: "succeeded", failed: 1, updated: 1, deleted: 0 });
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
    fillShelf(shelf, 2);
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("Note n001 is damaged.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.rendered.length = 0;
    expect(await syncShelf(app)).toMatchObject({ failed: 1, unchanged: 1 });
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
    fillShelf(shelf, 2);
    shelf.beforeRender = (key) => {
      if (key === "n001") throw new ItemError("damaged");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.notes.delete("n001");
    await syncShelf(app);
    expect(await listTasks(app.db, "Shelf", 0, { status: "FAILED" })).toEqual([]);
    expect(await app.db.$count(syncItem)).toBe(1);
  });

  test("stops the sync only when most things fail", async () => {
    const shelf = createShelf("Shelf", 50);
    fillShelf(shelf, 200);
    shelf.beforeRender = (key) => {
      if (Number(key.slice(1)) % 2 === 0) throw new ItemError("damaged");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await syncShelf(app);
    expect(run.state).toBe("failed");
    expect(run.error).toContain("50 of the first 100 items failed");
  });
});

describe("deletions", () => {
  test("are not taken from a listing that failed, nor from one that was incomplete", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 7);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    for (const key of ["n005", "n006"]) shelf.notes.delete(key);
    shelf.beforePage = (index) => {
      if (index === 1) throw new PermanentError("The shelf fell over.");
    };
    expect(await syncShelf(app)).toMatchObject({
      state: "failed",
      deleted: 0,
      error: "The shelf fell over.",
    });
    expect(await liveArtifacts(app)).toHaveLength(7);
    shelf.beforePage = () => undefined;
    shelf.extra = { incomplete: "One drawer could not be opened." };
    expect(await syncShelf(app)).toMatchObject({ state: "succeeded", deleted: 0 });
    const [task] = await listTasks(app.db, "Shelf", 0, { status: "FAILED" });
    expect(task?.error).toContain("One drawer could not be opened.");
    shelf.extra = {};
    expect(await syncShelf(app)).toMatchObject({ deleted: 2 });
    expect(await liveArtifacts(app)).toHaveLength(5);
  });

  test("of most of a large source wait until a person confirms them", async () => {
    const shelf = createShelf("Shelf", 100);
    fillShelf(shelf, 250);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.notes.clear();
    const held = await syncShelf(app);
    expect(held).toMatchObject({ state: "failed", deleted: 0 });
    expect(held.error).toContain("no longer lists 250 of 250 items");
    expect(await liveArtifacts(app)).toHaveLength(250);
    const request = {
      integration: "Shelf",
      mode: "full",
      trigger: "manual",
      confirmDeletions: true,
    } as const;
    const [confirmed] = await app.runner.start(request);
    expect(await app.runner.wait(confirmed?.runId ?? "")).toMatchObject({ state: "succeeded", deleted: 250 });
    expect(await liveArtifacts(app)).toHaveLength(0);
  });

  test("that the source reports itself are taken at once; hidden items keep their content but are not served", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.extra = {
      items: [],
      removed: [
        { key: "n000", state: "gone" },
        { key: "n001", state: "hidden" },
      ],
    };
    expect(await syncShelf(app)).toMatchObject({ deleted: 2 });
    const rows = await app.db.select().from(mdArtifacts).orderBy(mdArtifacts.integrationArtifactId);
    expect(rows).toMatchObject([
      { deletedReason: "gone", markdown: "" },
      { deletedReason: "hidden", markdown: expect.stringContaining("harbour") },
    ]);
    expect((await app.search({ query: "harbour crane" })).results).toEqual([]);
  });
});
