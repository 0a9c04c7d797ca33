import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { searchResponseSchema } from "@/core/models/search";
import { runCli, runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

/** One data folder with one connected folder of two files, synced once: what most commands need. */
const folder = temporaryFolder();
const home = join(folder.path, "home");
const notes = join(folder.path, "notes");
const cli = (...args: string[]) => runCommand(args, { home });

beforeAll(async () => {
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(join(notes, "drafts"), { recursive: true });
  writeFileSync(
    join(notes, "prices.md"),
    "# Prices\n\nWe raise the price of the Acme plan to 20 euros in March.\n",
  );
  writeFileSync(join(notes, "lunch.md"), "# Lunch\n\nPizza on Friday.\n");
  writeFileSync(join(notes, "drafts", "secret.md"), "# Draft\n\nNot to be read: xylophone.\n");
  const connected = await cli(
    "connect",
    "files",
    "--path",
    notes,
    "--exclude",
    "drafts",
    "--account",
    "Notes",
  );
  expect(connected).toMatchObject({ code: 0, stdout: "Connected Files as Notes.\n" });
  expect(await cli("sync")).toMatchObject({ code: 0 });
});
afterAll(() => folder[Symbol.dispose]());

describe("help", () => {
  test.each([
    "serve",
    "connect",
    "disconnect",
    "sync",
    "search",
    "status",
    "mcp",
    "doctor",
    "migrate",
    "backup",
    "restore",
    "schedule",
  ])("%s explains itself with an example and ends with 0", async (command) => {
    const { code, stdout, stderr } = await cli(command, "--help");
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: stoneturner ${command}`);
    expect(stdout).toContain("Example");
    expect(stderr).toBe("");
  });

  test("the program lists its commands and its exit codes, and says its version", async () => {
    const { stdout } = await cli("--help");
    expect(stdout).toContain("Exit codes");
    expect(stdout).toContain("doctor");
    expect((await cli("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("wrong usage", () => {
  test.each([
    [["nosuch"], 2, "unknown command"],
    [["search"], 2, "missing required argument"],
    [["search", "x", "--bogus"], 2, "unknown option"],
    [["search", "x", "--limit", "51"], 2, "--limit: takes a whole number from 1 to 50."],
    [["search", "x", "--limit", "many"], 2, "--limit"],
    [["search", "x", "--context", "9"], 2, "--context: takes a whole number from 0 to 3."],
    [["search", "x", "--max-tokens", "few"], 2, "--max-tokens: takes a whole number from 100 to 100000."],
    [["search", "x", "--min-date", "soon"], 2, "--min-date: takes an ISO-8601 date"],
    [["serve", "--port", "99999"], 2, "0 to 65535"],
    [["serve", "--folder", "/no/such/folder"], 2, "There is no folder"],
    [["connect", "files", "--path", "/no/such/folder"], 2, "There is no folder"],
    [["connect", "files", "--option", "path"], 2, "not name=value"],
    [["connect", "fiels"], 3, "Did you mean Files?"],
    [["sync", "nosuch"], 3, "There is no integration 'nosuch'."],
    [["sync", "files", "--account", "nobody"], 3, "Connected: Notes."],
  ])("%p ends with %p and says why in plain words", async (args, code, reason) => {
    const result = await cli(...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(reason);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.stdout).toBe("");
  });

  test("a wrong environment is one line that names the variable, with a stack only when asked for", async () => {
    const result = await runCli(["status"], { home, env: { PORT: "http" } });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^stoneturner: .*PORT: takes a port number.*\n$/);
    const debug = await runCli(["status"], { home, env: { PORT: "http", LOG_LEVEL: "debug" } });
    expect(debug.stderr).toMatch(/\n\s+at /);
  });

  test("syncing before anything is connected says how to begin", async () => {
    using empty = temporaryFolder();
    const result = await runCommand(["sync"], { home: empty.path });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("stoneturner connect files --path DIR");
  });
});

describe("search", () => {
  test("shows rank, title, source, date, lines and the passage, without colours off a terminal", async () => {
    const { code, stdout } = await cli("search", "what", "does", "the", "Acme", "plan", "cost?");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ 1\. Prices\n {4}Files · \d{4}-\d\d-\d\d · lines \d+–\d+ {2}file:/);
    expect(stdout).toContain("20 euros");
    expect(stdout).not.toContain("\u001b");
  });

  test("--json prints exactly a search response and nothing else", async () => {
    const { stdout, stderr } = await cli(
      "search",
      "acme",
      "--json",
      "--limit",
      "1",
      "--integration",
      "FILES",
    );
    const response = searchResponseSchema.strict().parse(JSON.parse(stdout));
    expect(response.results.map((hit) => hit.title)).toEqual(["Prices"]);
    expect(response.results[0]?.why).toBeUndefined();
    expect(stderr).toBe("");
  });

  test("--explain says which part of the search found it", async () => {
    expect((await cli("search", "acme", "--explain")).stdout).toMatch(/rank 1, \d\.\d+ of \d\.\d+/);
    const { stdout } = await cli("search", "acme", "--explain", "--json");
    expect(searchResponseSchema.parse(JSON.parse(stdout)).results[0]?.why?.length).toBeGreaterThan(0);
  });

  test("filters narrow it, and nothing found is an answer", async () => {
    const future = await cli("search", "acme", "--min-date", "2999-01-01");
    expect(future.code).toBe(0);
    expect(future.stdout).toContain("Nothing found.");
  });

  test("a filter that names nothing known is an error with near names", async () => {
    const { code, stderr } = await cli("search", "acme", "--integration", "Fils");
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean Files?");
  });

  test("does not find what was left out of the sync", async () => {
    expect((await cli("search", "xylophone")).stdout).not.toContain("Draft");
  });

  test("finds what it found before an upgrade that changes the index, and after going back", async () => {
    for (const version of ["0", "999"]) {
      using database = new Database(join(home, "stoneturner.db"));
      database.run(`UPDATE setting SET value = '${version}' WHERE key = 'searchIndex'`);
      const { stdout, stderr } = await cli("search", "acme");
      expect(stdout).toContain("Prices");
      expect(stderr).toContain("The index is brought up to this version of Stoneturner first");
      expect((await cli("search", "acme")).stderr).toBe("");
    }
  });

  test("ends quietly when its reader goes away", async () => {
    const script = `"${process.execPath}" "${join(import.meta.dir, "../cli.ts")}" search acme --json | head -c 1`;
    const child = Bun.spawn(["bash", "-o", "pipefail", "-c", script], {
      env: { PATH: process.env["PATH"] ?? "", STONETURNER_HOME: home },
      stdout: "pipe",
      stderr: "pipe",
    });
    expect(await new Response(child.stderr).text()).toBe("");
    expect(await child.exited).toBe(0);
  });
});

describe("sync", () => {
  test("without a server it does the work, waits and tells the end on standard output", async () => {
    writeFileSync(join(notes, "new.md"), "# New\n\nBrand new.\n");
    const { code, stdout } = await cli("sync", "files", "--full");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Files Notes: succeeded in [\d.]+ s: 1 new, 0 changed, 0 removed, 2 unchanged/);
    expect((await cli("search", "brand new")).stdout).toContain("New");
  });

  test("ends with 1 and the reason when the source cannot be read any more", async () => {
    using other = temporaryFolder();
    const lost = join(other.path, "lost");
    mkdirSync(lost);
    writeFileSync(join(lost, "a.md"), "a\n");
    await runCommand(["connect", "files", "--path", lost], { home: other.path });
    await Bun.$`rm -r ${lost}`;
    const { code, stdout } = await runCommand(["sync"], { home: other.path });
    expect([1, 4]).toContain(code);
    expect(stdout).toContain("failed");
  });
});

describe("status", () => {
  test("shows server, index, sources and the latest syncs", async () => {
    const { code, stdout } = await cli("status");
    expect(code).toBe(0);
    expect(stdout).toContain("not running");
    expect(stdout).toMatch(/Files\s+connected\s+\d+ artifacts\s+synced .*\s+Notes/);
    expect(stdout).toContain("succeeded");
  });

  test("--json is for programs", async () => {
    const status = JSON.parse((await cli("status", "--json")).stdout);
    expect(status.sources[0]).toMatchObject({ integration: "Files", status: "connected", waiting: 0 });
    expect(status.index.artifacts).toBeGreaterThanOrEqual(2);
    expect(status.runs.length).toBeGreaterThan(0);
  });
});

describe("backup and migrate", () => {
  test("a backup is a private, whole copy that can be searched after a restore", async () => {
    using other = temporaryFolder();
    const target = join(other.path, "stoneturner.db");
    expect(await cli("backup", target)).toMatchObject({ code: 0, stdout: `Wrote ${target}\n` });
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect((await runCommand(["search", "acme"], { home: other.path })).stdout).toContain("Prices");
  });

  test("a file that exists is replaced only when asked, and never the database itself", async () => {
    const target = join(folder.path, "taken.db");
    writeFileSync(target, "precious");
    expect(await cli("backup", target)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--force"),
    });
    expect(readFileSync(target, "utf8")).toBe("precious");
    expect((await cli("backup", target, "--force")).code).toBe(0);
    expect((await cli("backup", join(home, "stoneturner.db"), "--force")).code).toBe(2);
  });

  test("a backup of nothing is an error and makes nothing", async () => {
    using empty = temporaryFolder();
    const result = await runCommand(["backup", join(empty.path, "copy.db")], { home: empty.path });
    expect(result.code).toBe(3);
    expect(readdirSync(empty.path)).toEqual([]);
  });

  test("migrate makes the database, and then has nothing to do", async () => {
    using empty = temporaryFolder();
    const first = await runCommand(["migrate"], { home: empty.path });
    expect(first.stdout).toMatch(/^Applied \d+ migrations?\.\n$/);
    expect(existsSync(join(empty.path, "stoneturner.db"))).toBe(true);
    expect((await runCommand(["migrate"], { home: empty.path })).stdout).toBe(
      "The database is up to date.\n",
    );
  });
});
