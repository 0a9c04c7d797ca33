import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryDatabase } from "@test/database";
import { bad, good, many, readOnly, runaway } from "@test/hostile-sql";
import { CancelledError, InputError } from "@/core/models/errors";
import type { SqlSandbox } from "@/core/services/app";
import { silentLogger } from "@/core/services/logger";
import { createSqlSandbox } from "./sandbox";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let sandbox: SqlSandbox;

beforeAll(async () => {
  database = await temporaryDatabase();
  fill(database.path);
  const tables = ["mdArtifacts", "chunk", "syncRun", "notes", "notesText", "notYetThere"];
  sandbox = createSqlSandbox({ databasePath: database.path, tables, log: silentLogger });
});
afterAll(async () => {
  await sandbox.close();
  await database[Symbol.asyncDispose]();
});

/** Three artifacts (one of them deleted), a table with every type of value, a full text table, a credential. */
function fill(path: string): void {
  const writer = new Database(path);
  const insert = writer.prepare(
    `INSERT INTO mdArtifacts (id, integrationArtifactId, integration, account, kind, title, updateDate, markdown, keyPoints,
       questionsAnswered, entities, metadata, contentHash, insightState, deletedAt)
     VALUES (?, ?, 'Notes', 'a', 'document', ?, '2026-01-01', ?, '[]', '["q"]', '[]', '{"n":7}', 'h', 'offline', ?)`,
  );
  insert.run("a1", "n1", "Update; plan", "first text", null);
  insert.run("a2", "n2", "Other", "x".repeat(30_000), null);
  insert.run("gone", "n3", "Removed secret", "REMOVED", "2026-01-02");
  const chunk = writer.prepare(
    "INSERT INTO chunk (artifactId, ordinal, startLine, endLine, text) VALUES (?, 0, 1, 1, ?)",
  );
  chunk.run("a1", "first text");
  chunk.run("gone", "REMOVED");
  writer.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT, size INTEGER, data BLOB)");
  writer.run(
    "INSERT INTO notes VALUES (1, 'hello world', 9223372036854775807, x'4142'), (2, 'second', 2, null)",
  );
  writer.run("CREATE VIRTUAL TABLE notesText USING fts5(body)");
  writer.run("INSERT INTO notesText VALUES ('hello world'), ('second note')");
  writer.run("CREATE VIEW v_cred AS SELECT * FROM integrationCredential");
  writer.run(
    `INSERT INTO integrationCredential (id, integration, account, type, status, options, createdAt, updatedAt)
     VALUES ('c', 'Notes', 'a', 'API_KEY', 'connected', '{"tok":"SECRET"}', '', '')`,
  );
  writer.close();
}

async function refusalOf(sql: string): Promise<string> {
  try {
    const { rows } = await sandbox.query(sql);
    return `answered ${JSON.stringify(rows).slice(0, 200)}`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.details.map(({ field }) => field)).toEqual(["sql"]);
    expect(error.explanation).not.toContain(database.folder);
    return error.explanation;
  }
}

describe("statements that are refused", () => {
  test.each(bad)("%p", async (sql, expected) => {
    expect(await refusalOf(sql)).toContain(expected);
  });

  test("VACUUM INTO writes no file", async () => {
    const target = join(database.folder, "stolen.db");
    expect(await refusalOf(`VACUUM INTO '${target}'`)).toContain(readOnly);
    expect(await refusalOf(`EXPLAIN VACUUM INTO '${target}'`)).toContain(readOnly);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(database.folder).every((name) => name.startsWith("stoneturner.db"))).toBe(true);
  });
});

describe("statements that are answered", () => {
  test.each(good)("%p", async (sql, rows) => {
    expect((await sandbox.query(sql)).rows).toEqual(rows);
  });

  test("EXPLAIN QUERY PLAN works", async () => {
    const { rows } = await sandbox.query("EXPLAIN QUERY PLAN SELECT * FROM notes WHERE id = 1");
    expect(JSON.stringify(rows)).toContain("PRIMARY KEY");
  });

  test("exact integers, tagged blobs and columns of the same name are kept", async () => {
    const { columns, rows } = await sandbox.query(
      "SELECT size, data, id AS x, body AS x, 1e999 FROM notes WHERE id = 1",
    );
    expect(columns.slice(0, 4)).toEqual(["size", "data", "x", "x"]);
    expect(rows).toEqual([["9223372036854775807", { blob: "QUI=", bytes: 2 }, 1, "hello world", "Infinity"]]);
  });
});

