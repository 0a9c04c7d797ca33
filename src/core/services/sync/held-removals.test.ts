import { expect, test } from "bun:test";
import { setting } from "@/core/db/schema";
import type { StartSync } from "@/core/services/app";
import { listSources } from "@/core/services/sources";
import { testApp, type TestApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, liveArtifacts } from "@test/shelf-syncs";
import { listTasks } from "@/core/db/queries/tasks";
import { HELD_REMOVALS } from "@/core/db/queries/runs";

const held = "The source no longer lists 150 of 150 items";

/** A connected shelf whose incremental syncs look for no deletions, read as a whole and then emptied. */
async function emptied() {
  const shelf = createShelf("Shelf", 100, { enumerates: ["full"] });
  shelf.integration.config.inputs = [{ input: "apiKey", label: "Key" }];
  fillShelf(shelf, 150);
  const app = await testApp({ integrations: [shelf.integration] });
  await app.credentials.save(shelf.integration, { integration: "Shelf", account: "Ada", apiKey: "k" });
  await sync(app, "full");
  shelf.notes.clear();
  return { ...app, shelf };
}

async function sync(app: TestApp, mode: StartSync["mode"], confirmDeletions = false) {
  const [run] = await app.runner.start({ integration: "Shelf", mode, trigger: "manual", confirmDeletions });
  return app.runner.wait(run?.runId ?? "");
}

async function account(app: TestApp) {
  const [source] = await listSources(app, "Shelf");
  return { ...source?.accounts[0], runs: source?.runs.map(({ cause }) => cause?.kind) };
}

const remembered = async (app: TestApp) =>
  (await app.db.select({ key: setting.key }).from(setting)).filter(({ key }) =>
    key.startsWith(HELD_REMOVALS),
  );

test("removals that wait are told of until they are decided, whatever ends well meanwhile", async () => {
  await using app = await emptied();
  expect((await sync(app, "full")).error).toStartWith(held);
  expect(await sync(app, "incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
  expect(await account(app)).toMatchObject({ status: "error", statusReason: expect.stringContaining(held) });
  // The run that says what waits is at hand beside the newest one.
  expect((await account(app)).runs).toEqual([undefined, "mass-deletion"]);
});

test("confirming them is enough, also for a sync that would read only what changed", async () => {
  await using app = await emptied();
  await sync(app, "full");
  const run = await sync(app, "incremental", true);
  expect(run).toMatchObject({ mode: "full", state: "succeeded", deleted: 150 });
  expect((await listTasks(app.db, "Shelf", 0, { runId: run.id })).map(({ error }) => error)).toContain(
    "What is gone was to be removed, and only a listing of everything shows it. A full sync reads everything instead.",
  );
  expect(await liveArtifacts(app)).toEqual([]);
  expect(await account(app)).toMatchObject({ status: "connected", statusReason: null, runs: [undefined] });
  expect(await remembered(app)).toEqual([]);
});

test("they are forgotten once the source lists its items again", async () => {
  await using app = await emptied();
  await sync(app, "full");
  fillShelf(app.shelf, 150);
  expect(await sync(app, "full")).toMatchObject({ state: "succeeded", unchanged: 150, deleted: 0 });
  expect(await account(app)).toMatchObject({ status: "connected" });
  expect(await remembered(app)).toEqual([]);
});

test("a purge leaves nothing of them", async () => {
  await using app = await emptied();
  await sync(app, "full");
  expect(await remembered(app)).toHaveLength(1);
  await app.runner.purge("Shelf");
  expect(await remembered(app)).toEqual([]);
});
