/**
 * Kills a real process with SIGKILL at random moments of real syncs of a real folder, starts it again, and checks the
 * invariants on the real database each time. Replay a run with `KILL_SEED=…`; `KILL_FILES` and `KILL_TIMES` change
 * its size; `bun run test:faults -- --kills 50` is the long form.
 */
import { expect, test } from "bun:test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { openDatabase } from "@/core/db/open";
import { temporaryFolder } from "@test/database";
import { contentFingerprint, structureViolations, truthViolations } from "@test/invariants";
import { createRandom, type Random } from "@test/random";

const FILES = Number(process.env["KILL_FILES"] ?? 1_200);
const KILLS = Number(process.env["KILL_TIMES"] ?? 14);
/** Kills that hit the first sync of everything, before it ever came to its end. */
const EARLY_KILLS = Math.min(10, Math.floor(KILLS / 3));
const SEED = Number(process.env["KILL_SEED"] ?? Math.floor(Math.random() * 1_000_000));
const child = resolve(import.meta.dir, "sync-child.ts");

const words = "harbour crane ledger invoice walrus meadow signal copper lantern orbit velvet thistle".split(
  " ",
);

function sentence(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(words)).join(" ");
}

class Folder {
  readonly files = new Map<string, string>();
  private serial = 0;

  constructor(
    readonly path: string,
    private readonly random: Random,
  ) {}

  create(): void {
    const key = `room-${this.random.below(40)}/note-${this.serial++}.md`;
    this.write(key);
  }

  /** A few hundred random creations, edits, removals and renames. */
  shake(times: number): void {
    for (let index = 0; index < times; index++) {
      const kind = this.random.below(4);
      const key = this.random.pick([...this.files.keys()].slice(-FILES));
      if (kind === 0) this.create();
      else if (kind === 1) this.write(key);
      else if (kind === 2) this.remove(key);
      else {
        this.create();
        this.remove(key);
      }
    }
  }

  private write(key: string): void {
    const text = `Entry ${this.random.below(1e9)}: ${sentence(this.random, 60)}.`;
    this.files.set(key, text);
    mkdirSync(dirname(join(this.path, key)), { recursive: true });
    writeFileSync(join(this.path, key), `# ${sentence(this.random, 3)}\n\n${text}\n`);
  }

  private remove(key: string): void {
    this.files.delete(key);
    rmSync(join(this.path, key), { force: true });
  }
}

/** Runs the sync process; kills it after `killAfterMs` of work, or lets it end. Returns how long it worked. */
async function runChild(home: string, folder: string, killAfterMs?: number): Promise<number> {
  const process = Bun.spawn([globalThis.process.execPath, child, folder], {
    env: { ...globalThis.process.env, STONETURNER_HOME: home, LOG_LEVEL: "error" },
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = process.stdout.getReader();
  await reader.read(); // "working"
  const started = performance.now();
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => process.kill("SIGKILL"), killAfterMs);
  const code = await process.exited;
  clearTimeout(timer);
  if (killAfterMs === undefined) expect(code).toBe(0);
  return performance.now() - started;
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

test(`a sync of ${FILES} files killed ${KILLS} times converges to the folder, every time (seed ${SEED})`, async () => {
  using home = temporaryFolder();
  using place = temporaryFolder();
  const random = createRandom(SEED);
  const folder = new Folder(place.path, random);
  for (let index = 0; index < FILES; index++) folder.create();

  for (let kill = 0; kill < EARLY_KILLS; kill++) {
    await runChild(home.path, place.path, random.below(400));
    expect(await inspect(home.path, structureViolations)).toEqual([]);
  }
  await runChild(home.path, place.path);
  expect(await inspect(home.path, (db) => truthViolations(db, folder.files))).toEqual([]);

  let usual = 300;
  for (let kill = EARLY_KILLS; kill < KILLS; kill++) {
    folder.shake(100);
    await runChild(home.path, place.path, random.below(Math.max(50, usual)));
    expect(await inspect(home.path, structureViolations)).toEqual([]);
    usual = await runChild(home.path, place.path);
    expect(await inspect(home.path, (db) => truthViolations(db, folder.files))).toEqual([]);
  }

  const before = await inspect(home.path, contentFingerprint);
  await runChild(home.path, place.path);
  expect(await inspect(home.path, contentFingerprint)).toBe(before);
  expect(await inspect(home.path, structureViolations)).toEqual([]);
}, 3_600_000);