describe("rows that the source removed or hides", () => {
  test.each([
    ["SELECT id FROM mdArtifacts ORDER BY id", [["a1"], ["a2"]]],
    ["SELECT count(*) FROM mdArtifacts", [[2]]],
    ["SELECT text FROM chunk", [["first text"]]],
    ["SELECT count(*) FROM chunk", [[1]]],
  ])("are not in %p", async (sql, rows) => {
    expect((await sandbox.query(sql)).rows).toEqual(rows);
  });

  test.each([
    "SELECT * FROM main.mdArtifacts",
    "SELECT count(*) FROM main.mdArtifacts",
    "SELECT count(*) FROM main.chunk",
    "WITH mdArtifacts AS (SELECT * FROM main.mdArtifacts) SELECT * FROM mdArtifacts",
    "SELECT * FROM (SELECT * FROM main.mdArtifacts) AS mdArtifacts",
    'SELECT * FROM "main" . [mdArtifacts]',
  ])("cannot be reached by %p", async (sql) => {
    expect(await refusalOf(sql)).toContain("by its plain name");
  });
});

describe("help for mistakes", () => {
  test.each([
    ["SELECT * FROM mdArtifact", "Did you mean mdArtifacts?"],
    ["SELECT * FROM whatever", "Readable tables: "],
    ["SELECT bodi FROM notes", "Did you mean body? notes has id, body, size, data."],
    ["SELECT n.bodi FROM notes n", "Did you mean body?"],
    ["SELECT nofunction(1)", "no such function: nofunction. SQLite's own"],
    ["SELECT now()", "In SQLite that is datetime('now')."],
    ["SELECT DATE_TRUNC('week', body) FROM notes", "In SQLite that is strftime("],
    ["SELECT body FROM notes WHERE 'x' = ANY(body)", "In SQLite that is FROM json_each(column)."],
    ["SELECT body FROM notes WHERE body REGEXP 'x'", "In SQLite that is LIKE or GLOB."],
    ["SELECT lenght(body) FROM notes", "Did you mean length"],
    ["SELECT body FROM notes WHERE body ILIKE 'x'", "LIKE for ILIKE"],
    ["SELECT id::text FROM notes", "cast(x AS TEXT) for x::text"],
    ["SELECT TOP 5 id FROM notes", "LIMIT for TOP"],
    ["SELECT 'it's'", "Close each quote"],
    ["SHOW TABLES", "get_data_source_context lists tables"],
    ["pragma table_info(notes)", "get_data_source_context lists tables"],
  ])("%p", async (sql, expected) => {
    expect(await refusalOf(sql)).toContain(expected);
  });

  test("the schema lists what may be read, and nothing that is missing", async () => {
    const schema = await sandbox.schema();
    expect(schema.map(({ table }) => table).sort()).toEqual([
      "chunk",
      "mdArtifacts",
      "notes",
      "notesText",
      "syncRun",
    ]);
    expect(schema.find(({ table }) => table === "notes")?.columns[2]).toEqual({
      name: "size",
      type: "INTEGER",
    });
  });

  test("a table that is made later is seen without a restart", async () => {
    const writer = new Database(database.path);
    writer.run("CREATE TABLE notYetThere (a)");
    expect((await sandbox.query("SELECT count(*) FROM notYetThere")).rows).toEqual([[0]]);
    writer.run("DROP TABLE notYetThere");
    writer.close();
    expect(await refusalOf("SELECT * FROM notYetThere")).toContain("no table 'notYetThere'");
  });
});

describe("long answers", () => {
  test("stop at 1000 rows and say how to go on", async () => {
    const result = await sandbox.query(
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
    );
    expect(result.rows).toHaveLength(1_000);
    expect(result.truncated).toBe(true);
    expect(result.note).toContain("OFFSET 1000");
  });

  test("stop at 20,000 characters", async () => {
    const result = await sandbox.query(`SELECT printf('%.500c', 'x') FROM (${many})`);
    expect(result.rows.length).toBeGreaterThan(30);
    expect(JSON.stringify(result.rows).length).toBeLessThanOrEqual(20_000);
    expect(result.note).toContain(`OFFSET ${result.rows.length}`);
  });

  test("cut a long value, with a mark", async () => {
    const result = await sandbox.query("SELECT markdown FROM mdArtifacts WHERE id = 'a2'");
    expect(String(result.rows[0]?.[0])).toEndWith("… (+25000 characters)");
    expect(result.note).toContain("substr(");
    const all = await sandbox.query("SELECT * FROM mdArtifacts");
    expect(all.rows.length).toBeGreaterThan(0);
  });
});

