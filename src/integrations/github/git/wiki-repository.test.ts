/** Git's wire against git itself, and against packs that are broken on purpose. */
import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PermanentError } from "@/core/models/errors";
import { basicAuth } from "@/core/services/http/auth-kinds";
import { temporaryFolder } from "@test/database";
import { clientOf, keepingLogger } from "@test/provider";
import { gitState } from "../../../../test/fakes/github/git";
import { hashOf, readPack } from "./pack";
import { createWikiReader, packetLines } from "./wiki-repository";

/** A real repository behind a real `git upload-pack`. */
function gitServer(files: Record<string, string>, versions = 1) {
  const folder = temporaryFolder();
  const run = (...args: string[]) => {
    const identity = [
      "-c",
      "user.name=Ada",
      "-c",
      "user.email=ada@example.com",
      "-c",
      "init.defaultBranch=master",
    ];
    const { exitCode, stderr } = Bun.spawnSync(["git", ...identity, ...args], { cwd: folder.path });
    if (exitCode !== 0) throw new Error(stderr.toString());
  };
  run("init", "-q");
  for (let version = 1; version <= versions; version++) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), `${text}Version ${version}.\n`);
    }
    run("add", "-A");
    run("commit", "-q", "-m", `v${version}`);
  }
  run("repack", "-adfq", "--depth=20");
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const advertises = request.url.includes("/info/refs");
      const args = [
        "upload-pack",
        "--stateless-rpc",
        ...(advertises ? ["--advertise-refs"] : []),
        folder.path,
      ];
      const stdin = new Uint8Array(await request.arrayBuffer());
      const child = Bun.spawn(["git", ...args], { stdin, stdout: "pipe", stderr: "ignore" });
      const said = Buffer.from(await new Response(child.stdout).arrayBuffer());
      const head = advertises ? Buffer.from("001e# service=git-upload-pack\n0000") : Buffer.alloc(0);
      return new Response(Buffer.concat([head, said]));
    },
  });
  const host = `127.0.0.1:${server.port}`;
  const http = () => clientOf([host]);
  const services = { http, apiUrl: (fallback: string) => fallback, log: keepingLogger() };
  const { signal } = new AbortController();
  return {
    reader: createWikiReader(services, basicAuth("x-access-token", "t"), signal, `http://${host}`),
    [Symbol.asyncDispose]: async () => {
      await server.stop(true);
      folder[Symbol.dispose]();
    },
  };
}

describe.skipIf(Bun.which("git") === null)("a wiki at a real git server", () => {
  test("its newest state is read, folders, differences between similar pages and all", async () => {
    const long = Array.from({ length: 400 }, (_, at) => `Line ${at} of the handbook says ${at * 7}.`).join(
      "\n",
    );
    const files = {
      "Home.md": "# Home\n",
      "yard/Cranes.md": long,
      "yard/Old-cranes.md": `${long}\nOnce.\n`,
      "ü.md": "ü\n",
    };
    await using git = gitServer(files, 3);
    const head = await git.reader.head("harbour/cranes");
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    const found = await git.reader.files("harbour/cranes", head ?? "");
    expect(Object.fromEntries(found.map(({ path, data }) => [path, data.toString()]))).toEqual(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}Version 3.\n`])),
    );
    for (const { sha, data } of found) expect(hashOf({ type: "blob", data })).toBe(sha);
  });

  test("one without a page has no head", async () => {
    await using git = gitServer({}, 0);
    expect(await git.reader.head("harbour/cranes")).toBeUndefined();
  });
});

describe("a pack that is broken", () => {
  const { pack } = gitState(new Map([["Home.md", "Welcome aboard. ".repeat(300)]]));
  const cut = (length: number) => pack.subarray(0, length);
  const changed = (at: number, byte: number) =>
    Buffer.from(pack.map((one, place) => (place === at ? byte : one)));

  test.each<[string, Buffer]>([
    ["is none", Buffer.from("<html>Not found</html>")],
    ["is empty", Buffer.alloc(0)],
    ["ends in its head", cut(9)],
    ["ends in an object", cut(40)],
    ["promises more objects than it has", changed(11, 200)],
    ["says another length", changed(12, (pack[12] ?? 0) ^ 1)],
    ["cannot be unpacked", changed(15, 0xff)],
  ])("because it %s is told so", (_case, bytes) => {
    expect(() => readPack(bytes)).toThrow(PermanentError);
  });

  test("never unpacks more than it may", () => {
    const bomb = Buffer.from([0xbf, 0xff, 0xff, 0xff, 0x7f]);
    const head = Buffer.concat([cut(8), Buffer.from([0, 0, 0, 1]), bomb, Buffer.alloc(50)]);
    expect(() => readPack(head)).toThrow("more than 128 MB");
  });

  test("lines without a length are no answer of git's", () => {
    expect(() => packetLines(Buffer.from("<html>"))).toThrow(PermanentError);
    expect(() => packetLines(Buffer.from("0003"))).toThrow(PermanentError);
  });
});
