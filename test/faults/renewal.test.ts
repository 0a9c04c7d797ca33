/** A real process, really killed while it makes an earlier version's index anew. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Db } from "@/core/models/database";
import { countOlder, olderTo } from "@/core/services/index/renewal";
import { silentLogger } from "@/core/services/logger";
import { createSearch } from "@/core/services/search/search";
import { CatchUp } from "@/core/services/sync/catch-up";
import { temporaryDatabase } from "@test/database";
import { structureViolations } from "@test/invariants";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";

const notes = 400;

async function inView(db: Db): Promise<number> {
  const [row] = await db.raw.all("SELECT count(*) AS n FROM searchArtifact WHERE live = 1");
  return Number(row?.["n"]);
}

/** Nothing here came from a sync, so no item stands for any artifact. */
async function violations(db: Db): Promise<string[]> {
  return (await structureViolations(db)).filter((what) => !what.endsWith("that no item stands for"));
}

/** Kills a process that renews once fewer than `left` are older. */
async function killAt(path: string, db: Db, left: number): Promise<void> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "renewal-child.ts"), path], {
    stdout: "ignore",
    stderr: "inherit",
  });
  while (child.exitCode === null && ((await olderTo(db)) === undefined || (await countOlder(db)) > left))
    await Bun.sleep(2);
  child.kill("SIGKILL");
  await child.exited;
  expect(child.signalCode).toBe("SIGKILL");
}

test("a kill -9 while an index is renewed takes nothing out of view, and the next process goes on", async () => {
  await using database = await temporaryDatabase();
  const { db, path } = database;
  const text = "We decided to move the crane to the harbour before May. ".repeat(40);
  const rows = Array.from({ length: notes }, (_, n) => artifactRow(`n${n}`, `${text}\n\nNote no${n}no.`));
  await storeAndIndex(
    db,
    rows.map((row) => ({ ...row, insightState: "offline", insightHash: row.contentHash })),
  );
  await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
  for (const left of [300, 150]) {
    await killAt(path, db, left);
    expect(await violations(db)).toEqual([]);
    expect(await inView(db)).toBe(notes);
  }
  const search = createSearch({ db, registry: registryOf("notes") });
  for (const n of [0, 200, 399]) {
    const { results } = await search({ query: `no${n}no` });
    expect(results[0]?.id).toBe(`n${n}`);
  }
  await new CatchUp({ db, log: silentLogger, signal: new AbortController().signal }).withAll();
  expect(await countOlder(db)).toBe(0);
  expect(await inView(db)).toBe(notes);
  expect(await violations(db)).toEqual([]);
});
