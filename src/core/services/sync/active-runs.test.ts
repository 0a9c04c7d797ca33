import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf } from "@test/shelf-syncs";
import type { Db } from "@/core/models/database";
import { ActiveRuns } from "./active-runs";
import { askForFullPass } from "./full-pass";
import { createSyncRunner } from "./runner";

/** The same database, whose next transaction waits before it commits until `goOn` is called. */
function holdNextCommit(db: Db) {
  const [about, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isNext = true;
  const transaction: Db["transaction"] = (body) =>
    db.transaction(async (tx) => {
      const result = await body(tx);
      if (isNext) {
        isNext = false;
        about.resolve();
        await go.promise;
      }
      return result;
    });
  const held: Db = Object.assign(Object.create(db), { transaction });
  return { db: held, about: about.promise, goOn: go.resolve };
}

describe("a run that was claimed a moment ago", () => {
  test("is not taken for one that was left, by this process's own supervisor", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    await using app = await testApp({ integrations: [shelf.integration] });
    await askForFullPass(app.db, { integration: "Shelf", account: "default" }, "It must be.");
    const claim = holdNextCommit(app.db);
    const runner = createSyncRunner({ ...app, db: claim.db });
    const starting = runner.start({ integration: "Shelf", mode: "incremental", trigger: "schedule" });
    await claim.about;
    // Waits for the claim to be committed, and keeps everything else waiting then.
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const other = app.db.transaction(async () => {
      begun.resolve();
      await gate.promise;
    });
    claim.goOn();
    await begun.promise;
    const looking = runner.recover();
    gate.resolve();
    await Promise.all([other, looking]);
    const [started] = await starting;
    expect(await runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded", resumes: 0 });
    expect(shelf.listed.filter((after) => after === null)).toHaveLength(1);
    await runner.shutdown();
  });
});

describe("the runs of a process", () => {
  test("are noted once their claim is made, and not when nothing comes of it", async () => {
    await using database = await temporaryDatabase();
    const active = new ActiveRuns();
    const failing = active.claiming(database.db, async (_tx, take) => {
      take("one");
      expect(active.has("one")).toBe(true);
      throw new Error("no claim");
    });
    await expect(failing).rejects.toThrow("no claim");
    expect(active.has("one")).toBe(false);
  });

  test("stay noted when an earlier piece of work on the same one ends, which the later one waits for", async () => {
    await using database = await temporaryDatabase();
    const active = new ActiveRuns();
    const take = () => active.claiming(database.db, async (_tx, hold) => hold("one"));
    const [first, second] = [await take(), await take()];
    first.letGo();
    await second.earlier;
    expect(active.has("one")).toBe(true);
    active.abort("one", new Error("stop"));
    expect([first.controller.signal.aborted, second.controller.signal.aborted]).toEqual([false, true]);
    second.letGo();
    await active.over("one");
    expect(active.has("one")).toBe(false);
  });
});
