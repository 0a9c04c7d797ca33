/** Gong accounts that hold little, too much or odd things, and keys that may do little. */
import { describe, expect, test } from "bun:test";
import { temporaryFolder } from "@test/database";
import { gong } from "@test/gong";
import { keyOf } from "../../../test/fakes/gong/world";
import { gongCall, gongParty, gongUser } from "./db/schema";

const DAY_MS = 86_400_000;
const MEGABYTE = 1_048_576;

describe("an account", () => {
  test("without calls and people is synced, and stays empty", async () => {
    await using place = await gong(0, { users: 0 });
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", seen: 0, failed: 0 });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", seen: 0 });
    place.fake.world.users.push({
      id: "55110000000000000000",
      firstName: "Ana",
      lastName: "Silva",
      title: "AE",
    });
    place.fake.world.create();
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
    expect(await place.differences()).toEqual([]);
  });

  test("whose key may not list people or workspaces is read with the names that calls carry", async () => {
    await using place = await gong(3);
    place.fake.server.forbidden = "/v2/users";
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 3 });
    expect(await place.differences()).toEqual([]);
    expect(await place.app.db.$count(gongUser)).toBe(0);
    place.fake.server.forbidden = undefined;
    await place.sync("full");
    expect(await place.app.db.$count(gongUser)).toBe(5);
  });

  test("whose key may not read calls any more keeps what was read, and asks for its scopes", async () => {
    await using place = await gong(3);
    await place.sync("full");
    place.fake.server.forbidden = "/v2/calls";
    expect(await place.sync("full")).toMatchObject({ state: "failed", deleted: 0 });
    expect((await place.served()).size).toBe(3);
    const [account] = await place.app.credentials.list("Gong");
    expect(account).toMatchObject({ status: "needs_reconnect" });
  });

  test("of which most is missing at once loses nothing by an update, and asks a person in a full sync", async () => {
    await using place = await gong(130);
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 130 });
    const { world } = place.fake;
    for (const id of [...world.calls.keys()].slice(0, 120)) world.calls.delete(id);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await place.sync("full")).toMatchObject({ deleted: 0 });
    expect((await place.served()).size).toBe(130);
    const run = await place.sync("full", { confirmDeletions: true });
    expect(run).toMatchObject({ state: "succeeded", deleted: 120 });
    expect(await place.differences()).toEqual([]);
  });

  test("learns a host who joined since from one more listing, once a sync", async () => {
    await using place = await gong(2);
    await place.sync("full");
    const { world } = place.fake;
    world.users.push({ id: "55119999999999999999", firstName: "New", lastName: "Colleague", title: "AE" });
    for (let count = 0; count < 7; count++)
      world.addCall(place.clock.now() - DAY_MS, { hostId: "55119999999999999999", parties: [] });
    const before = place.asked("/v2/users");
    await place.sync("incremental");
    expect(place.asked("/v2/users") - before).toBe(2);
    const served = [...(await place.served()).values()];
    expect(served.filter(({ markdown }) => markdown.includes("- Host: New Colleague"))).toHaveLength(7);
  });
});

describe("a call", () => {
  test("that turns private leaves with its rows, and is back when it is shared again", async () => {
    await using place = await gong(3);
    await place.sync("full");
    const [call] = [...place.fake.world.calls.values()];
    if (call === undefined) throw new Error("There is no call.");
    call.isPrivate = true;
    expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
    expect([...(await place.served()).keys()]).not.toContain(keyOf(call.id));
    expect(await place.app.db.$count(gongCall)).toBe(2);
    expect(await place.app.db.$count(gongParty)).toBe(4);
    call.isPrivate = false;
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
    expect(await place.differences()).toEqual([]);
  });

  test("that is planned comes once it has taken place", async () => {
    await using place = await gong(1);
    const planned = place.fake.world.addCall(place.clock.now() + 3_600_000, { duration: 0 });
    await place.sync("full");
    expect((await place.served()).size).toBe(1);
    planned.duration = 1_800;
    place.clock.skip(2 * 3_600_000);
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  });

  test("of fifty megabytes is read, cut, and searchable; all others come with it", async () => {
    await using place = await gong(2);
    const call = place.fake.world.addCall(place.clock.now() - DAY_MS, { title: "The endless call" });
    const words = "We talked about the harbour crane. ".repeat(30_000);
    const sentences = Array.from({ length: 50 }, (_, at) => ({
      start: at * 9_000,
      end: at * 9_000 + 1,
      text: words,
    }));
    call.transcript = [{ speakerId: "7000", sentences }];
    expect(JSON.stringify(call).length).toBeGreaterThan(50 * MEGABYTE - 100_000);
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 3, failed: 0 });
    const markdown = (await place.served()).get(keyOf(call.id))?.markdown ?? "";
    expect(markdown.length).toBeLessThan(3 * MEGABYTE);
    expect(markdown).toContain("**Cut here.**");
  });
});

test("requests of a day are counted over a restart: the second program does not begin anew", async () => {
  using folder = temporaryFolder();
  const first = await gong(12, { home: folder.path });
  try {
    await first.app.credentials.save(first.integration, first.fake.credential);
    await first.sync("full");
    const counted = async (app: typeof first.app) => {
      const rows = await app.db.raw.all("SELECT value FROM setting WHERE key LIKE 'http.requests.Gong%'");
      return Number(JSON.parse(String(rows[0]?.["value"] ?? "{}")).count ?? 0);
    };
    await first.app[Symbol.asyncDispose]();
    await using second = await gong(0, { home: folder.path, running: first });
    const before = await counted(second.app);
    expect(before).toBeGreaterThan(5);
    await second.sync("full");
    expect(await counted(second.app)).toBe(before + second.fake.leastRequests());
  } finally {
    await first.fake[Symbol.asyncDispose]();
  }
});
