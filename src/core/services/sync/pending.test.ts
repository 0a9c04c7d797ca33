import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { syncItem } from "@/core/db/schema";
import type { Page } from "@/core/services/sync/stream";
import { testApp } from "@test/app";
import { createShelf, type Note, type Shelf } from "@test/shelf";
import { fillShelf, liveArtifacts, syncShelf } from "@test/shelf-syncs";
import { pendingPauseMs } from "./pending";

const rowOf = async (app: Awaited<ReturnType<typeof testApp>>, key: string) =>
  (await app.db.select().from(syncItem).where(eq(syncItem.itemKey, key)))[0];

/** A shelf whose revisits answer with `answer`, and a list of the keys that were asked for. */
function revisitedShelf(answer: (keys: readonly string[], shelf: Shelf) => Page<Note>) {
  const asked: string[][] = [];
  const shelf: Shelf = createShelf("Shelf", 3, {
    enumerates: ["full"],
    async *revisit({ keys }) {
      asked.push([...keys]);
      yield answer(keys, shelf);
    },
  });
  return { shelf, asked };
}

test("a pending item is asked for again after 30 s, then less and less, after six tries once a day", () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => pendingPauseMs(attempt) / 1_000);
  expect(seconds).toEqual([30, 60, 120, 240, 480, 480, 86_400, 86_400]);
});

describe("a pending item", () => {
  test("is counted as seen, is not a failure, and no sweep removes it", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 2);
    shelf.extra = { pending: [{ key: "call-9", reason: "The transcript is being made." }] };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app, "full")).toMatchObject({ seen: 3, inserted: 2, failed: 0 });
    shelf.extra = {};
    await syncShelf(app, "full");
    expect(await rowOf(app, "call-9")).toMatchObject({ state: "pending", attempts: 1 });
    expect(await listTasks(app.db, "Shelf", 0, { status: "FAILED" })).toEqual([]);
  });

  test("that was served before stays served", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    shelf.extra = {
      items: [],
      pending: [
        { key: "n000", reason: "busy" },
        { key: "n001", reason: "busy" },
      ],
    };
    expect(await syncShelf(app, "full")).toMatchObject({ deleted: 0 });
    expect(await liveArtifacts(app)).toHaveLength(2);
  });

  test("is asked for when it is due, not before, and is live once it is there", async () => {
    const { shelf, asked } = revisitedShelf((keys) => ({
      items: keys.map((key) => ({ key, version: "1", text: "The transcript of the harbour call." })),
      cursor: null,
    }));
    shelf.extra = { pending: [{ key: "call-9", reason: "being made" }] };
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    shelf.extra = {};
    await syncShelf(app);
    expect(asked).toEqual([]);
    await app.db.update(syncItem).set({ nextAttemptAt: new Date(0).toISOString() });
    expect(await syncShelf(app)).toMatchObject({ inserted: 1, seen: 1 });
    expect(asked).toEqual([["call-9"]]);
    expect((await app.search({ query: "transcript harbour" })).results).toHaveLength(1);
  });

  test("waits longer when it is still not ready, and no sooner than the source says", async () => {
    const retryAt = new Date(Date.now() + 3_600_000).toISOString();
    const { shelf, asked } = revisitedShelf((keys) => ({
      items: [],
      cursor: null,
      pending: keys.slice(0, 1).map((key) => ({ key, reason: "still being made", retryAt })),
    }));
    shelf.extra = {
      pending: [
        { key: "a", reason: "being made" },
        { key: "b", reason: "being made" },
      ],
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    shelf.extra = {};
    await app.db.update(syncItem).set({ nextAttemptAt: null });
    await syncShelf(app);
    expect(asked).toEqual([["a", "b"]]);
    expect(await rowOf(app, "a")).toMatchObject({ attempts: 2, nextAttemptAt: retryAt });
    const silent = await rowOf(app, "b");
    expect(silent).toMatchObject({ attempts: 2, state: "pending", error: "being made" });
    expect(Date.parse(silent?.nextAttemptAt ?? "")).toBeGreaterThan(Date.now() + 50_000);
  });
});

