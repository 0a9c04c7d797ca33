import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { temporaryDatabase } from "@test/database";
import { mdArtifacts, syncRun } from "@/core/db/schema";
import { sourceSchema } from "@/core/models/api";
import type { Db } from "@/core/models/database";
import { NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { IntegrationConfig } from "@/core/models/integration-config";
import type { RunState } from "@/core/models/sync";
import { createCredentialStore } from "./credentials/store";
import { createIntegrationServices } from "./integration-services";
import { silentLogger } from "./logger";
import { createRegistry } from "./registry";
import { listSources } from "./sources";

const nothing = async () => undefined;
const integration = (config: Partial<IntegrationConfig> & { integration: string }): Integration => ({
  config: { icon: "/assets/x.svg", integrationType: "API_KEY", ...config },
  sync: nothing,
  syncUpdates: nothing,
  deleteSync: nothing,
});
const keyed = integration({
  integration: "Keyed",
  inputs: [
    { input: "apiKey", label: "Key" },
    { input: "baseUrl", label: "Address" },
  ],
});
const open = integration({ integration: "Open" });

async function setUp() {
  const database = await temporaryDatabase();
  const { db, folder } = database;
  const config = { secretsPath: join(folder, "secrets.db"), home: folder, encryptionKey: undefined };
  const credentials = await createCredentialStore({
    db,
    config,
    log: silentLogger,
    services: createIntegrationServices({ db, log: silentLogger }),
  });
  const registry = createRegistry([keyed.config, open.config], [keyed, open]);
  return {
    db,
    credentials,
    registry,
    [Symbol.asyncDispose]: async () => {
      credentials.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function addRun(db: Db, id: string, state: RunState, account = "Ada", name = "Keyed"): Promise<void> {
  const counts = {
    seen: 1,
    inserted: 1,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    skipped: 0,
    failed: 0,
    resumes: 0,
  };
  const createdAt = `2026-01-0${id}T00:00:00.000Z`;
  const row = { id, integration: name, account, state, createdAt, finishedAt: createdAt, ...counts };
  await db.insert(syncRun).values({
    ...row,
    mode: "full",
    trigger: "manual",
    leaseOwner: "me:1:canary",
    resumes: 0,
    confirmDeletions: false,
  });
}

async function addArtifact(
  db: Db,
  id: string,
  extra: Partial<typeof mdArtifacts.$inferInsert>,
): Promise<void> {
  const lists = { keyPoints: [], questionsAnswered: [], entities: [], metadata: {} };
  const text = { title: id, markdown: id, contentHash: id, updateDate: "2026-01-01T00:00:00.000Z" };
  const source = {
    integration: "Open",
    account: "default",
    integrationArtifactId: id,
    kind: "document",
  } as const;
  await db
    .insert(mdArtifacts)
    .values({ id, insightState: "pending", ...source, ...lists, ...text, ...extra });
}

describe("the list of sources", () => {
  test("describes forms, marks keys as secret, and says what is not connected", async () => {
    await using app = await setUp();
    const sources = await listSources(app);
    expect(sources.map(({ integration, status }) => [integration, status])).toEqual([
      ["Keyed", "not_connected"],
      ["Open", "not_connected"],
    ]);
    expect(sources[0]?.inputs.map(({ input, secret }) => [input, secret])).toEqual([
      ["apiKey", true],
      ["baseUrl", false],
    ]);
    for (const source of sources) expect(sourceSchema.strict().parse(source)).toEqual(source);
  });

  test("shows accounts without their secrets, and runs without their lease", async () => {
    await using app = await setUp();
    await app.credentials.save(keyed, { integration: "Keyed", account: "Ada", apiKey: "canary" });
    await addRun(app.db, "1", "succeeded");
    const [source] = await listSources(app, "KEYED");
    expect(source).toMatchObject({ status: "connected", lastSyncedAt: "2026-01-01T00:00:00.000Z" });
    expect(source?.accounts.map(({ account }) => account)).toEqual(["Ada"]);
    expect(JSON.stringify(source)).not.toContain("canary");
  });

  test("names accounts that something is left of though they are not connected, each with what it is", async () => {
    await using app = await setUp();
    await app.credentials.save(keyed, { integration: "Keyed", account: "Ada", apiKey: "k" });
    for (const account of ["Ada", "Bob", "Cyd"])
      await addArtifact(app.db, account, { integration: "Keyed", account });
    await addArtifact(app.db, "Bob 2", { integration: "Keyed", account: "Bob" });
    await addArtifact(app.db, "gone", {
      integration: "Keyed",
      account: "Eve",
      deletedAt: "2026-01-02T00:00:00.000Z",
    });
    await addRun(app.db, "1", "failed", "Dan");
    const [source] = await listSources(app, "Keyed");
    expect(source?.accounts.map(({ account, artifacts }) => [account, artifacts])).toEqual([["Ada", 1]]);
    expect(source?.formerAccounts).toEqual([
      { account: "Bob", artifacts: 2 },
      { account: "Cyd", artifacts: 1 },
      { account: "Dan", artifacts: 0 },
    ]);
  });

  test("puts what happens now first, then what needs a person", async () => {
    await using app = await setUp();
    const status = async () => (await listSources(app, "Keyed"))[0]?.status;
    await app.credentials.save(keyed, { integration: "Keyed", account: "Ada", apiKey: "k" });
    await addRun(app.db, "1", "succeeded");
    await addRun(app.db, "2", "parked");
    expect(await status()).toBe("parked");
    await app.credentials.setStatus("Keyed", "Ada", "error", "The plan does not include the API.");
    expect(await status()).toBe("error");
    await app.credentials.setStatus("Keyed", "Ada", "needs_reconnect", "The key was revoked.");
    expect(await status()).toBe("needs_reconnect");
    await addRun(app.db, "3", "queued", "Bob");
    expect(await status()).toBe("syncing");
    const [source] = await listSources(app, "Keyed");
    expect(source?.runs.map(({ id }) => id)).toEqual(["3", "2"]);
    expect(source?.lastSyncedAt).toBe("2026-01-01T00:00:00.000Z");
  });

  test("counts what is served and what waits, and connects a source that asks for nothing", async () => {
    await using app = await setUp();
    await addArtifact(app.db, "a", { indexedHash: "a" });
    await addArtifact(app.db, "b", { account: "other" });
    await addArtifact(app.db, "c", { deletedAt: "2026-01-02T00:00:00.000Z" });
    const [keyedSource, openSource] = await listSources(app);
    expect(openSource).toMatchObject({ status: "connected", artifacts: 2, waiting: 1 });
    expect(keyedSource).toMatchObject({ artifacts: 0, waiting: 0 });
  });

  test("names near matches for an unknown source", async () => {
    await using app = await setUp();
    const error: unknown = await listSources(app, "keyd").then(nothing, (reason) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ action: "Did you mean Keyed?" });
  });
});
