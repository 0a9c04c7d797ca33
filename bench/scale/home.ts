/** Data folders with very many indexed artifacts, kept between runs: making one takes minutes. */
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
import type { Db } from "@/core/models/database";
import { distilTogether } from "@/core/services/index/distil-together";
import { ensureIndex, indexVersion } from "@/core/services/index/index-schema";
import { insertArtifacts } from "../insert-artifacts";
import { artifactsOf, type Text } from "./text";

const migrations = resolve(import.meta.dir, "../../migrations");
const artifactsABatch = 1_000;
const firstDay = Date.UTC(2020, 0, 1);

/**
 * A data folder with `count` artifacts in `cache`, through the real insights and index. It goes on from where an earlier
 * run was stopped, or from the largest smaller folder there. Progress goes to standard error.
 */
export async function homeOf(count: number, cache: string, paragraphs: readonly string[]): Promise<string> {
  const home = nameOf(cache, count);
  const isMade = existsSync(home);
  const folder = isMade ? home : partOf(home, count, cache);
  const open = openDatabase(join(folder, "stoneturner.db"));
  try {
    // Tables that came since: the server would first make a copy of everything.
    await migrate(open, migrations);
    await ensureIndex(open.db);
    if (!isMade) await fill(open.db, count, paragraphs);
  } finally {
    open.close();
  }
  if (!isMade) renameSync(folder, home);
  return home;
}

/** The folder in which `home` is being made. */
function partOf(home: string, count: number, cache: string): string {
  const part = `${home}.part`;
  if (existsSync(part)) return part;
  const sizes = [1_000, 3_334, 33_334, 100_000, 200_000].filter((size) => size < count);
  const known = sizes.toReversed().find((size) => existsSync(nameOf(cache, size)));
  if (known === undefined) mkdirSync(part, { recursive: true });
  else {
    cpSync(nameOf(cache, known), `${part}.copy`, { recursive: true });
    renameSync(`${part}.copy`, part);
  }
  return part;
}

async function fill(db: Db, count: number, paragraphs: readonly string[]): Promise<void> {
  const [row] = await db.raw.all("SELECT count(*) AS n FROM mdArtifacts");
  const from = Number(row?.["n"]);
  let done = from;
  let batch: Text[] = [];
  const started = performance.now();
  const write = async () => {
    await insert(db, batch, done);
    done += batch.length;
    batch = [];
    await distilTogether(db, { integration: "Files" }, new AbortController().signal);
    const rate = (done - from) / ((performance.now() - started) / 1000);
    console.error(`${done} artifacts, ${rate.toFixed(0)} a second`);
  };
  for (const text of artifactsOf(count, paragraphs, from)) {
    if (batch.push(text) === artifactsABatch) await write();
  }
  await write();
  await db.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

function nameOf(cache: string, count: number): string {
  return join(cache, `home-${count}-v${indexVersion}`);
}

function insert(db: Db, texts: readonly Text[], from: number): Promise<void> {
  const artifacts = texts.map(({ title, markdown }, at) => {
    const number = from + at;
    const date = new Date(firstDay + (number % 2_000) * 86_400_000).toISOString();
    return {
      id: `bench-${number}`,
      sourceId: `bench-${number}.md`,
      integration: "Files",
      title,
      markdown,
      updateDate: date,
      artifactDate: date,
    };
  });
  return insertArtifacts(db, artifacts);
}
