import { describe, expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { rotateMeanwhile } from "@test/rotation-child";
import { openSecretsDatabase } from "@/core/db/secrets";
import { ConfigError, messageOf } from "@/core/models/errors";
import { keyFilePath, makeKeyFile, parseKey } from "./key-file";
import { unlock } from "./master-key";

const permissions = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function unlockIn(home: string, encryptionKey?: string): Promise<string> {
  const secrets = await openSecretsDatabase(join(home, "secrets.db"));
  try {
    return (await unlock({ home, encryptionKey }, secrets)).id;
  } finally {
    secrets.close();
  }
}

/** The message that a promise fails with. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return messageOf(error);
}

describe("the master key", () => {
  test("is made at the first start, readable by the owner alone, and found again", async () => {
    using folder = temporaryFolder();
    const first = await unlockIn(folder.path);
    expect(permissions(keyFilePath(folder.path))).toBe("600");
    expect(permissions(join(folder.path, "secrets.db"))).toBe("600");
    expect(await unlockIn(folder.path)).toBe(first);
    expect(readdirSync(folder.path).filter((name) => name.startsWith("stoneturner.key."))).toEqual([]);
  });

  test("comes from the configuration when it is set there, and then makes no file", async () => {
    using folder = temporaryFolder();
    const bytes = randomBytes(32);
    const id = await unlockIn(folder.path, bytes.toString("base64"));
    expect(existsSync(keyFilePath(folder.path))).toBe(false);
    for (const text of [
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      bytes.toString("base64url"),
    ]) {
      expect(await unlockIn(folder.path, ` ${text}\n`)).toBe(id);
    }
  });

  test.each([
    "short",
    "",
    "zz".repeat(32),
    randomBytes(16).toString("base64"),
    randomBytes(33).toString("base64"),
  ])("refuses the malformed key %p with what it takes, and does not repeat it", (text) => {
    expect(() => parseKey(text, "STONETURNER_KEY")).toThrow(ConfigError);
    expect(() => parseKey(text, "STONETURNER_KEY")).toThrow("STONETURNER_KEY does not hold");
  });

  test("refuses another key and changes nothing", async () => {
    using folder = temporaryFolder();
    await unlockIn(folder.path, randomBytes(32).toString("hex"));
    const before = readFileSync(join(folder.path, "secrets.db"));
    expect(await refusal(unlockIn(folder.path, randomBytes(32).toString("hex")))).toContain("is not the key");
    expect(readFileSync(join(folder.path, "secrets.db"))).toEqual(before);
  });

  test("refuses to make a new key where secrets need the lost one", async () => {
    using folder = temporaryFolder();
    await unlockIn(folder.path);
    rmSync(keyFilePath(folder.path));
    expect(await refusal(unlockIn(folder.path))).toContain("is missing");
    expect(existsSync(keyFilePath(folder.path))).toBe(false);
  });

  test("refuses an emptied key file and leaves it", async () => {
    using folder = temporaryFolder();
    writeFileSync(keyFilePath(folder.path), "");
    expect(await refusal(unlockIn(folder.path))).toContain("does not hold an encryption key");
    expect(readFileSync(keyFilePath(folder.path), "utf8")).toBe("");
  });

  test("refuses secrets that lost their check value", async () => {
    using folder = temporaryFolder();
    const secrets = await openSecretsDatabase(join(folder.path, "secrets.db"));
    await secrets.write("id", "st1.a.b.c");
    expect(await refusal(unlock({ home: folder.path, encryptionKey: undefined }, secrets))).toContain(
      "lost its key check value",
    );
    secrets.close();
  });

  test("takes reading rights from others, and the first of two makers wins", () => {
    using folder = temporaryFolder();
    const path = keyFilePath(folder.path);
    const first = makeKeyFile(path);
    chmodSync(path, 0o644);
    expect(makeKeyFile(path).id).toBe(first.id);
    expect(permissions(path)).toBe("600");
  });

  test("is the new one for whoever looks while another process exchanges it", async () => {
    using folder = temporaryFolder();
    const secrets = await openSecretsDatabase(join(folder.path, "stoneturner-secrets.db"));
    const config = { home: folder.path, encryptionKey: undefined };
    const before = await unlock(config, secrets);
    let said = "";
    const readCheck = async () => {
      const check = await secrets.readCheck();
      said ||= rotateMeanwhile({ STONETURNER_HOME: folder.path });
      return check;
    };
    const found = await unlock(config, { ...secrets, readCheck });
    expect(said).toBe("done");
    expect(found.id).not.toBe(before.id);
    expect((await unlock(config, secrets)).id).toBe(found.id);
    secrets.close();
  });
});
