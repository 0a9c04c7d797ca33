/** What a listing or a list of changes does not say by itself. */
import { expect, test } from "bun:test";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { startGmail } from "../../../../test/fakes/gmail/fake";
import { gmailIntegration } from "../integration";

async function mailbox(items: number) {
  const clock = fastClock();
  const fake = await startGmail({ seed: 9, items, clock, pageSize: 4 });
  const place = await connectedApp(gmailIntegration, fake, { clock });
  return {
    ...place,
    ...{ fake, world: fake.world },
    /** Calls `act` before the first request with this path and these words. */
    before: (path: string, words: string, act: () => void) => {
      let isOver = false;
      fake.faults.onRequest?.(({ path: asked }) => {
        if (isOver || !asked.includes(`/me/${path}`) || !asked.includes(words)) return;
        isOver = true;
        act();
      });
    },
    faults: async () => [
      ...differences(await place.served(), fake),
      ...(await structureViolations(place.app.db)),
    ],
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

test.each(["full", "full again"])(
  "a thread that moves to the top while pages are read is not lost (%s)",
  async (which) => {
    await using place = await mailbox(13);
    if (which === "full again") await place.sync();
    const [oldest] = place.world.messages.values();
    place.before("threads", "pageToken", () => oldest && void place.world.answer(oldest));
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await place.faults()).toEqual([]);
  },
);

test.each(["full", "full again"])(
  "those behind a thread that is deleted while pages are read are not passed over (%s)",
  async (which) => {
    await using place = await mailbox(13);
    if (which === "full again") await place.sync();
    const newest = [...place.world.messages.values()].at(-1);
    place.before("threads", "pageToken", () => {
      for (const message of place.world.thread(newest?.threadId ?? "")) place.world.remove(message);
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(await place.faults()).toEqual([]);
  },
);

test("where mail goes faster than it is listed, nothing is taken for deleted, and the sync says so", async () => {
  await using place = await mailbox(20);
  await place.sync();
  place.fake.faults.onRequest?.(({ path }) => {
    if (!path.includes("pageToken") || !path.includes("/threads")) return;
    const [message] = [...place.world.messages.values()].slice(-1);
    if (message !== undefined) place.world.remove(message);
  });
  await place.sync();
  const { rows } = await place.app.sql.query(`SELECT "error" FROM "syncTask" WHERE "error" LIKE '%faster%'`);
  expect(rows).toHaveLength(1);
  place.fake.faults.onRequest?.(() => undefined);
  await place.sync("full", { confirmDeletions: true });
  expect(await place.faults()).toEqual([]);
});

test("what came so lately that a search does not find it is read, and not taken for deleted", async () => {
  await using place = await mailbox(9);
  const late = place.world.write();
  place.fake.provider.notFoundYet.add(late.id);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 10 });
  expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
  expect(await place.faults()).toEqual([]);
});

test("changes that Gmail has forgotten: everything is listed, and the next sync looks for deletions", async () => {
  await using place = await mailbox(9);
  await place.sync();
  const [gone, kept] = [...place.world.messages.values()];
  for (const message of place.world.thread(gone?.threadId ?? "")) place.world.remove(message);
  if (kept !== undefined) place.world.answer(kept);
  place.fake.faults.expireCursors?.();
  place.world.create();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 0 });
  expect(await place.sync("incremental")).toMatchObject({ mode: "full", state: "succeeded", deleted: 1 });
  expect(await place.faults()).toEqual([]);
});

test("in an account where nothing happens, the last change is forgotten as well, and nothing is read again", async () => {
  await using place = await mailbox(9);
  await place.sync();
  place.world.forgotten = place.world.historyId() + 1;
  const asked = async (mode: "incremental" | "full") => {
    const before = place.fake.requests().length;
    expect(await place.sync(mode)).toMatchObject({ mode, state: "succeeded", updated: 0, deleted: 0 });
    return place.fake
      .requests()
      .slice(before)
      .map(({ path }) => path.replace("/gmail/v1/users/me/", "").replace(/\?.*/, ""));
  };
  expect(await asked("incremental")).toEqual(["labels", "history", "profile"]);
  const listed = ["threads", "threads", "threads", "threads"];
  expect(await asked("full")).toEqual(["labels", "profile", ...listed, "history", "profile"]);
});

test("changes that are forgotten while everything is listed: it is listed once more", async () => {
  await using place = await mailbox(9);
  place.before("history", "startHistoryId", () => {
    place.world.create();
    place.world.forgotten = place.world.historyId();
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 10 });
  expect(await place.faults()).toEqual([]);
});
