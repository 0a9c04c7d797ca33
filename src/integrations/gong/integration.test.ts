import { describe, expect, test } from "bun:test";
import { listTasks } from "@/core/db/queries/tasks";
import { gong } from "@test/gong";
import { keyOf } from "../../../test/fakes/gong/world";
import { gongCall, gongParty, gongTopic, gongUser, gongWorkspace } from "./db/schema";
import { gongIntegration } from "./integration";

const DAY_MS = 86_400_000;

describe("a Gong account", () => {
  test("is read whole, with the fewest requests", async () => {
    await using place = await gong(23);
    const before = place.fake.requests().length;
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 23, failed: 0 });
    expect(await place.differences()).toEqual([]);
    expect(place.fake.requests().length - before).toBe(place.fake.leastRequests());
  });

  test("is followed: edits, new calls, private ones and deletions", async () => {
    await using place = await gong(23);
    await place.sync("full");
    const { world } = place.fake;
    for (let round = 0; round < 3; round++) {
      world.create();
      world.edit();
      world.delete();
      world.hide();
    }
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(await place.differences()).toEqual([]);
  });

  test("synced again with nothing changed asks for no transcript and writes nothing", async () => {
    await using place = await gong(12);
    await place.sync("full");
    const asked = place.asked("transcript");
    const before = await place.app.db.raw.all(
      "SELECT id, updateDate, contentHash FROM mdArtifacts ORDER BY id",
    );
    expect(await place.sync("incremental")).toMatchObject({
      unchanged: 12,
      inserted: 0,
      updated: 0,
      deleted: 0,
    });
    expect(place.asked("transcript")).toBe(asked);
    expect(
      await place.app.db.raw.all("SELECT id, updateDate, contentHash FROM mdArtifacts ORDER BY id"),
    ).toEqual(before);
  });

  test("serves a call at once, asks for its transcript again when it is due, and brings it", async () => {
    await using place = await gong(3);
    const { world } = place.fake;
    const key = world.createUnprocessed();
    await place.sync("full");
    expect((await place.served()).get(key)?.markdown).not.toContain("## Transcript");
    expect(await place.pending()).toEqual([key]);
    const asked = place.asked("transcript");
    expect(await place.sync("incremental")).toMatchObject({ updated: 0, unchanged: 4 });
    expect(place.asked("transcript") - asked).toBe(1);
    world.finish(key);
    await place.makeDue();
    expect(await place.sync("incremental")).toMatchObject({ updated: 1 });
    expect((await place.served()).get(key)?.markdown).toContain("## Transcript");
    expect(await place.differences()).toEqual([]);
    expect(await place.pending()).toEqual([]);
  });

  test("asks for awaited transcripts hundred by hundred, once a sync, and takes calls gone meanwhile out", async () => {
    await using place = await gong(2);
    const { world } = place.fake;
    const keys = Array.from({ length: 12 }, () => world.createUnprocessed());
    await place.sync("full");
    const asked = place.asked("transcript");
    const [gone = "", finished = ""] = keys;
    world.calls.delete(gone.replace("gong:call:", ""));
    world.finish(finished);
    await place.makeDue();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 1 });
    // Pages hold five calls here: three of the revisit, and one of the listing that has nothing left to ask for.
    expect(place.asked("transcript") - asked).toBe(3);
    expect((await place.pending()).sort()).toEqual(keys.slice(2).sort());
    expect(await place.differences()).toEqual([]);
    expect(await place.app.db.$count(gongCall)).toBe(13);
  });

  test("no longer waits for the transcript of a call that is two weeks old", async () => {
    await using place = await gong(2);
    const { world } = place.fake;
    const old = world.calls.get(world.createUnprocessed().replace("gong:call:", ""));
    if (old !== undefined) old.started -= 15 * DAY_MS;
    const young = world.createUnprocessed();
    await place.sync("full");
    expect(await place.pending()).toEqual([young]);
    expect((await place.served()).size).toBe(4);
  });

  test("of which a call moved to another time keeps it", async () => {
    await using place = await gong(4);
    await place.sync("full");
    const call = [...place.fake.world.calls.values()][0];
    if (call !== undefined) call.started -= 100 * DAY_MS;
    expect(await place.sync("incremental")).toMatchObject({ deleted: 0 });
    expect(await place.sync("full")).toMatchObject({ deleted: 0, updated: 1 });
    expect(await place.differences()).toEqual([]);
  });

  test("leaves nothing behind when it is purged", async () => {
    await using place = await gong(4);
    await place.sync("full");
    for (const table of [gongCall, gongParty, gongTopic, gongUser, gongWorkspace])
      expect(await place.app.db.$count(table)).toBeGreaterThan(0);
    await place.app.runner.purge("gong");
    for (const table of [gongCall, gongParty, gongTopic, gongUser, gongWorkspace])
      expect(await place.app.db.$count(table)).toBe(0);
    expect((await place.served()).size).toBe(0);
  });

  test("answers the example questions in SQL", async () => {
    await using place = await gong(6);
    await place.sync("full");
    for (const { sql } of gongIntegration.config.exampleQueries ?? [])
      expect((await place.app.sql.query(sql)).rows.length).toBeGreaterThan(0);
    const { rows } = await place.app.sql.query(`SELECT "callId" FROM "gongCall" ORDER BY "callId" LIMIT 1`);
    // Twenty digits survive: nothing on the way takes an id for a number.
    expect(rows[0]?.[0]).toMatch(/^\d{20}$/);
  });
});

