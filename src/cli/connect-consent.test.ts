import { describe, expect, test } from "bun:test";
import { runCli, startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";

// Every command is a process of its own, which takes its time on a busy machine.
const client = {
  NOTION_OAUTH_CLIENT_ID: "client-id",
  NOTION_OAUTH_CLIENT_SECRET: "canary-client-secret",
};
const publicly = { BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example" };
const address = /^https:\/\/stone\.example\/api\/oauth\/notion\/open\?ticket=[\w-]{43}\n$/;

describe("connecting a source by consent, with no server", () => {
  test.each([
    [
      "variables",
      { STONETURNER_ACCESS_KEY: "client-id", STONETURNER_SECRET_KEY: "canary-client-secret" },
      [],
      "",
    ],
    ["standard input", {}, ["--stdin"], "accessKey=client-id\nsecretKey=canary-client-secret\n"],
  ])("prints the address to open and no secret: client from %s", async (_from, given, more, input) => {
    using folder = temporaryFolder();
    const env = { ...publicly, ...given };
    const args = ["connect", "notion", ...more];
    const { code, stdout, stderr } = await runCli(args, { home: folder.path, env, input });
    expect(stderr).toContain("has to allow https://stone.example/api/oauth/notion.");
    expect(stderr).toContain("stoneturner serve");
    expect(stdout).toMatch(address);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain("canary");
  });

  test("without an application it says where one comes from, and prints no address", async () => {
    using folder = temporaryFolder();
    const ended = await runCli(["connect", "notion"], { home: folder.path });
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("NOTION_OAUTH_CLIENT_ID");
  });
});

test("a running server is asked: with its application, at its address, and only by whoever may", async () => {
  using folder = temporaryFolder();
  const home = folder.path;
  const server = await startServing([], { home, env: client });
  const ended = await runCli(["connect", "notion"], { home });
  expect(ended.stderr).toStartWith("Open this address");
  expect(ended.stdout).toContain("/api/oauth/notion/open?ticket=");
  const { pathname, search } = new URL(ended.stdout.trim());
  const departure = await fetch(new URL(pathname + search, server.url), { redirect: "manual" });
  expect(departure.status).toBe(303);
  const consent = new URL(departure.headers.get("location") ?? "");
  expect([consent.host, consent.searchParams.get("client_id")]).toEqual(["api.notion.com", "client-id"]);

  const made = await runCli(["token", "create", "--name", "cli", "--scope", "admin"], { home });
  const refused = await runCli(["connect", "notion"], { home });
  expect(refused.stderr).toContain("--scope admin");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  const env = { STONETURNER_TOKEN: made.stdout.trim() };
  expect(await runCli(["connect", "notion"], { home, env })).toMatchObject({ code: 0 });
  server.child.kill("SIGTERM");
  expect(await server.child.exited).toBe(0);
});
