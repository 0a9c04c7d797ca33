/** Mutations of hostile and of good statements, sent to the SQL sandbox: nothing may be written, told or left hanging. */
import { Database } from "bun:sqlite";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { StoneturnerError } from "@/core/models/errors";
import { silentLogger } from "@/core/services/logger";
import { createSqlSandbox } from "@/core/services/sql/sandbox";
import { temporaryDatabase } from "./database";
import { bad, good } from "./hostile-sql";
import { createRandom, type Random } from "./random";

const canary = "CANARYWORD";
/** Short, so that the many mutants of endless statements do not take hours. */
const TIMEOUT_MS = 300;
/** Waiting for longer than this is a hang: the deadline, the next process, a busy machine. */
const HANG_MS = 20_000;
const LOOK_EVERY = 500;

export interface FuzzReport {
  seed: number;
  runs: number;
  answered: number;
  refused: number;
  stopped: number;
  slowestMs: number;
  /** What must not happen, each with the statement that did it. */
  findings: string[];
}

const fragments = [
  ";",
  "--",
  "/*",
  "*/",
  "'",
  '"',
  "[",
  "`",
  "\0",
  "\uFEFF",
  "；",
  "(",
  ")",
  ",",
  "integrationCredential",
  "main.integrationCredential",
  "temp.",
  "v_cred",
  "sqlite_master",
  "pragma_table_info('integrationCredential')",
  "stguard_notes",
  "notes",
  "mdArtifacts",
  "chunk",
  "deletedAt IS NOT NULL",
  "OR 1=1",
  "UNION ALL SELECT options FROM integrationCredential",
  "UNION SELECT markdown FROM mdArtifacts",
  "ATTACH ':memory:' AS m",
  "VACUUM INTO 'fuzz.db'",
  "DELETE FROM notes",
  "RETURNING *",
  "INSERT INTO notes VALUES (9, 'x', 1, null)",
  "PRAGMA writable_schema=1",
  "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c)",
  "WITH integrationCredential AS (SELECT 1)",
  "EXPLAIN",
  "NATURAL JOIN mdArtifacts",
  "LEFT JOIN integrationCredential ON 1",
  "group_concat(markdown)",
  "json_group_array(body)",
  "load_extension('x')",
  "zeroblob(99999999)",
  "?1",
  ":a",
  "9223372036854775808",
  "x'00ff'",
  "COLLATE nocase",
  "INDEXED BY x",
];

const hostileSeeds = bad.map(([sql]) => sql.slice(0, 4_000));
const goodSeeds = good.map(([sql]) => sql);
const tokensOf = (sql: string): string[] => sql.match(/\w+|\s+|[^\w\s]/gu) ?? [""];

/** A statement with one to three changes. More than half come from good ones, which get further before they are refused. */
function mutate({ next, below, pick }: Random): string {
  const seed = () => pick(next() < 0.6 ? goodSeeds : hostileSeeds);
  let sql = seed();
  for (let left = 1 + below(3); left > 0; left--) {
    const tokens = tokensOf(sql);
    const at = below(tokens.length);
    const others = tokensOf(seed());
    const token = tokens[at] ?? "";
    const changes: (() => void)[] = [
      () => tokens.splice(at, 1 + below(3)),
      () => tokens.splice(at, 0, ` ${pick(fragments)} `),
      () => tokens.splice(at, 1, pick(fragments)),
      () => tokens.splice(at, 0, ...tokens.slice(at, at + 6)),
      () => tokens.splice(at, 4, ...others.slice(below(others.length)).slice(0, 8)),
      () => tokens.splice(at, 1, next() < 0.5 ? token.toUpperCase() : `"${token}"`),
      () => tokens.splice(0, tokens.length, "SELECT * FROM (", ...tokens, ")"),
      () => tokens.splice(0, tokens.length, "WITH w AS (", ...tokens, ") SELECT * FROM w, mdArtifacts"),
      () => tokens.splice(at, 1, String.fromCharCode(below(256))),
    ];
    pick(changes)();
    sql = tokens.join("");
  }
  return sql;
}

