import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { nextTurn } from "@/lib/next-turn";
import { RightOfWay } from "@/lib/right-of-way";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { artifactRow } from "@test/search";
import { distilTogether } from "./distil-together";
import { WorkThreads } from "./work-threads";

const never = new AbortController().signal;
const source = { integration: "notes" };

async function fill(db: Db, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, n) => artifactRow(`a${from + n}`, `Note ${from + n}.`));
  await db.insert(mdArtifacts).values(rows);
}

/** How many artifacts wait, after everything else had its turn. */
async function waiting(db: Db): Promise<unknown> {
  await new Promise(setImmediate);
  const [row] = await db.raw.all("SELECT count(*) AS n FROM mdArtifacts WHERE indexedHash IS NULL");
  return row?.["n"];
}

async function entryOf(folder: string, script: string): Promise<URL> {
  const path = join(folder, "entry.ts");
  await Bun.write(path, script);
  return pathToFileURL(path);
}

describe("the working threads", () => {
  test("write while the process reads, and while two passes go on at once", async () => {
    await using database = await temporaryDatabase();
    await using second = await temporaryDatabase();
    const { db } = database;
    await fill(db, 0, 110);
    await fill(second.db, 0, 60);
    const threads = new WorkThreads();
    const both = Promise.all(
      [db, second.db].map((each) => distilTogether(each, source, never, { workers: threads })),
    );
    const seen = new Set<unknown>();
    do seen.add(await waiting(db));
    while (!seen.has(0));
    expect((await both).map(({ written, left }) => [written, left])).toEqual([
      [110, []],
      [60, []],
    ]);
    // Read in between, not only before and after.
    expect(seen.size).toBeGreaterThan(2);
    await threads.stop();
  });

  test("let searches pass, and come to an end although searches never cease", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await fill(db, 0, 110);
    const way = new RightOfWay();
    const threads = new WorkThreads(way);
    const { written } = await way.during(async () => {
      const pass = distilTogether(db, source, never, { workers: threads });
      // Waking a thread that waits is harmless: it looks again whether it may go on.
      while (Atomics.notify(new Int32Array(way.shared), 0) === 0) await nextTurn();
      return pass;
    });
    expect([written, await waiting(db)]).toEqual([110, 0]);
    await threads.stop();
  });

  test("wait for another process's transaction without keeping the process from reading", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await fill(db, 0, 20);
    const other = new Database(database.path);
    const threads = new WorkThreads();
    // Makes the tables, so that the pass itself writes nothing in the process.
    await distilTogether(db, { integration: "none" }, never, { workers: threads });
    other.run("BEGIN IMMEDIATE");
    const asked = Promise.withResolvers<void>();
    const pass = threads.pass(database.path);
    const batch = pass.begin([1, 2, 3], false);
    await batch?.workedOut;
    const written = db.raw.lendWriting(async () => {
      const part = batch?.write();
      asked.resolve();
      return part;
    });
    await asked.promise;
    expect(await waiting(db)).toBe(20);
    other.run("COMMIT");
    other.close();
    // How many fit into one transaction depends on how busy the machine is.
    for (let part = await written; part?.isOver === false;)
      part = await db.raw.lendWriting(async () => batch?.write());
    await pass.end();
    await threads.stop();
    expect(await waiting(db)).toBe(17);
  });

  test("that cannot start, fail, end or are stopped leave the work to the process", async () => {
    using folder = temporaryFolder();
    await using database = await temporaryDatabase();
    const { db } = database;
    const broken = `import { parentPort } from "node:worker_threads";\nparentPort?.on("message", () => {`;
    let done = 0;
    for (const script of [
      undefined,
      "throw new Error('no');",
      `${broken} throw new Error("no"); });`,
      `${broken} process.exit(1); });`,
      `${broken} globalThis.asked(); });`,
    ]) {
      const missing = pathToFileURL(join(folder.path, "missing.ts"));
      const threads = new WorkThreads(
        undefined,
        script === undefined ? missing : await entryOf(folder.path, script),
      );
      for (let time = 0; time < 4; time++) {
        await fill(db, done, (done += 12));
        expect(await distilTogether(db, source, never, { workers: threads })).toEqual({
          written: 12,
          left: [],
        });
      }
      await threads.stop();
    }
    expect(await waiting(db)).toBe(0);
  });

  test("may be stopped at work: what they had not written is rolled back, and the process does it", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await fill(db, 0, 110);
    const threads = new WorkThreads();
    const pass = distilTogether(db, source, never, { workers: threads });
    while ((await waiting(db)) === 110);
    await threads.stop();
    expect((await pass).left).toEqual([]);
    expect(await waiting(db)).toBe(0);
    const [check] = await db.raw.all("PRAGMA integrity_check");
    expect(check).toEqual({ integrity_check: "ok" });
    const [counts] = await db.raw.all(
      "SELECT (SELECT count(*) FROM searchArtifact) AS artifacts, (SELECT count(*) FROM chunk) AS chunks, (SELECT count(*) FROM contentEmbedding) AS vectors",
    );
    expect(counts).toEqual({ artifacts: 110, chunks: 110, vectors: 110 });
  });

  test("give up what fails to be written, and the process says why", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await fill(db, 0, 60);
    await db.raw.run(
      "CREATE TRIGGER refuse BEFORE INSERT ON chunk WHEN NEW.artifactId = 'a55' BEGIN SELECT RAISE(ABORT, 'refused'); END",
    );
    const threads = new WorkThreads();
    const failed = await distilTogether(db, source, never, { workers: threads }).catch((error: unknown) =>
      String(error),
    );
    expect(failed).toContain("refused");
    const left = await db.raw.all("SELECT id FROM mdArtifacts WHERE indexedHash IS NULL");
    expect(left).toContainEqual({ id: "a55" });
    expect(left.length).toBeLessThanOrEqual(10);
    await threads.stop();
  });

  test("leave the database to whoever closes it, and do not keep the process alive", async () => {
    using folder = temporaryFolder();
    await using database = await temporaryDatabase();
    await fill(database.db, 0, 30);
    const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).pathname);
    const script = `import { existsSync } from "node:fs";
      import { openDatabase } from ${at("../../db/open.ts")};
      import { distilTogether } from ${at("./distil-together.ts")};
      const path = ${JSON.stringify(database.path)};
      const open = openDatabase(path);
      const done = await distilTogether(open.db, { integration: "notes" }, new AbortController().signal);
      open.close();
      console.log(done.written, existsSync(path + "-wal"));
      const made = performance.now();
      process.on("exit", () => console.log(performance.now() - made));`;
    database.close();
    const child = Bun.spawn([process.execPath, (await entryOf(folder.path, script)).pathname], {
      stdout: "pipe",
    });
    expect(await child.exited).toBe(0);
    const [done, lingered] = (await new Response(child.stdout).text()).split("\n");
    expect(done).toBe("30 false");
    expect(Number(lingered)).toBeLessThan(4_500);
  });
});
