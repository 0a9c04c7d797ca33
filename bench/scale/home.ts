/** Data folders with very many indexed artifacts, kept between runs: making one takes minutes. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase } from "@/core/db/open";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { distilTogether } from "@/core/services/index/distil-together";
import { indexVersion } from "@/core/services/index/index-schema";
import { sha256 } from "@/lib/hash";
import { artifactsOf, type Text } from "./text";

const migrations = resolve(import.meta.dir, "../../migrations");
const artifactsABatch = 500;
const firstDay = Date.UTC(2020, 0, 1);

/**
 * A data folder with `count` artifacts in `cache`, through the real insights and index. It goes on from the largest
 * smaller one there. Progress goes to standard error.
 */
export async function homeOf(count: number, cache: string, paragraphs: readonly string[]): Promise<string> {
  const home = nameOf(cache, count);
  if (existsSync(home)) {
    // Tables that came since: the server would first make a copy of everything.
    const open = openDatabase(join(home, "stoneturner.db"));
    await migrate(open, migrations);
    open.close();
    return home;
  }
  const part = `${home}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const sizes = [1_000, 3_334, 33_334, 100_000, 200_000].filter((size) => size < count);
  const known = sizes.toReversed().find((size) => existsSync(nameOf(cache, size)));
  if (known !== undefined) cpSync(nameOf(cache, known), part, { recursive: true });
  const open = openDatabase(join(part, "stoneturner.db"));
  try {
    await migrate(open, migrations);
    let batch: Text[] = [];
    let done = known ?? 0;
    const started = performance.now();
    const write = async () => {
      await insert(open.db, batch, done);
      done += batch.length;
      batch = [];
      await distilTogether(open.db, { integration: "Files" }, new AbortController().signal);
      const rate = (done - (known ?? 0)) / ((performance.now() - started) / 1000);
      if (done % (20 * artifactsABatch) === 0)
        console.error(`${done} artifacts, ${rate.toFixed(0)} a second`);
    };
    for (const text of artifactsOf(count, paragraphs, done)) {
      if (batch.push(text) === artifactsABatch) await write();
    }
    if (batch.length > 0) await write();
    await open.db.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    open.close();
  }
  renameSync(part, home);
  return home;
}

function nameOf(cache: string, count: number): string {
  return join(cache, `home-${count}-v${indexVersion}`);
}

async function insert(db: Db, texts: readonly Text[], from: number): Promise<void> {
  const rows = texts.map(({ title, markdown }, at) => {
    const number = from + at;
    const date = new Date(firstDay + (number % 2_000) * 86_400_000).toISOString();
    return {
      id: `bench-${number}`,
      integrationArtifactId: `bench-${number}.md`,
      integration: "Files",
      account: "default",
      kind: "document" as const,
      title,
      artifactDate: date,
      updateDate: date,
      markdown,
      keyPoints: [],
      questionsAnswered: [],
      entities: [],
      metadata: {},
      contentHash: sha256(markdown),
      insightState: "pending" as const,
    };
  });
  for (let at = 0; at < rows.length; at += 100) {
    await db.transaction(async (tx) => {
      await tx.insert(mdArtifacts).values(rows.slice(at, at + 100));
    });
  }
}
