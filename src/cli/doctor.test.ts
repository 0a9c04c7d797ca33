import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/core/db/open";
import { searchProblems } from "@/core/db/queries/search-health";
import { TransientError } from "@/core/models/errors";
import { StageLedger } from "@/core/services/background/stage-ledger";
import { ensureIndex } from "@/core/services/index/index-schema";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { noteProblem, wantVersion } from "@/core/services/index/vector-versions";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

/** A data folder that was started once. */
async function startedFolder() {
  const folder = temporaryFolder();
  await runCommand(["status"], { home: folder.path });
  return folder;
}

const doctor = async (home: string, env: Record<string, string> = {}) => {
  const result = await runCommand(["doctor", "--json"], { home, env });
  const { ok, findings } = JSON.parse(result.stdout) as {
    ok: boolean;
    findings: { check: string; message: string; fix?: string }[];
  };
  return { code: result.code, ok, wrong: findings.filter((finding) => finding.fix !== undefined), findings };
};

describe("doctor", () => {
  test("finds nothing wrong with a fresh data folder, and ends with 0", async () => {
    using folder = await startedFolder();
    const result = await doctor(folder.path);
    expect(result).toMatchObject({ code: 0, ok: true, wrong: [] });
    expect(result.findings.map((finding) => finding.check)).toEqual(
      expect.arrayContaining([
        "folder",
        "key",
        "disk",
        "port",
        "clock",
        "integrity",
        "index",
        "runs",
        "waiting",
        "secrets",
        "search",
        "vectors",
        "insights",
        "log",
        "schedules",
      ]),
    );
  });

  test("says so in words, each wrong thing with its fix", async () => {
    using folder = await startedFolder();
    chmodSync(join(folder.path, "stoneturner.db"), 0o644);
    const { code, stdout } = await runCommand(["doctor"], { home: folder.path });
    expect(code).toBe(1);
    expect(stdout).toContain("wrong  The database can be read by others");
    expect(stdout).toContain(`→ Run: chmod 600 "${join(folder.path, "stoneturner.db")}"`);
    expect(stdout).toContain("1 thing to mend.");
  });

  test("before the first start there is nothing to examine and nothing wrong", async () => {
    using folder = temporaryFolder();
    expect(await doctor(join(folder.path))).toMatchObject({ code: 0, ok: true });
  });

  test("finds a key file that others can read, one that is missing, and a key that does not fit", async () => {
    using folder = await startedFolder();
    const key = join(folder.path, "stoneturner.key");
    chmodSync(key, 0o640);
    expect((await doctor(folder.path)).wrong).toMatchObject([{ check: "key" }]);
    const other = "0".repeat(64);
    expect((await doctor(folder.path, { STONETURNER_KEY: other })).wrong).toMatchObject([{ check: "open" }]);
    rmSync(key);
    expect((await doctor(folder.path)).wrong[0]).toMatchObject({ check: "key" });
  });

  test("finds a database that is no database any more", async () => {
    using folder = await startedFolder();
    for (const end of ["-wal", "-shm"]) rmSync(join(folder.path, `stoneturner.db${end}`), { force: true });
    writeFileSync(
      join(folder.path, "stoneturner.db"),
      "not a database, and long enough to be read. ".repeat(50),
    );
    const { code, wrong } = await doctor(folder.path);
    expect(code).toBe(1);
    expect(wrong[0]).toMatchObject({ check: "integrity", fix: expect.stringContaining("backups") });
  });

  test("comes to its end whatever is damaged, with all it found, and says which database it is", async () => {
    using folder = await startedFolder();
    const [main, secrets] = ["stoneturner.db", "stoneturner-secrets.db"].map((name) =>
      join(folder.path, name),
    );
    for (const path of [main, secrets]) {
      if (path === undefined) continue;
      const whole = readFileSync(path);
      for (let page = 1; page * 4096 < Math.min(whole.length, 8 * 4096); page++) {
        writeFileSync(path, Buffer.from(whole).fill(0xa7, page * 4096, (page + 1) * 4096));
        const { code, wrong, findings } = await doctor(folder.path);
        expect(code).toBe(1);
        expect(findings.map(({ check }) => check)).toEqual(
          expect.arrayContaining(["folder", "disk", "port"]),
        );
        const told = wrong.map(({ message, fix = "" }) => message + fix).join();
        if (path === secrets) expect(told).not.toMatch(/restore FILE|The database/);
        else expect(told).toContain("stoneturner restore FILE");
      }
      writeFileSync(path, whole);
    }
    expect(await doctor(folder.path)).toMatchObject({ code: 0 });
  });

  test("changes nothing: neither makes what is missing, nor brings up to date what is older", async () => {
    using folder = await startedFolder();
    const path = join(folder.path, "stoneturner.db");
    await runCommand(["connect", "files", "--path", folder.path], { home: folder.path });
    for (const name of ["stoneturner-secrets.db", "stoneturner.key"]) rmSync(join(folder.path, name));
    expect((await doctor(folder.path)).wrong).toMatchObject([
      { check: "secrets", message: expect.stringContaining("is missing") },
    ]);
    expect(existsSync(join(folder.path, "stoneturner.key"))).toBe(false);
    await runCommand(["status"], { home: folder.path });
    const { db, close } = openDatabase(path);
    const ledger = `"__stoneturnerMigrations"`;
    const applied = () => db.raw.all(`SELECT count(*) AS n FROM ${ledger}`);
    await db.raw.run(`DELETE FROM ${ledger} WHERE createdAt = (SELECT max(createdAt) FROM ${ledger})`);
    const before = await applied();
    const { code, findings } = await doctor(folder.path);
    expect({ code, checks: findings.map(({ check }) => check) }).toMatchObject({
      code: 0,
      checks: expect.arrayContaining(["version"]),
    });
    expect(await applied()).toEqual(before);
    close();
  });

  test("finds a database that is gone or empty where there was one", async () => {
    using folder = await startedFolder();
    const path = join(folder.path, "stoneturner.db");
    writeFileSync(path, "");
    const lost = [{ check: "database", fix: expect.stringContaining("stoneturner restore FILE") }];
    expect((await doctor(folder.path)).wrong).toMatchObject(lost);
    rmSync(path);
    expect((await doctor(folder.path)).wrong).toMatchObject(lost);
    expect(existsSync(path)).toBe(false);
  });

  test("tells a port that nobody may have from one that is taken, and a host that is not here", async () => {
    using folder = await startedFolder();
    const { wrong } = await doctor(folder.path, { STONETURNER_HOST: "192.0.2.7", PORT: "9000" });
    expect(wrong).toMatchObject([{ check: "port", fix: expect.stringContaining("STONETURNER_HOST") }]);
  });

  test("looks at the disk of a database that lies elsewhere", async () => {
    using folder = temporaryFolder();
    const { findings } = await doctor(join(folder.path, "home"), {
      DATABASE_URL: `file:${join(folder.path, "elsewhere", "main.db")}`,
    });
    expect(findings.filter(({ check }) => check === "disk")).toMatchObject([
      { message: expect.stringContaining("the data folder") },
      { message: expect.stringContaining("the database") },
    ]);
  });

  test("finds syncs that hang, dates in the future, waiting artifacts and rows without an owner", async () => {
    using folder = await startedFolder();
    const { db, close } = openDatabase(join(folder.path, "stoneturner.db"));
    const counts = "seen, inserted, updated, unchanged, deleted, skipped, failed, resumes";
    const run = `INSERT INTO syncRun (id, integration, account, mode, "trigger", state, createdAt, confirmDeletions, ${counts})`;
    await db.raw.run(
      `${run} VALUES ('old', 'Files', 'a', 'full', 'cli', 'running', '2020-01-01', 0, 0,0,0,0,0,0,0,0)`,
    );
    await db.raw.run(
      `${run} VALUES ('new', 'Files', 'b', 'full', 'cli', 'failed', '2999-01-01', 0, 0,0,0,0,0,0,0,0)`,
    );
    const artifact =
      "id, integrationArtifactId, integration, account, kind, title, updateDate, markdown, keyPoints";
    await db.raw.run(
      `INSERT INTO mdArtifacts (${artifact}, questionsAnswered, entities, metadata, contentHash, insightState)
       VALUES ('x', 'x', 'Files', 'a', 'document', 'X', '2020-01-01', '', '[]', '[]', '[]', '{}', 'h', 'pending')`,
    );
    await db.raw.run("PRAGMA foreign_keys = OFF");
    await db.raw.run(`INSERT INTO chunk VALUES (99, 'nobody', 0, 1, 1, NULL, 'text')`);
    close();
    const { wrong } = await doctor(folder.path);
    expect(wrong.map((finding) => finding.check).sort()).toEqual([
      "clock",
      "index",
      "integrity",
      "runs",
      "waiting",
    ]);
  });

  test("says how what a wrong clock dated is brought back, and is well again once that is done", async () => {
    using folder = await startedFolder();
    const { db, close } = openDatabase(join(folder.path, "stoneturner.db"));
    const counts = "seen, inserted, updated, unchanged, deleted, skipped, failed, resumes";
    await db.raw.run(
      `INSERT INTO syncRun (id, integration, account, mode, "trigger", state, createdAt, confirmDeletions, ${counts})
       VALUES ('new', 'Files', 'b', 'full', 'cli', 'failed', '2999-01-01T00:00:00.000Z', 0, 0,0,0,0,0,0,0,0)`,
    );
    close();
    expect((await doctor(folder.path)).wrong).toMatchObject([
      { check: "clock", fix: expect.stringContaining("stoneturner doctor --settle-dates") },
    ]);
    const settled = await runCommand(["doctor", "--settle-dates"], { home: folder.path });
    expect(settled).toMatchObject({ code: 0, stderr: expect.stringContaining("1 sync and 0 artifacts") });
    expect((await doctor(folder.path)).wrong).toEqual([]);
  });

  test("finds schedules that are late, held back, or never run at all", async () => {
    using folder = await startedFolder();
    await runCommand(["schedule", "set", "files", "hourly"], { home: folder.path });
    expect((await doctor(folder.path)).wrong).toEqual([]);
    expect((await doctor(folder.path, { CRON_ENABLED: "false" })).wrong).toMatchObject([
      { check: "schedules", fix: expect.stringContaining("CRON_ENABLED") },
    ]);
    const { db, close } = openDatabase(join(folder.path, "stoneturner.db"));
    await db.raw.run(
      "UPDATE syncSchedule SET nextRunAt = '2026-01-01T00:00:00.000Z', pausedReason = 'No key.'",
    );
    close();
    expect((await doctor(folder.path)).wrong.map((finding) => finding.message)).toEqual([
      "The schedule of Files should have run at 2026-01-01T00:00:00.000Z.",
      "The schedule of Files could not run: No key.",
    ]);
  });

  test("finds models that do not answer as they should, and forgets them once they do", async () => {
    using folder = await startedFolder();
    const { db, close } = openDatabase(join(folder.path, "stoneturner.db"));
    const insights = { INSIGHTS_MODEL: "m", INSIGHTS_BASE_URL: "http://127.0.0.1:1/v1" };
    const ledger = new StageLedger(db, "insights", "m", { perHour: 1, perDay: 1 }, Date.now);
    await wantVersion(db, inlineEmbedder);
    await noteProblem(db, undefined, "The model openai:m refuses the key (401).");
    await ledger.pause(new TransientError("The model m does not answer."));
    const { wrong, code } = await doctor(folder.path, insights);
    expect(code).toBe(1);
    expect(wrong).toMatchObject([
      {
        check: "vectors",
        message: "Vectors are not made: The model openai:m refuses the key (401).",
        fix: expect.stringContaining("EMBEDDING_MODEL"),
      },
      {
        check: "insights",
        message: "The language model makes no insights: The model m does not answer.",
        fix: expect.stringContaining("INSIGHTS_MODEL"),
      },
    ]);
    expect((await doctor(folder.path)).wrong).toMatchObject([{ check: "vectors" }]);
    await noteProblem(db, undefined, null);
    close();
    expect((await doctor(folder.path)).wrong).toEqual([]);
  });

  test("finds search rows without a passage, and a write-ahead log that grew without end", async () => {
    using folder = await startedFolder();
    const path = join(folder.path, "stoneturner.db");
    const { db, close } = openDatabase(path);
    await ensureIndex(db);
    await db.raw.run("INSERT INTO searchChunk VALUES (7, 7, 0, 1)");
    await db.raw.run(
      "INSERT INTO searchArtifact VALUES (7, 'nobody', 'Files', 'a', 'document', NULL, 1, 1, 1, NULL, NULL)",
    );
    expect(await searchProblems(db)).toEqual([
      "1 search rows of passages that are gone",
      "1 search rows of artifacts that are gone",
    ]);
    truncateSync(`${path}-wal`, 300_000_000);
    const { wrong } = await doctor(folder.path);
    expect(wrong.map((finding) => finding.check)).toEqual(["search", "log"]);
    close();
  });

  test("finds another program on the server's port", async () => {
    using folder = await startedFolder();
    using taken = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("mine") });
    const { wrong } = await doctor(folder.path, { PORT: String(taken.port) });
    expect(wrong).toMatchObject([{ check: "port", fix: expect.stringContaining("--port") }]);
  });
});
