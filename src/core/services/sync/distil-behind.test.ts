import { describe, expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import { CancelledError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { temporaryDatabase } from "@test/database";
import { keepingLogger } from "@test/provider";
import { artifactRow } from "@test/search";
import { DistilBehind } from "./distil-behind";

type Open = Awaited<ReturnType<typeof temporaryDatabase>>;

/** A reader that commits one artifact a page, and a pass that a test holds at its beginning. */
function reading(database: Open, failpoint: SyncContext["failpoint"]) {
  const controller = new AbortController();
  const log = keepingLogger();
  const context: SyncContext = {
    integration: "notes",
    account: "default",
    credential: { id: "", integration: "notes", account: "default", options: {} },
    mode: "full",
    runId: "run",
    confirmDeletions: false,
    signal: controller.signal,
    http: () => expect.unreachable("Nothing is asked for here."),
    apiUrl: (fallback) => fallback,
    log,
    failpoint,
  };
  const behind = new DistilBehind(database.db, context);
  let pages = 0;
  const page = async () => {
    await database.db.insert(mdArtifacts).values(artifactRow(`p${pages++}`, "Anna Berg pays ACME."));
    await behind.afterPage(1);
  };
  const waiting = async () =>
    (await database.db.raw.all("SELECT id FROM mdArtifacts WHERE indexedHash IS NULL")).length;
  return { behind, page, waiting, controller, log };
}

/** Opens when told to; says how often somebody came to it. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const state = { passes: 0, open: resolve };
  const failpoint = async (name: string) => {
    if (name !== "insights about to be written") return;
    state.passes++;
    await promise;
  };
  return { state, failpoint };
}

describe("insights and index behind the reading", () => {
  test("let pages be read on, and are done when the reading is", async () => {
    await using database = await temporaryDatabase();
    const { state, failpoint } = gate();
    const { behind, page, waiting } = reading(database, failpoint);
    for (let n = 0; n < 5; n++) await page();
    expect(state.passes).toBe(1);
    expect(await waiting()).toBe(5);
    state.open();
    await behind.settled();
    expect(await waiting()).toBe(0);
  });

  test("fall at most eight pages behind", async () => {
    await using database = await temporaryDatabase();
    const { state, failpoint } = gate();
    const { behind, page, waiting } = reading(database, failpoint);
    // One is in the pass, seven wait for the next one; the eighth holds the reading up.
    for (let n = 0; n < 8; n++) await page();
    let through = false;
    const ninth = page().then(() => (through = true));
    await database.db.raw.all("SELECT 1");
    await new Promise(setImmediate);
    expect(through).toBeFalse();
    state.open();
    await ninth;
    await behind.settled();
    expect(await waiting()).toBe(0);
  });

  test("stay within that many pages however many are read, and miss none that was changed again", async () => {
    await using database = await temporaryDatabase();
    const { behind, page, waiting } = reading(database, undefined);
    const { db } = database;
    let most = 0;
    for (let n = 0; n < 40; n++) {
      await page();
      most = Math.max(most, await waiting());
      // A row that the pass under way has gone by already.
      if (n % 10 === 9) {
        await db.raw.run("UPDATE mdArtifacts SET indexedHash = NULL WHERE id = 'p0'");
        await behind.afterPage(1);
      }
    }
    expect(most).toBeLessThanOrEqual(9);
    await behind.settled();
    expect(await waiting()).toBe(0);
  });

  test("that fail fail the reading, never the process", async () => {
    await using database = await temporaryDatabase();
    const full = new Error("disk full");
    const { behind, page } = reading(database, () => Promise.reject(full));
    await page();
    await new Promise(setImmediate);
    expect(await page().catch((error: unknown) => error)).toBe(full);
    expect(await behind.settled().catch((error: unknown) => error)).toBe(full);
  });

  test("end with a reading that fails, and say what is left waiting", async () => {
    await using database = await temporaryDatabase();
    const { behind, page, log } = reading(database, () => Promise.reject(new Error("no more room")));
    await page();
    await behind.abandoned();
    expect(log.lines.map(({ fields }) => fields?.["reason"])).toEqual(["no more room"]);
  });

  test("stop with a sync that is cancelled, without a word", async () => {
    await using database = await temporaryDatabase();
    const { state, failpoint } = gate();
    const { behind, page, controller, log, waiting } = reading(database, failpoint);
    for (let n = 0; n < 3; n++) await page();
    controller.abort(new CancelledError("Stop."));
    state.open();
    await behind.abandoned();
    expect(log.lines).toEqual([]);
    expect(await waiting()).toBe(3);
  });

  test("leave what they cannot do to the steps, which say what is wrong, and do the rest", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const { behind, page } = reading(database, undefined);
    await db
      .insert(mdArtifacts)
      .values([artifactRow("broken", "text"), artifactRow("long", "word ".repeat(41_000))]);
    await db.raw.run("UPDATE mdArtifacts SET metadata = '[1' WHERE id = 'broken'");
    for (let n = 0; n < 3; n++) await page();
    await behind.settled();
    const without = await db.raw.all(
      "SELECT id, indexedHash IS NULL AS waits FROM mdArtifacts WHERE insightHash IS NULL",
    );
    expect(without).toEqual([{ id: "broken", waits: 0 }]);
    const tasks = await db.raw.all("SELECT step, status FROM syncTask");
    expect(tasks).toEqual([{ step: "parse", status: "FAILED" }]);
  });
});
