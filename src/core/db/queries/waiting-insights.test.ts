import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { insertArtifact } from "@test/insight-artifacts";
import { waitingForModel } from "./waiting-insights";

/** Artifacts in no order: some of equal date, some without one, some that do not wait. */
async function filled() {
  const database = await temporaryDatabase();
  const expected: { date: string; id: string; integration: string }[] = [];
  for (let n = 0; n < 60; n++) {
    const id = `id-${String((n * 37) % 60).padStart(2, "0")}`;
    const date = `2026-01-${String(1 + ((n * 7) % 20)).padStart(2, "0")}T00:00:00.000Z`;
    const integration = n % 3 === 0 ? "Slack" : "Files";
    const waits = n % 5 !== 0;
    await insertArtifact(database.db, {
      ...{
        id,
        integration,
        insightState: "offline",
        artifactDate: n % 4 === 0 ? null : date,
        updateDate: date,
      },
      insightHash: waits ? `hash-${id}` : "older",
      contentHash: `hash-${id}`,
    });
    if (waits) expected.push({ date, id, integration });
  }
  expected.sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date > b.date ? -1 : 1));
  return { ...database, expected };
}

test("what waits is walked newest first, whole and once, whatever the windows and pages are", async () => {
  await using place = await filled();
  const plain = place.expected.map(({ date, id }) => ({ date, id }));
  for (const options of [{ window: 7, limit: 4 }, { window: 60, limit: 11 }, { window: 1, limit: 100 }, {}]) {
    const walked: { date: string; id: string }[] = [];
    for (;;) {
      const page = await waitingForModel(place.db, walked.at(-1), [], options);
      if (page.length === 0) break;
      walked.push(...page);
    }
    expect(walked).toEqual(plain);
  }
});

test("integrations that are left out are not in it", async () => {
  await using place = await filled();
  const found = await waitingForModel(place.db, undefined, ["Slack"], { window: 5 });
  const files = place.expected.filter(({ integration }) => integration === "Files");
  expect(found.map(({ id }) => id)).toEqual(files.map(({ id }) => id));
  expect(await waitingForModel(place.db, undefined, ["Slack", "Files"])).toEqual([]);
});

test("others get their turn between two windows", async () => {
  await using place = await filled();
  let [turns, isOver] = [0, false];
  const others = () => {
    turns++;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  await waitingForModel(place.db, undefined, [], { window: 10 });
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(5);
});

test("each window is found by the index, without a sort of its own", async () => {
  await using place = await filled();
  const plan = await place.db.raw.all(
    `EXPLAIN QUERY PLAN SELECT rowid FROM mdArtifacts
     WHERE insightState = 'offline' AND deletedAt IS NULL AND rowid > 5 ORDER BY rowid LIMIT 500`,
  );
  const steps = plan.map(({ detail }) => String(detail)).join();
  expect(steps).toContain("rowid>?");
  expect(steps).not.toContain("TEMP B-TREE");
});
