/** The key exchanged while processes are killed at every step, and while a server goes on. */
import { describe, expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testApp, type TestApp } from "@test/app";
import { runCli } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { vaultSource } from "@test/http";
import { rotateInChild, rotateMeanwhile } from "@test/rotation-child";
import { parseConfig } from "@/core/config";
import { ConfigError } from "@/core/models/errors";
import { keyFilePath, nextKeyPath } from "./key-file";
import { rotateKey } from "./rotate-key";

const accounts = ["Ada", "Bob"];
const steps = [
  "key until now read",
  "next key on disk",
  "about to commit",
  "encrypted anew",
  "key in place",
  "old ciphertexts wiped",
];

const open = (home: string, environment: Record<string, string> = {}) =>
  testApp({ home, integrations: [vaultSource], environment });

async function fill(app: TestApp): Promise<void> {
  for (const account of accounts) {
    const input = {
      integration: "Vault",
      account,
      apiKey: `key of ${account}`,
      options: { pin: `pin of ${account}` },
    };
    await app.credentials.save(app.registry.find("Vault"), input);
  }
}

async function expectWhole(app: TestApp): Promise<void> {
  for (const account of accounts) {
    const read = await app.credentials.read("Vault", account);
    expect(read).toMatchObject({ apiKey: `key of ${account}`, options: { pin: `pin of ${account}` } });
  }
}

/** Which key each ciphertext and the check value are of. */
async function keyIds(app: TestApp): Promise<Set<string | undefined>> {
  const rows = await app.secrets("SELECT sealed AS text FROM secret UNION ALL SELECT value FROM meta");
  return new Set(rows.map(({ text }) => String(text).split(".")[1]));
}

describe("exchanging the key", () => {
  test.each(steps)(
    "survives kill -9 at: %s",
    async (step) => {
      using folder = temporaryFolder();
      const env = { STONETURNER_HOME: folder.path };
      const first = await open(folder.path);
      await fill(first);
      const [keyBefore] = await keyIds(first);
      await first.close();
      expect(await rotateInChild(env, step)).toBe("killed");
      // Whichever key counts now, it opens everything, without a command in between.
      const between = await open(folder.path);
      await expectWhole(between);
      expect((await keyIds(between)).size).toBe(1);
      await between.close();
      expect(await rotateInChild(env)).toBe("done");
      const after = await open(folder.path);
      await expectWhole(after);
      const [keyAfter, ...others] = await keyIds(after);
      expect(others).toEqual([]);
      expect(keyAfter).not.toBe(keyBefore);
      await after.close();
      expect(existsSync(nextKeyPath(folder.path))).toBe(false);
      expect((statSync(keyFilePath(folder.path)).mode & 0o777).toString(8)).toBe("600");
    },
    60_000,
  );

  test("by two processes at once leaves the key that the secrets are of", async () => {
    using folder = temporaryFolder();
    const env = { STONETURNER_HOME: folder.path };
    const before = await open(folder.path);
    await fill(before);
    await before.close();
    let said = "";
    const slower = await rotateKey(parseConfig(env), {
      failpoint: (name) => {
        if (name === "key until now read") said = rotateMeanwhile(env);
      },
    });
    expect(said).toBe("done");
    expect(slower).toEqual({ secrets: 0, unreadable: 0, reencrypted: false });
    const between = await open(folder.path);
    await expectWhole(between);
    await between.close();
    expect(await rotateInChild(env)).toBe("done");
    const after = await open(folder.path);
    await expectWhole(after);
    await after.close();
  });

  test("leaves no ciphertext of the old key in the files", async () => {
    using folder = temporaryFolder();
    const app = await open(folder.path);
    await fill(app);
    const [keyBefore = ""] = await keyIds(app);
    await app.close();
    expect(await rotateInChild({ STONETURNER_HOME: folder.path })).toBe("done");
    for (const name of ["stoneturner-secrets.db", "stoneturner-secrets.db-wal"]) {
      const path = join(folder.path, name);
      if (existsSync(path)) expect(readFileSync(path).includes(`st1.${keyBefore}`)).toBe(false);
    }
  });

  test("goes on under a server that runs: it reads and writes with the new key", async () => {
    await using app = await testApp({ integrations: [vaultSource] });
    await fill(app);
    expect((await runCli(["key", "rotate"], { home: app.folder })).stdout).toContain("2 secrets");
    await app.credentials.save(app.registry.find("Vault"), {
      integration: "Vault",
      account: "Cy",
      apiKey: "new one",
    });
    await expectWhole(app);
    expect(await app.credentials.read("Vault", "Cy")).toMatchObject({ apiKey: "new one" });
    expect((await keyIds(app)).size).toBe(1);
    const { events } = await app.access.audit.list({ action: "key.rotate" });
    expect(events).toHaveLength(1);
  });

  test("takes its successor from the environment where the key comes from there", async () => {
    using folder = temporaryFolder();
    const [STONETURNER_KEY, other] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];
    const app = await open(folder.path, { STONETURNER_KEY });
    await fill(app);
    await app.close();
    const env = { STONETURNER_HOME: folder.path, STONETURNER_KEY };
    expect(await rotateInChild(env)).toContain("STONETURNER_KEY_NEXT");
    expect(await rotateInChild({ ...env, STONETURNER_KEY_NEXT: other }, "about to commit")).toBe("killed");
    await (await open(folder.path, { STONETURNER_KEY })).close();
    for (let times = 0; times < 2; times++) {
      const home = { home: folder.path, env: { STONETURNER_KEY, STONETURNER_KEY_NEXT: other } };
      expect(await runCli(["key", "rotate"], home)).toMatchObject({ code: 0 });
    }
    const after = await open(folder.path, { STONETURNER_KEY: other });
    await expectWhole(after);
    await after.close();
    await expect(open(folder.path, { STONETURNER_KEY })).rejects.toThrow(ConfigError);
    expect(existsSync(keyFilePath(folder.path))).toBe(false);
  });

  test("keeps what opened with no key as it is, and changes nothing where the old key is wrong", async () => {
    using folder = temporaryFolder();
    const app = await open(folder.path);
    await fill(app);
    await app.secrets("UPDATE secret SET sealed = sealed || 'x' WHERE rowid = 1");
    await app.close();
    const key = readFileSync(keyFilePath(folder.path));
    const bytes = readFileSync(join(folder.path, "stoneturner-secrets.db"));
    writeFileSync(keyFilePath(folder.path), randomBytes(32).toString("hex"));
    expect(await rotateInChild({ STONETURNER_HOME: folder.path })).toContain("is not the key");
    expect(readFileSync(join(folder.path, "stoneturner-secrets.db")).equals(bytes)).toBe(true);
    writeFileSync(keyFilePath(folder.path), key);
    const { stdout, stderr } = await runCli(["key", "rotate"], { home: folder.path });
    expect(stdout).toContain("1 secret ");
    expect(stderr).toContain("connect those accounts again");
  });

  test("that was begun and not ended is found by the doctor", async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).close();
    await rotateInChild({ STONETURNER_HOME: folder.path }, "next key on disk");
    const { stdout, code } = await runCli(["doctor"], { home: folder.path });
    expect(code).toBe(1);
    expect(stdout).toContain("stoneturner key rotate");
  });
});
