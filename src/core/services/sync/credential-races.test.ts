import { describe, expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import { AuthError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { disconnectAccounts } from "@/core/services/disconnect";
import { testApp, type TestApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf } from "@test/shelf-syncs";
import { createSyncRunner } from "./runner";

const account = { integration: "Shelf", account: "a" };
const request = { ...account, mode: "full", trigger: "manual" } as const;

/** A shelf with a key, which writes down with which key it is read. */
async function keyedShelf() {
  const shelf = createShelf();
  fillShelf(shelf, 6);
  shelf.integration.config.inputs = [{ input: "apiKey", label: "Key", required: true }];
  const { sync } = shelf.integration;
  const keys: unknown[] = [];
  shelf.integration.sync = async (db, context: SyncContext) => {
    keys.push(context.credential.apiKey);
    await sync(db, context);
  };
  const app = await testApp({ integrations: [shelf.integration] });
  let connected = 0;
  const connect = async () => {
    await app.credentials.save(shelf.integration, { ...account, apiKey: `key ${++connected}` });
  };
  await connect();
  return { shelf, app, keys, connect, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** A runner of which others are quicker: `meanwhile` is done between its look at the credential and its claim. */
function slowRunner(app: TestApp, meanwhile: () => Promise<void>) {
  let isFirst = true;
  const read: TestApp["credentials"]["read"] = async (...which) => {
    const found = await app.credentials.read(...which);
    if (isFirst) {
      isFirst = false;
      await meanwhile();
    }
    return found;
  };
  return createSyncRunner({ ...app, credentials: { ...app.credentials, read } });
}

async function syncOf(runner: TestApp["runner"]) {
  const [started] = await runner.start(request);
  return runner.wait(started?.runId ?? "");
}

describe("a sync whose account is changed while it starts", () => {
  test("is made with the key that has taken the other one's place", async () => {
    await using keyed = await keyedShelf();
    const { app, keys, connect } = keyed;
    expect(await syncOf(slowRunner(app, connect))).toMatchObject({ state: "succeeded", inserted: 6 });
    expect(keys).toEqual(["key 2"]);
  });

  test("is none once the account is disconnected", async () => {
    await using keyed = await keyedShelf();
    const { app, keys } = keyed;
    const runner = slowRunner(app, () => app.credentials.remove("Shelf", "a"));
    expect(await syncOf(runner)).toMatchObject({ state: "cancelled" });
    expect(keys).toEqual([]);
  });
});

test("a sync that begins while its account is being disconnected is stopped as well", async () => {
  await using keyed = await keyedShelf();
  const { shelf, app } = keyed;
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  shelf.beforePage = async () => {
    reached.resolve();
    await gate.promise;
  };
  let runId = "";
  const revoke = async () => {
    const [started] = await app.runner.start(request);
    runId = started?.runId ?? "";
    await reached.promise;
    return undefined;
  };
  await disconnectAccounts({ ...app, oauth: { ...app.oauth, revoke } }, shelf.integration, undefined);
  gate.resolve();
  expect(await app.runner.wait(runId)).toMatchObject({ state: "cancelled" });
  expect(await app.db.$count(mdArtifacts)).toBe(0);
});

test("a refusal of the old key says nothing of the one that has taken its place", async () => {
  await using keyed = await keyedShelf();
  const { shelf, app, connect } = keyed;
  shelf.beforePage = async () => {
    await connect();
    throw new AuthError("The key was refused.");
  };
  expect(await syncOf(app.runner)).toMatchObject({ state: "cancelled" });
  expect(await app.credentials.list("Shelf")).toMatchObject([{ status: "connected", statusReason: null }]);
  shelf.beforePage = () => {
    throw new AuthError("The key was refused.");
  };
  expect(await syncOf(app.runner)).toMatchObject({ state: "failed" });
  expect(await app.credentials.list("Shelf")).toMatchObject([{ status: "needs_reconnect" }]);
});

test("a sync that is asked for while one is about to stop for a new key is another one, with that key", async () => {
  await using keyed = await keyedShelf();
  const { shelf, app, keys, connect } = keyed;
  const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  shelf.beforePage = async () => {
    reached.resolve();
    await gate.promise;
  };
  const [first] = await app.runner.start(request);
  await reached.promise;
  await connect();
  const starting = app.runner.start({ ...request, mode: "incremental" });
  shelf.beforePage = () => undefined;
  gate.resolve();
  const [second] = await starting;
  expect(second).toMatchObject({ alreadyRunning: false });
  expect(await app.runner.wait(first?.runId ?? "")).toMatchObject({ state: "cancelled", inserted: 0 });
  expect(await app.runner.wait(second?.runId ?? "")).toMatchObject({ state: "succeeded", mode: "full" });
  expect(keys).toEqual(["key 1", "key 2"]);
});
