/** A real process, really killed at each durable step, and started again: cases 1–7 of the list. */
import { expect, test } from "bun:test";
import { failpoints } from "@/core/services/sync/failpoint";
import { temporaryFolder } from "@test/database";
import { structureViolations, truthViolations } from "@test/invariants";
import { inspect, syncHere, syncInChild } from "@test/provider-child";
import { FakeProvider } from "@test/provider-server";

/** Failpoint, which passing of it, and the case it stands for. */
const kills: [(typeof failpoints)[number], number, string][] = [
  ["page fetched", 1, "case 1: before the first page is stored"],
  ["page rendered", 2, "case 2: after a page is fetched, before its artifacts are committed"],
  ["artifacts written", 2, "case 3: after artifacts are written, before the cursor"],
  ["page about to commit", 2, "case 3: after the cursor is written, before both are committed"],
  ["page committed", 2, "case 4: after the cursor is committed, before the row is finished"],
  ["insights about to be written", 3, "case 6: before insights"],
  ["index about to be written", 3, "case 5: between artifacts and chunks"],
  ["sweep about to start", 1, "case 7: before a sweep"],
  ["sweep about to commit", 1, "case 7: in the middle of a sweep"],
  ["sweep batch committed", 1, "case 7: after a sweep, before it is noted"],
  ["stream about to finish", 1, "case 4: before a stream is closed"],
  ["run about to end", 1, "case 4: before a run is closed"],
];

test("every failpoint is killed at", () => {
  expect(new Set(kills.map(([name]) => name))).toEqual(new Set(failpoints));
});

for (const [failpoint, hits, what] of kills) {
  test(`${what}: a kill -9 at "${failpoint}" loses, doubles and invents nothing`, async () => {
    await using provider = await FakeProvider.start();
    using home = temporaryFolder();
    provider.world.fill(12);
    const sync = { home: home.path, url: provider.url };
    const isSweep = failpoint.startsWith("sweep");
    if (isSweep) expect(await syncHere(sync)).toBe("succeeded");
    if (isSweep) for (const id of ["i003", "i007", "i011"]) provider.world.delete(id);
    provider.world.put("i001", "Edited before the kill.");
    expect(await syncInChild({ ...sync, failpoint, hits })).toBe("killed");
    expect(await inspect(home.path, structureViolations)).toEqual([]);
    expect(await syncHere(sync)).toBe("succeeded");
    expect(await inspect(home.path, structureViolations)).toEqual([]);
    expect(await inspect(home.path, (db) => truthViolations(db, provider.world.truth()))).toEqual([]);
    const [run] = await inspect(home.path, (db) =>
      db.raw.all("SELECT count(*) AS n FROM syncRun WHERE resumes = 1 AND state = 'succeeded'"),
    );
    expect(run?.["n"]).toBe(1);
  });
}
