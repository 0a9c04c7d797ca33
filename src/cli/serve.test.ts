import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCli, startByNpm, startCli, startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";

/** A data folder and a folder of notes beside it. */
function workplace() {
  const folder = temporaryFolder();
  const home = join(folder.path, "home");
  const notes = join(folder.path, "notes");
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(notes);
  writeFileSync(join(notes, "prices.md"), "# Prices\n\nThe Acme plan costs 20 euros.\n");
  return { home, notes, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

describe("serve", () => {
  test("says where it is, reads its folder, answers other commands, and stops in good order", async () => {
    using place = workplace();
    const { home, notes } = place;
    const server = await startServing(["--folder", notes], { home });
    expect(server.banner).toContain(`${server.url}/mcp`);
    expect(server.banner).toContain(home);
    expect((await fetch(server.url)).status).toBe(200);

    const synced = await runCli(["sync", "files", "--wait"], { home });
    expect(synced).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Files .*: succeeded/) });
    const asked = await runCli(["sync", "files", "--full"], { home });
    expect(asked).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("The server has started 1 sync"),
    });
    expect((await runCli(["search", "acme"], { home })).stdout).toContain("20 euros");
    expect((await runCli(["status"], { home })).stdout).toContain(server.url);
    expect(await runCli(["sync", "nosuch"], { home })).toMatchObject({ code: 3 });

    server.child.kill("SIGTERM");
    expect(await server.child.exited).toBe(0);
    expect(existsSync(join(home, ".cache/server.json"))).toBe(false);
    for (const line of (await server.log).split("\n").filter((text) => text.startsWith("{"))) {
      expect(JSON.parse(line)).toMatchObject({ time: expect.any(String), level: expect.any(String) });
    }
  });

  test("a folder that is connected already keeps its settings and its name, by whatever way it is named", async () => {
    using place = workplace();
    const { home, notes } = place;
    mkdirSync(join(notes, "drafts"));
    writeFileSync(join(notes, "drafts", "plan.md"), "# Plan\n\nNot to be read: xylophone.\n");
    symlinkSync(notes, `${notes}-link`);
    await runCli(["connect", "files", "--path", notes, "--exclude", "drafts", "--account", "Notes"], place);
    const server = await startServing(["--folder", `${notes}-link`, "--folder", notes], place);
    expect(server.banner).toContain("Notes is being read");
    expect(await runCli(["sync", "files", "--wait"], { home })).toMatchObject({ code: 0 });
    server.child.kill("SIGTERM");
    await server.child.exited;
    expect((await runCli(["search", "acme"], { home })).stdout).toContain("20 euros");
    expect((await runCli(["search", "xylophone"], { home })).stdout).not.toContain("Not to be read");
    const audit = (await runCli(["audit"], { home })).stdout;
    expect(audit.split("credential.save")).toHaveLength(2);
  });

  test("on any free port and loopback address, links and consents lead back to exactly that", async () => {
    using place = workplace();
    for (const host of ["127.0.0.1", "::1"]) {
      const server = await startServing([], { home: place.home, env: { STONETURNER_HOST: host } });
      const system = await fetch(new URL("/api/system", server.url)).then((answer) => answer.json());
      expect(system).toMatchObject({ publicUrl: server.url });
      server.child.kill("SIGTERM");
      await server.child.exited;
    }
  });

  test("Ctrl-C stops it with 0, also when a package manager passes it on once more", async () => {
    using place = workplace();
    const server = await startServing([], place);
    server.child.kill("SIGINT");
    server.child.kill("SIGINT");
    expect(await server.child.exited).toBe(0);
    expect(await server.log).toContain("Stopping");
  });

  test("a supervisor that ends npm ends the server, not only the shell between them", async () => {
    using place = workplace();
    const server = await startServing([], place, startByNpm);
    server.child.kill("SIGTERM");
    // Its log ends once no process writes to it any more.
    expect(await server.log).toContain("Stopping");
    await expect(fetch(server.url)).rejects.toThrow();
    expect(existsSync(join(place.home, ".cache/server.json"))).toBe(false);
  });

  test("a port that is taken is one plain line, not a stack", async () => {
    using place = workplace();
    using taken = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("mine") });
    const port = String(taken.port);
    const { code, stderr } = await runCli(["serve", "--port", port], place);
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port}`);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("an address of another machine, and a folder without a name, are told in words", async () => {
    using place = workplace();
    await runCli(["token", "create", "--name", "root", "--scope", "admin"], place);
    const env = { STONETURNER_HOST: "192.0.2.7" };
    const elsewhere = await runCli(["serve", "--port", "9123"], { ...place, env });
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringContaining("Set STONETURNER_HOST to") });
    expect(await runCli(["serve", "--folder", ""], place)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("“Folder” takes the path of a folder"),
    });
  });

  test("a server that was killed does not keep others from syncing", async () => {
    using place = workplace();
    const { home, notes } = place;
    const server = await startServing(["--folder", notes], { home });
    server.child.kill("SIGKILL");
    await server.child.exited;
    expect(existsSync(join(home, ".cache/server.json"))).toBe(true);
    const synced = await runCli(["sync"], { home });
    expect(synced).toMatchObject({ code: 0, stdout: expect.stringContaining("succeeded") });
    expect((await runCli(["status"], { home })).stdout).toContain("not running");
  });
});

describe("mcp", () => {
  test("answers a client over standard input and output, and ends when the client goes", async () => {
    using place = workplace();
    const initialize = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } },
    };
    const child = startCli(["mcp"], { home: place.home });
    void child.stdin.write(`${JSON.stringify(initialize)}\n`);
    await child.stdin.flush();
    const { value } = await child.stdout.getReader().read();
    expect(JSON.parse(new TextDecoder().decode(value))).toMatchObject({
      id: 1,
      result: { serverInfo: { name: "stoneturner" } },
    });
    await child.stdin.end();
    expect(await child.exited).toBe(0);
  });

  test("answers what was asked before its input ended, as when a shell pipes it in", async () => {
    using place = workplace();
    const { home, notes } = place;
    expect(await runCli(["connect", "files", "--path", notes], { home })).toMatchObject({ code: 0 });
    expect(await runCli(["sync"], { home })).toMatchObject({ code: 0 });
    const search = { name: "semantic_search", arguments: { query: "Acme plan" } };
    const asked = [
      { jsonrpc: "2.0", id: 1, method: "tools/call", params: search },
      { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } },
      { jsonrpc: "2.0", id: "last", method: "ping" },
    ];
    const input = asked.map((message) => `${JSON.stringify(message)}\n`).join("");
    const { code, stdout } = await runCli(["mcp"], { home, input });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(answers).toContainEqual(expect.objectContaining({ id: "last", result: {} }));
    expect(JSON.stringify(answers)).toContain("20 euros");
    expect(code).toBe(0);
  });
});