/** Sends `runs` mutations, the same ones for the same seed. */
export async function fuzzSql(runs: number, seed: number): Promise<FuzzReport> {
  await using database = await temporaryDatabase();
  fill(database.path);
  const tables = ["mdArtifacts", "chunk", "syncRun", "notes", "notesText"];
  const sandbox = createSqlSandbox({
    databasePath: database.path,
    tables,
    log: silentLogger,
    timeoutMs: TIMEOUT_MS,
  });
  const random = createRandom(seed);
  const report: FuzzReport = { seed, runs, answered: 0, refused: 0, stopped: 0, slowestMs: 0, findings: [] };
  const traces = () => tracesOf([database.folder, process.cwd()]);
  let before = traces();
  for (let run = 1; run <= runs; run++) {
    const sql = mutate(random);
    await send(sql);
    if (run % LOOK_EVERY !== 0 && run !== runs) continue;
    const after = traces();
    if (after !== before) report.findings.push(`Something was written by one of ${LOOK_EVERY} until: ${sql}`);
    before = after;
  }
  await sandbox.close();
  return report;

  async function send(sql: string): Promise<void> {
    const started = performance.now();
    const hang = Promise.withResolvers<string>();
    const timer = setTimeout(() => hang.resolve("hang"), HANG_MS);
    const said = await Promise.race([answerTo(sql), hang.promise]);
    clearTimeout(timer);
    report.slowestMs = Math.max(report.slowestMs, Math.round(performance.now() - started));
    if (said === "hang") report.findings.push(`A hang: ${JSON.stringify(sql)}`);
    if (said.includes(canary)) report.findings.push(`A secret was told: ${JSON.stringify(sql)}`);
  }

  async function answerTo(sql: string): Promise<string> {
    try {
      const { rows } = await sandbox.query(sql);
      report.answered++;
      return JSON.stringify(rows);
    } catch (error) {
      if (!(error instanceof StoneturnerError))
        throw new Error(`The statement ${sql} broke it.`, { cause: error });
      if (error.message.includes("was stopped")) report.stopped++;
      else report.refused++;
      return `${error.explanation} ${JSON.stringify(error)}`;
    }
  }
}

/** Content of the databases and names of everything beside them. The log of reads (`-shm`) is not content. */
function tracesOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const name of readdirSync(folder).toSorted()) {
      hash.update(`${name}\n`);
      if (/\.db(-wal)?$/.test(name)) hash.update(readFileSync(`${folder}/${name}`));
    }
  }
  return hash.digest("hex");
}

/** One row of each kind that may be read, and the canary in all that may not: a credential, a removed artifact. */
function fill(path: string): void {
  const writer = new Database(path);
  const insert = writer.prepare(
    `INSERT INTO mdArtifacts (id, integrationArtifactId, integration, account, kind, title, updateDate, markdown, keyPoints,
       questionsAnswered, entities, metadata, contentHash, insightState, deletedAt)
     VALUES (?, ?, 'Notes', 'a', 'document', ?, '2026-01-01', ?, '[]', '["q"]', '[]', '{}', 'h', 'offline', ?)`,
  );
  insert.run("a1", "n1", "Update; plan", "first text", null);
  insert.run("gone", "n3", canary, canary, "2026-01-02");
  const chunk = writer.prepare(
    "INSERT INTO chunk (artifactId, ordinal, startLine, endLine, text) VALUES (?, 0, 1, 1, ?)",
  );
  chunk.run("a1", "first text");
  chunk.run("gone", canary);
  writer.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT, size INTEGER, data BLOB)");
  writer.run("INSERT INTO notes VALUES (1, 'hello world', 9223372036854775807, x'4142')");
  writer.run("CREATE VIRTUAL TABLE notesText USING fts5(body)");
  writer.run("INSERT INTO notesText VALUES ('hello world')");
  writer.run("CREATE VIEW v_cred AS SELECT * FROM integrationCredential");
  writer.run(
    `INSERT INTO integrationCredential (id, integration, account, type, status, options, createdAt, updatedAt)
     VALUES ('c', 'Notes', '${canary}', 'API_KEY', 'connected', '{"tok":"${canary}"}', '', '')`,
  );
  writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
}