describe("the sandbox's process", () => {
  test("is killed by a runaway statement, and the next one is answered", async () => {
    expect(await refusalOf(runaway)).toContain("longer than 2 seconds");
    expect((await sandbox.query("SELECT 1")).rows).toEqual([[1]]);
  });

  test("does not run a cross join to its end", async () => {
    const cross =
      "SELECT count(*) FROM " + ["a", "b", "c", "d", "e"].map((name) => `(${many}) ${name}`).join(", ");
    expect(await refusalOf(cross)).toContain("longer than 2 seconds");
  });

  test("stops when the caller gives up, while others still get their answers", async () => {
    const stop = new AbortController();
    const first = sandbox.query(runaway, stop.signal);
    const second = sandbox.query("SELECT 2");
    setTimeout(() => stop.abort(), 200);
    await expect(first).rejects.toBeInstanceOf(CancelledError);
    expect((await second).rows).toEqual([[2]]);
    await expect(sandbox.query("SELECT 1", AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
  });

  test("does not begin what the caller gave up while the process was starting", async () => {
    const fresh = createSqlSandbox({ databasePath: database.path, tables: [], log: silentLogger });
    const stop = new AbortController();
    const asked = fresh.query(runaway, stop.signal);
    setTimeout(() => stop.abort(), 5);
    await expect(asked).rejects.toBeInstanceOf(CancelledError);
    await asked.catch(() => undefined);
    expect((await fresh.query("SELECT 1")).rows).toEqual([[1]]);
    await fresh.close();
    await expect(fresh.query("SELECT 1")).rejects.toThrow("stopping");
  });

  test("answers the statements of many agents that ask at once, each its own", async () => {
    const asked = Array.from({ length: 100 }, (_, index) => sandbox.query(`SELECT ${index}`));
    expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.[0])).toEqual([...Array(100).keys()]);
  });

  test("answers quick statements while ten endless ones wait for each other, and ends every one of those", async () => {
    const deps = { databasePath: database.path, tables: ["notes"], log: silentLogger };
    const busy = createSqlSandbox({ ...deps, timeoutMs: 600_000 });
    const stop = new AbortController();
    let ended = 0;
    const endless = Array.from({ length: 10 }, () => busy.query(runaway, stop.signal).finally(() => ended++));
    const ends = Promise.allSettled(endless);
    for (let index = 0; index < 3; index++)
      expect((await busy.query("SELECT count(*) FROM notes")).rows).toEqual([[2]]);
    expect(ended).toBe(0);
    stop.abort();
    for (const end of await ends) expect(end).toMatchObject({ status: "rejected" });
    await busy.close();
  });

  test("refuses what waited too long behind slow ones, and what would wait behind 500", async () => {
    const busy = createSqlSandbox({
      databasePath: database.path,
      tables: [],
      log: silentLogger,
      longestWaitMs: 100,
    });
    const stop = new AbortController();
    const slow = busy.query(runaway, stop.signal);
    const asked = Array.from({ length: 505 }, () => busy.query("SELECT 1"));
    setTimeout(() => stop.abort(), 200);
    const [first, ...others] = await Promise.allSettled([slow, ...asked]);
    expect(first.status === "rejected" && first.reason).toBeInstanceOf(CancelledError);
    const reasons = others.map((end) => (end.status === "rejected" ? String(end.reason) : "answered"));
    expect([...new Set(reasons)]).toEqual([expect.stringContaining("Too many queries are waiting")]);
    expect((await busy.query("SELECT 1")).rows).toEqual([[1]]);
    await busy.close();
  });

  test("survives a query that asks for gigabytes", async () => {
    const bomb = `SELECT x, json_group_array(m) OVER (ORDER BY x) FROM (SELECT a.markdown AS m, b.x + c.x AS x
      FROM mdArtifacts a, (${many}) b, (${many}) c)`;
    expect(await refusalOf(bomb)).toMatch(/too large|too much memory|longer than|could not be finished/);
    expect((await sandbox.query("SELECT 1")).rows).toEqual([[1]]);
  });
});
