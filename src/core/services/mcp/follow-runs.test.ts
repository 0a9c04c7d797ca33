import { expect, test } from "bun:test";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { followRuns } from "./follow-runs";

/** A run that ends only when it is let go. */
async function heldRun() {
  const shelf = createShelf();
  shelf.put("a", "# Note a");
  const { promise, resolve } = Promise.withResolvers<void>();
  shelf.beforePage = () => promise;
  const app = await testApp({ integrations: [shelf.integration] });
  const [run] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "mcp" });
  const runId = run?.runId ?? "";
  const end = async () => {
    resolve();
    await app.runner.wait(runId);
    await app[Symbol.asyncDispose]();
  };
  return { app, runId, end };
}

const silent = { tell: () => Promise.resolve() };

test("waits no longer than it may, and gives back the run as it stands", async () => {
  const { app, runId, end } = await heldRun();
  const start = performance.now();
  const [run] = await followRuns(app.db, [runId], silent, new AbortController().signal, 400);
  expect(run?.state).toMatch(/queued|running/);
  expect(performance.now() - start).toBeGreaterThanOrEqual(400);
  await end();
});

test("ends soon after the client gave up, without telling it more", async () => {
  const { app, runId, end } = await heldRun();
  const stop = new AbortController();
  let told = 0;
  const client = {
    tell: async () => {
      told++;
      stop.abort();
    },
  };
  await followRuns(app.db, [runId], client, stop.signal, 3_600_000);
  expect(told).toBe(1);
  await end();
});

test("gives back nothing for a run that is not there", async () => {
  await using app = await testApp({});
  expect(await followRuns(app.db, ["none"], silent, new AbortController().signal)).toEqual([]);
});
