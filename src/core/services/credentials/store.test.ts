import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDatabase } from "@test/database";
import type { Db } from "@/core/models/database";
import { AuthError, ConfigError, ConflictError, InputError, messageOf } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import { createIntegrationServices } from "@/core/services/integration-services";
import { createLogger } from "@/core/services/logger";
import { createCredentialStore } from "./store";

const canaries = { apiKey: "canary-api-key-7f3a", pin: "canary-pin-55c1" };

const nothing = async () => undefined;
/** What a promise fails with; undefined when it does not. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

function probe(extra: Partial<Integration> = {}): Integration {
  return {
    config: {
      integration: "Probe",
      icon: "/assets/probe.svg",
      integrationType: "API_KEY",
      inputs: [{ input: "apiKey", label: "API key", required: true }],
      optionInputs: [
        { key: "pin", label: "PIN", secret: true },
        { key: "path", label: "Folder" },
      ],
    },
    sync: nothing,
    syncUpdates: nothing,
    deleteSync: nothing,
    ...extra,
  };
}

const input = (account: string) => ({
  integration: "probe",
  account,
  apiKey: canaries.apiKey,
  options: { pin: canaries.pin, path: "/notes" },
});

async function openStore(database: { db: Db; folder: string }, lines: string[] = []) {
  const config = {
    secretsPath: join(database.folder, "secrets.db"),
    encryptionKey: undefined,
    home: database.folder,
  };
  const log = createLogger({ level: "debug", write: (line) => void lines.push(line) });
  const store = await createCredentialStore({
    db: database.db,
    config,
    log,
    services: createIntegrationServices({ db: database.db, log }),
  });
  return Object.assign(store, { [Symbol.dispose]: () => store.close() });
}

function editSecrets(folder: string, sql: string): void {
  const secrets = new Database(join(folder, "secrets.db"));
  secrets.run(sql);
  secrets.close();
}

describe("the credential store", () => {
  test("gives an account back with its secrets, under the config's own name", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    const saved = await store.save(probe(), input("Ada"));
    expect(saved).toMatchObject({ account: "Ada", status: "connected", options: { path: "/notes" } });
    expect(await store.read("Probe", "Ada")).toMatchObject({
      integration: "Probe",
      apiKey: canaries.apiKey,
      options: { pin: canaries.pin, path: "/notes" },
    });
    expect(await store.read("Probe", "Bob")).toBeUndefined();
  });

  test("keeps secrets out of answers, logs and every file in the folder", async () => {
    await using database = await temporaryDatabase();
    const lines: string[] = [];
    using store = await openStore(database, lines);
    await store.save(probe(), input("Ada"));
    const answers = JSON.stringify([await store.list(), await store.list("Probe")]);
    const files = readdirSync(database.folder).map((name) =>
      readFileSync(join(database.folder, name), "latin1"),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const canary of Object.values(canaries)) {
      for (const text of [answers, lines.join("\n"), ...files]) expect(text).not.toContain(canary);
    }
  });

  test("runs the connect check and stores what it cleaned, under the label it found", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    const integration = probe({
      connect: async (given) => {
        if (given.apiKey === "wrong") throw new AuthError("The API key is not accepted.");
        return { account: "ada@example.com", credential: { ...given, baseUrl: "https://api.example.com" } };
      },
    });
    const saved = await store.save(integration, { integration: "Probe", apiKey: "  right " });
    expect(saved).toMatchObject({ account: "ada@example.com", baseUrl: "https://api.example.com" });
    expect((await store.read("Probe", "ada@example.com"))?.apiKey).toBe("right");
    expect(await failure(store.save(integration, { integration: "Probe", apiKey: "wrong" }))).toBeInstanceOf(
      AuthError,
    );
    expect(await failure(store.save(integration, { integration: "Probe" }))).toBeInstanceOf(InputError);
    expect(await store.list()).toHaveLength(1);
  });

  test("replaces an account whole, keeping its id and time of birth", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    const first = await store.save(probe(), input("Ada"));
    await store.setStatus("Probe", "Ada", "needs_reconnect", "The key was revoked.");
    expect((await store.list("Probe"))[0]).toMatchObject({ statusReason: "The key was revoked." });
    const second = await store.save(probe(), { integration: "Probe", account: "Ada", apiKey: "new" });
    expect(second).toMatchObject({
      id: first.id,
      createdAt: first.createdAt,
      status: "connected",
      statusReason: null,
    });
    expect(await store.read("Probe", "Ada")).toMatchObject({ apiKey: "new", options: {} });
  });

  test("changes an account's settings with the secrets it has, checked with them", async () => {
    await using database = await temporaryDatabase();
    const checked: unknown[] = [];
    const integration = probe({
      connect: async (credential) => {
        checked.push(credential.apiKey);
        return { account: "found", credential };
      },
    });
    const store = await openStore(database);
    await store.save(integration, input("one"));
    const change = { integration: "probe", account: "one", options: { path: "/elsewhere" } };
    expect(await failure(store.save(integration, change))).toBeInstanceOf(InputError);
    await store.save(integration, { ...change, keepSecrets: true });
    expect(checked).toEqual([canaries.apiKey, canaries.apiKey]);
    expect(await store.read("Probe", "one")).toMatchObject({
      apiKey: canaries.apiKey,
      options: { pin: canaries.pin, path: "/elsewhere" },
    });
    const stranger = store.save(integration, { ...change, account: "two", keepSecrets: true });
    expect(await failure(stranger)).toBeInstanceOf(InputError);
    store.close();
  });

  test("keeps no secret in the place of one that was given while the change was checked", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    let meanwhile = async () => undefined as unknown;
    const integration = probe({
      connect: async (credential) => {
        await meanwhile();
        return { account: "found", credential };
      },
    });
    await store.save(integration, input("one"));
    meanwhile = () => store.save(probe(), { ...input("one"), apiKey: "newer" });
    const change = { ...input("one"), apiKey: undefined, options: { path: "/elsewhere" }, keepSecrets: true };
    const refused = await failure(store.save(integration, change));
    expect(refused).toBeInstanceOf(ConflictError);
    expect(await store.read("Probe", "one")).toMatchObject({ apiKey: "newer", options: { path: "/notes" } });
    meanwhile = async () => undefined;
    await store.save(integration, change);
    expect(await store.read("Probe", "one")).toMatchObject({
      apiKey: "newer",
      options: { path: "/elsewhere" },
    });
  });

  test("takes the same secret, kept by several at the same time, for no conflict", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    await store.save(probe(), input("one"));
    const kept = (path: string) => ({
      ...input("one"),
      apiKey: undefined,
      options: { path },
      keepSecrets: true,
    });
    const paths = ["/a", "/b", "/c"];
    await Promise.all(paths.map((path) => store.save(probe(), kept(path))));
    const stored = await store.read("Probe", "one");
    expect(stored).toMatchObject({ apiKey: input("one").apiKey });
    expect(stored?.options["path"]).toBeOneOf(paths);
  });

  test("forgets one account, or all of an integration, with their secrets", async () => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    for (const account of ["Ada", "Bob", "Cy"]) await store.save(probe(), input(account));
    await store.remove("Probe", "Bob");
    expect((await store.list()).map(({ account }) => account)).toEqual(["Ada", "Cy"]);
    await store.remove("Other");
    await store.remove("Probe");
    expect(await store.list()).toEqual([]);
    const secrets = new Database(join(database.folder, "secrets.db"));
    expect(secrets.query("SELECT * FROM secret").all()).toEqual([]);
    secrets.close();
  });

  test.each([
    [
      "a flipped byte",
      `UPDATE secret SET sealed = substr(sealed, 1, 60) || iif(substr(sealed, 61, 1) = 'x', 'y', 'x') || substr(sealed, 62)`,
    ],
    ["the ciphertext of another account", `UPDATE secret SET sealed = (SELECT max(sealed) FROM secret)`],
    ["rubbish", `UPDATE secret SET sealed = 'rubbish'`],
  ])("asks for a reconnect after %s, and the store goes on", async (_name, sql) => {
    await using database = await temporaryDatabase();
    using store = await openStore(database);
    await store.save(probe(), input("Ada"));
    await store.save(probe(), input("Bob"));
    editSecrets(database.folder, sql);
    const outcomes = await Promise.allSettled(["Ada", "Bob"].map((account) => store.read("Probe", account)));
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    for (const outcome of refused) expect(outcome.reason).toBeInstanceOf(AuthError);
    const statuses = (await store.list()).map(({ status }) => status);
    expect(statuses.filter((status) => status === "needs_reconnect")).toHaveLength(refused.length);
    await store.save(probe(), input("Ada"));
    expect((await store.read("Probe", "Ada"))?.apiKey).toBe(canaries.apiKey);
  });

  test("opens again with its key, and refuses another one", async () => {
    await using database = await temporaryDatabase();
    const store = await openStore(database);
    await store.save(probe(), input("Ada"));
    store.close();
    using again = await openStore(database);
    expect((await again.read("Probe", "Ada"))?.apiKey).toBe(canaries.apiKey);
    writeFileSync(join(database.folder, "stoneturner.key"), Buffer.alloc(32, 7).toString("base64"));
    expect(await failure(openStore(database))).toBeInstanceOf(ConfigError);
  });

  test("says plainly when the secrets file is no database", async () => {
    await using database = await temporaryDatabase();
    writeFileSync(
      join(database.folder, "secrets.db"),
      "not a database at all, but long enough to look".repeat(99),
    );
    expect(messageOf(await failure(openStore(database)))).toMatch(
      /secrets database .* is damaged. Put a copy/,
    );
  });
});
