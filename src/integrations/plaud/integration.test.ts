import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { rewindRendering } from "@test/older-rendering";
import { keyOf, startPlaud } from "../../../test/fakes/plaud/fake";
import { plaudIntegration } from "./integration";

const DAY_MS = 86_400_000;

async function plaud(items = 0) {
  const clock = fastClock();
  const fake = await startPlaud({ seed: 7, items, clock });
  const place = await connectedApp(plaudIntegration, fake, { clock });
  return {
    ...place,
    fake,
    clock,
    world: fake.world,
    /** Recordings that were asked for by themselves since the last call. */
    read: (() => {
      let before = 0;
      return () => {
        const some = fake.requests().slice(before);
        before = fake.requests().length;
        return some.filter(({ path }) => /files\/\w/.test(path)).length;
      };
    })(),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

test("an account is named by its address, and its tokens are renewed where Plaud renews them", async () => {
  await using place = await plaud(3);
  expect(await place.app.credentials.list()).toMatchObject([
    { account: "ana@acme.example", status: "connected" },
  ]);
  place.fake.faults.expireToken?.();
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
  expect(place.fake.grants).toEqual([
    { path: "/oauth/third-party/access-token", grant: "authorization_code", known: true },
    { path: "/oauth/third-party/access-token/refresh", grant: "refresh_token", known: true },
  ]);
});

test("an incremental sync reads what is new, was renamed, or may still change; a full one reads all", async () => {
  await using place = await plaud();
  const { world, clock } = place;
  const [old, renamed] = [30, 60].map((days) => world.add({ start: clock.now() - days * DAY_MS }));
  world.add();
  await place.sync();
  expect(place.read()).toBe(3);
  if (old === undefined || renamed === undefined) throw new Error("There are two.");
  renamed.name = "Renamed";
  const [turn] = old.turns;
  if (turn !== undefined) turn.speaker = "Ana";
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, unchanged: 2 });
  expect(place.read()).toBe(2);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", updated: 1, unchanged: 2 });
  expect(place.read()).toBe(3);
  const rows = await place.app.sql.query(
    'SELECT "speakers" FROM "plaudRecording" WHERE "title" = \'Recording 1\'',
  );
  expect(rows.rows).toEqual([['["Ana","Speaker 2"]']]);
});

test("a recording shows once it is transcribed, and is known to SQL before", async () => {
  await using place = await plaud();
  const recording = place.world.add({ turns: [], notes: [] });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0, skipped: 1 });
  const silent = 'SELECT count(*) FROM "plaudRecording" WHERE NOT "hasText"';
  expect((await place.app.sql.query(silent)).rows).toEqual([[1]]);
  recording.turns.push({ start_time: 0, end_time: 9, content: "Now it is written.", speaker: "Speaker 1" });
  expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  place.world.recordings.delete(recording.id);
  expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
  expect((await place.app.sql.query('SELECT count(*) FROM "plaudRecording"')).rows).toEqual([[0]]);
});

test("a recording that Plaud fails to give stops no others and stays; several in a row end the sync", async () => {
  await using place = await plaud(8);
  await place.sync();
  const [first] = place.world.recordings.values();
  if (first !== undefined) first.isBroken = true;
  const added = place.world.create();
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 1, failed: 1, deleted: 0 });
  expect([...(await place.served()).keys()]).toContain(added);
  expect((await place.served()).size).toBe(9);
  const all = [...place.world.recordings.values()];
  for (const one of all) one.isBroken = true;
  const run = await place.sync("full");
  expect(run).toMatchObject({ state: "failed", deleted: 0 });
  expect(run.error).toContain("500");
  for (const one of all) one.isBroken = false;
  await place.app.db.raw.all("UPDATE syncItem SET nextAttemptAt = NULL");
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0, deleted: 0 });
  expect((await place.served()).size).toBe(9);
}, 60_000);

test("what moves to a page that was read, because another was deleted, does not pass for deleted", async () => {
  await using place = await plaud(130);
  await place.sync();
  const [newest] = place.world.listed();
  place.fake.faults.onRequest?.(({ path }) => {
    if (path.includes("page=2") && newest !== undefined) place.world.recordings.delete(newest.id);
  });
  // The one that was deleted answers for itself; the one that took its place on the first page is listed once more.
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
  expect((await place.served()).size).toBe(129);
}, 60_000);

test("a page that holds less than was asked for does not end the list: what stands behind it is not gone", async () => {
  await using place = await plaud(90);
  await place.sync();
  place.world.mostOnPage = 40;
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0, unchanged: 90 });
  place.world.refusesPastEnd = true;
  place.world.mostOnPage = 45;
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 0, unchanged: 90 });
  // Nor does one that gives the same again and again go on for ever.
  Object.assign(place.world, { mostOnPage: 100, hasOnePage: true });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0, unchanged: 90 });
}, 60_000);

test("a raised rendering mark renders all recordings anew, read or not", async () => {
  await using place = await plaud(6);
  await place.sync();
  const before = await place.served();
  await rewindRendering(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 6 });
  expect(await place.served()).toEqual(before);
});

test("a recording is in the documentation as it is rendered", async () => {
  await using place = await plaud();
  const said = (start: number, speaker: string, content: string) => ({
    ...{ start_time: start, end_time: start + 4_000, speaker, content },
  });
  const recording = place.world.add({
    name: "Walk around dock 3",
    start: Date.parse("2026-05-04T08:30:00Z"),
    duration: "4380000",
    turns: [
      said(0, "Ana", "The gate leaks."),
      said(5_000, "Ana", "Every tide."),
      said(12_000, "Speaker 2", "Since when?"),
      said(95_000, "Ana", "Since *March*."),
    ],
    outline: [
      { start_time: 0, topic: "The gate" },
      { start_time: 95_000, topic: "Since when" },
    ],
    notes: [
      {
        title: "Summary",
        text: "## Findings\n\n- The gate **leaks**\n\n## Action items\n\n- [ ] Weld it",
        asJson: true,
      },
    ],
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  const markdown = (await place.served()).get(keyOf(recording))?.markdown;
  await keepGallery("plaud", import.meta.path, [{ title: "A recording", markdown }], (text) => text);
});