describe("what a person chooses", () => {
  test("private calls come along when asked for", async () => {
    await using place = await gong(3, { options: { private: "yes" } });
    const hidden = place.fake.world.hide();
    await place.sync("full");
    expect([...(await place.served()).keys()]).toContain(hidden);
  });

  test("only the chosen workspaces are read, and only since the chosen day", async () => {
    await using place = await gong(20, { options: { workspaces: "sales emea" } });
    await place.sync("full");
    const wanted = [...place.fake.world.calls.values()].filter(({ workspaceId }) =>
      workspaceId.endsWith("001"),
    );
    expect([...(await place.served()).keys()].sort()).toEqual(wanted.map(({ id }) => keyOf(id)).sort());

    const since = new Date(Date.now() - 5 * DAY_MS).toISOString().slice(0, 10);
    await using late = await gong(20, { options: { since } });
    await late.sync("full");
    const after = [...late.fake.world.calls.values()].filter(({ started }) => started >= Date.parse(since));
    expect((await late.served()).size).toBe(after.length);
    expect(after.length).toBeLessThan(20);
  });
});

describe("Gong in trouble", () => {
  test("a cursor that expires begins its window again", async () => {
    await using place = await gong(18);
    let calls = 0;
    place.fake.server.listener = ({ path }) => {
      if (path.endsWith("/extensive") && ++calls === 3) place.fake.server.cursors.clear();
    };
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 18 });
    expect(await place.differences()).toEqual([]);
  });

  test("a key that is revoked in the middle asks for a reconnect and keeps what was read", async () => {
    await using place = await gong(18);
    let calls = 0;
    place.fake.server.listener = ({ path }) => {
      if (path.endsWith("/extensive") && ++calls === 2) place.fake.server.refusing = true;
    };
    expect(await place.sync("full")).toMatchObject({ state: "failed", inserted: 5 });
    const [account] = await place.app.credentials.list("Gong");
    expect(account?.status).toBe("needs_reconnect");
    expect(account?.statusReason).not.toContain(place.fake.credential.accessKey ?? "?");
    expect((await place.served()).size).toBe(5);
  });

  test("an address that answers 404 in its own words never passes for an account without calls", async () => {
    await using place = await gong(4);
    await place.sync("full");
    place.fake.server.options.world.calls.clear();
    place.fake.server.notFound = true;
    expect(await place.sync("full")).toMatchObject({ state: "failed", deleted: 0 });
    expect((await place.served()).size).toBe(4);
  });

  test("a day's requests that are used up park the sync until the next day", async () => {
    await using place = await gong(12);
    const day = new Date(place.clock.now()).toISOString().slice(0, 10);
    await place.app.db.raw.run(
      "INSERT OR REPLACE INTO setting (key, value) SELECT key, json_object('day', ?, 'count', 9999) FROM setting WHERE key LIKE 'http.requests.Gong%'",
      [day],
    );
    const [started] = await place.app.runner.start({ integration: "Gong", mode: "full", trigger: "manual" });
    const parked = async () => {
      const [row] = await place.app.db.raw.all("SELECT state, error FROM syncRun WHERE id = ?", [
        started?.runId ?? "",
      ]);
      return row;
    };
    for (
      let row = await parked();
      row?.["state"] === "running" || row?.["state"] === "queued";
      row = await parked()
    )
      await Bun.sleep(5);
    expect(await parked()).toMatchObject({ state: "parked" });
    expect(String((await parked())?.["error"])).toContain("10000 requests to this source are used up");
  });

  test("a call in a shape of tomorrow is read as far as it goes, an entry without an id is told of", async () => {
    await using place = await gong(3);
    place.fake.world.createUnknown();
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 4, failed: 0 });
    place.fake.server.extraEntry = { metaData: { title: "No id" } };
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 0 });
    const tasks = await listTasks(place.app.db, "Gong", 0, { status: "FAILED" });
    expect(tasks[0]?.error).toContain("shape that is not known here");
  });
});
