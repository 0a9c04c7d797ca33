/** Passwords, tokens and the audit log from the command line, with a server that asks for a login beside it. */
import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli, runCommand, startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";

const password = "correct horse canary-cli-55d0";

function place() {
  const folder = temporaryFolder();
  const home = join(folder.path, "home");
  mkdirSync(home, { mode: 0o700 });
  return {
    home,
    path: folder.path,
    cli: (args: string[], input?: string, env: Record<string, string> = {}) =>
      input === undefined ? runCommand(args, { home, env }) : runCli(args, { home, env, input }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

describe("token", () => {
  test("is made alone on standard output, listed without itself, and revoked", async () => {
    using at = place();
    const made = await at.cli(["token", "create", "--name", "ci", "--scope", "read", "--expires", "90d"]);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^st_[\w-]{43}\n$/);
    expect(made.stderr).toContain("asks for a token or a login");
    expect(made.stderr).not.toContain(made.stdout.trim());
    const [listed] = JSON.parse((await at.cli(["token", "list", "--json"])).stdout);
    const days = (Date.parse(listed.expiresAt) - Date.now()) / 86_400_000;
    expect([listed.name, listed.scope, Math.round(days)]).toEqual(["ci", "read", 90]);
    const list = await at.cli(["token"]);
    expect(list.stdout).toMatch(
      new RegExp(`^${listed.id}  read  st_.{4}….{4}  expires .*  never used  ci\n$`),
    );
    expect(list.stdout).not.toContain(made.stdout.trim());
    const revoked = await at.cli(["token", "revoke", listed.id]);
    expect(revoked).toMatchObject({ code: 0, stdout: "Revoked ci.\n" });
    expect(revoked.stderr).toContain("no login is needed any more");
    expect((await at.cli(["token"])).stdout).toContain("revoked");
  });

  test.each([
    [["create", "--scope", "read"], 2, "--name"],
    [["create", "--name", "x"], 2, "--scope"],
    [["create", "--name", "x", "--scope", "root"], 2, "read, sync, admin"],
    [["create", "--name", " ", "--scope", "read"], 2, "1 to 100 characters"],
    [["create", "--name", "x", "--scope", "read", "--expires", "soon"], 2, "such as 90d"],
    [["create", "--name", "x", "--scope", "read", "--expires", "0d"], 2, "such as 90d"],
    [["revoke", "nosuch"], 3, "no token with that id"],
    [["revoke"], 2, "missing required argument"],
  ])("%j ends with %i and says why", async (args, code, reason) => {
    using at = place();
    const result = await at.cli(["token", ...args]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(reason);
    expect(result.stdout).toBe("");
  });
});

describe("password", () => {
  test("comes from standard input, never from an argument, and leaves no trace of itself", async () => {
    using at = place();
    expect(await at.cli(["password", "set", password])).toMatchObject({ code: 2, stdout: "" });
    expect(await at.cli(["password", "set"], "short\n")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("12 to 512 characters"),
    });
    expect(await at.cli(["password", "set"], "")).toMatchObject({ code: 2 });
    const set = await at.cli(["password", "set"], `${password}\nsecond line\n`, { LOG_LEVEL: "debug" });
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining("is set") });
    expect(set.stdout + set.stderr).not.toContain(password);
    for (const file of readdirSync(at.home, { withFileTypes: true }).filter((entry) => entry.isFile())) {
      expect(readFileSync(join(at.home, file.name)).includes("canary-cli")).toBe(false);
    }
    expect((await at.cli(["password", "remove"])).stdout).toContain("is removed");
    expect((await at.cli(["password", "remove"])).stdout).toContain("There was no password");
  });
});

describe("with a server that asks for a login", () => {
  test("a sync takes a token from STONETURNER_TOKEN, and without one says how to get it", async () => {
    using at = place();
    const notes = join(at.path, "notes");
    mkdirSync(notes);
    writeFileSync(join(notes, "a.md"), "# A\n");
    expect((await at.cli(["password", "set"], password)).code).toBe(0);
    const token = async (scope: string) =>
      (await at.cli(["token", "create", "--name", "cli", "--scope", scope])).stdout.trim();
    const [reader, syncer] = [await token("read"), await token("sync")];
    const server = await startServing(["--folder", notes], { home: at.home });
    const sync = (env: Record<string, string>) => at.cli(["sync", "files", "--wait"], undefined, env);
    for (const token of ["", reader, "st_wrong"]) {
      const { code, stderr } = await sync({ STONETURNER_TOKEN: token });
      expect(code).toBe(1);
      expect(stderr).toContain("--scope sync` and set STONETURNER_TOKEN");
      expect(stderr).not.toContain(reader);
    }
    expect(await sync({ STONETURNER_TOKEN: syncer })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("succeeded"),
    });
    // A password that is set while the server runs counts at once.
    const login = (text: string) =>
      fetch(new URL("/api/login", server.url), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ password: text }),
      });
    await at.cli(["password", "set"], `${password} two`);
    expect((await login(`${password} two`)).status).toBe(200);
    expect((await login(password)).status).toBe(401);
    server.child.kill("SIGTERM");
    expect(await server.child.exited).toBe(0);
    expect(await server.log).not.toMatch(/canary-cli|st_[\w-]{20}/);
    const audit = await at.cli(["audit", "--json"]);
    const events = audit.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ actor, action, outcome }) => `${actor}: ${action} ${outcome}`)).toEqual([
      "guest: login refused",
      "owner: login ok",
      "command line: password.set ok",
      "command line: credential.save ok",
      "command line: token.create ok",
      "command line: token.create ok",
      "command line: password.set ok",
      "system: key.create ok",
    ]);
    const refused = await at.cli(["audit", "--outcome", "refused", "--limit", "5"]);
    expect(refused.stdout).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}refused {2}login {2}guest {2}127\.0\.0\.1\n$/,
    );
  });

  test("listening for others takes a password or an admin token, and says how in one line", async () => {
    using at = place();
    const { code, stderr } = await at.cli(["serve"], undefined, { STONETURNER_HOST: "0.0.0.0" });
    expect(code).toBe(1);
    expect(stderr).toContain("`stoneturner password set`");
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
