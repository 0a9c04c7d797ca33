/** Stops a real server in the middle of a real sync, and starts it again: nothing is lost and nothing is read twice. */
import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { openDatabase } from "@/core/db/open";
import { type SyncRun, syncRunSchema } from "@/core/models/sync";
import { startServing } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { structureViolations, truthViolations } from "@test/invariants";

const FILES = Number(process.env["STOP_FILES"] ?? 3_000);
const runsSchema = z.object({ runs: z.array(syncRunSchema) });

/** A folder with enough in it that its sync takes several seconds. */
function bigFolder(path: string): Map<string, string> {
  const files = new Map<string, string>();
  for (let index = 0; index < FILES; index++) {
    const name = `room-${index % 30}/note-${index}.md`;
    const text = `Entry ${index}: the harbour crane number ${index} was painted again.`;
    mkdirSync(join(path, `room-${index % 30}`), { recursive: true });
    writeFileSync(join(path, name), `# Note ${index}\n\n${text}\n`);
    files.set(name, text);
  }
  return files;
}

const latest = async (url: string): Promise<SyncRun | undefined> =>
  runsSchema.parse(await (await fetch(`${url}/api/runs?limit=1`)).json()).runs[0];

async function until(url: string, what: (run: SyncRun) => boolean): Promise<SyncRun> {
  for (;;) {
    const run = await latest(url);
    if (run !== undefined && what(run)) return run;
    if (run?.state === "failed") throw new Error(`It came to this: ${JSON.stringify(run)}`);
    await Bun.sleep(50);
  }
}

async function inspect<Result>(
  home: string,
  look: (db: ReturnType<typeof openDatabase>["db"]) => Promise<Result>,
) {
  const open = openDatabase(join(home, "stoneturner.db"));
  try {
    return await look(open.db);
  } finally {
    open.close();
  }
}

test(`SIGTERM during a sync of ${FILES} files: ends within 10 s, saved and interrupted; the next start goes on`, async () => {
  using folder = temporaryFolder();
  const [home, notes] = [join(folder.path, "home"), join(folder.path, "notes")];
  mkdirSync(home, { mode: 0o700 });
  const files = bigFolder(notes);

  const first = await startServing(["--folder", notes], { home });
  await until(first.url, (run) => run.state === "running" && run.inserted > 0);
  first.child.kill("SIGTERM");
  expect(await first.child.exited).toBe(0);

  const left = await inspect(home, async (db) => {
    expect(await structureViolations(db)).toEqual([]);
    const [run] = await db.raw.all("SELECT id, state, leaseOwner, inserted, resumes FROM syncRun");
    const checkpoints = await db.raw.all("SELECT runId, done FROM syncCheckpoint");
    return { run, checkpoints };
  });
  expect(left.run).toMatchObject({ state: "interrupted", leaseOwner: null, resumes: 0 });
  expect(Number(left.run?.["inserted"])).toBeWithin(1, FILES);
  expect(left.checkpoints).toEqual([{ runId: left.run?.["id"] ?? "", done: 0 }]);

  const second = await startServing([], { home });
  const ended = await until(second.url, (run) => run.state === "succeeded");
  expect(ended).toMatchObject({ id: left.run?.["id"], resumes: 1 });
  second.child.kill("SIGTERM");
  expect(await second.child.exited).toBe(0);
  expect(await inspect(home, (db) => truthViolations(db, files))).toEqual([]);
}, 120_000);