describe("an item that is listed and pending at once", () => {
  const notReady = { pending: [{ key: "n000", reason: "The transcript is being made." }] };

  async function served() {
    const removedRows: string[] = [];
    const stream = {
      enumerates: ["full"] as const,
      remove: async (_tx: unknown, keys: readonly string[]) => void removedRows.push(...keys),
    };
    const shelf = createShelf("Shelf", 3, stream);
    fillShelf(shelf, 2);
    shelf.extra = notReady;
    const app = await testApp({ integrations: [shelf.integration] });
    const first = await syncShelf(app, "full");
    return { shelf, app, first, removedRows, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
  }

  test("is served as far as it goes, counted once, and asked for again", async () => {
    await using place = await served();
    expect(place.first).toMatchObject({ seen: 2, inserted: 2 });
    expect(await liveArtifacts(place.app)).toHaveLength(2);
    const row = await rowOf(place.app, "n000");
    expect(row).toMatchObject({ state: "pending", attempts: 1 });
    expect(row?.artifactId).toBeString();
  });

  test("costs nothing when it is met unchanged before its time, and waits longer after it", async () => {
    await using place = await served();
    const before = await rowOf(place.app, "n000");
    place.shelf.rendered.length = 0;
    expect(await syncShelf(place.app, "full")).toMatchObject({ unchanged: 2, updated: 0 });
    expect(await rowOf(place.app, "n000")).toEqual(before);
    expect(place.shelf.rendered).toEqual([]);
    await place.app.db.update(syncItem).set({ nextAttemptAt: new Date(0).toISOString() });
    await syncShelf(place.app, "full");
    expect(await rowOf(place.app, "n000")).toMatchObject({ state: "pending", attempts: 2 });
  });

  test("shows its changes meanwhile, and is live once nothing is awaited", async () => {
    await using place = await served();
    place.shelf.put("n000", "The harbour call, renamed.");
    expect(await syncShelf(place.app, "full")).toMatchObject({ updated: 1 });
    const [found] = (await place.app.search({ query: "harbour renamed" })).results;
    expect(found?.integrationArtifactId).toBe("shelf/n000");
    place.shelf.extra = {};
    place.shelf.put("n000", "The harbour call, renamed, with its transcript.");
    await syncShelf(place.app, "full");
    expect(await rowOf(place.app, "n000")).toMatchObject({ state: "live", attempts: 0 });
  });

  test("leaves with its artifact and its own rows when the source says that it is gone", async () => {
    await using place = await served();
    place.shelf.notes.delete("n000");
    place.shelf.extra = { removed: [{ key: "n000", state: "gone" }] };
    expect(await syncShelf(place.app, "full")).toMatchObject({ deleted: 1 });
    expect(place.removedRows).toEqual(["n000"]);
    expect(await liveArtifacts(place.app)).toHaveLength(1);
  });
});

describe("a failed item that no listing meets again", () => {
  test("is asked for by its key when it is due, each exactly once, however many there are", async () => {
    const { shelf, asked } = revisitedShelf((keys, own) => ({
      items: keys.flatMap((key) => own.notes.get(key) ?? []),
      cursor: null,
    }));
    fillShelf(shelf, 130);
    await using app = await testApp({ integrations: [shelf.integration] });
    await app.db.insert(syncItem).values(
      [...shelf.notes.keys()].map((itemKey) => ({
        integration: "Shelf",
        account: "default",
        stream: "notes",
        itemKey,
        version: "",
        state: "failed" as const,
        attempts: 1,
        updatedAt: new Date().toISOString(),
        error: "Damaged.",
      })),
    );
    shelf.beforePage = () => shelf.notes.clear();
    const run = await syncShelf(app);
    expect(run).toMatchObject({ state: "succeeded", inserted: 130 });
    expect(asked.map((keys) => keys.length)).toEqual([50, 50, 30]);
    expect(new Set(asked.flat()).size).toBe(130);
  });
});
