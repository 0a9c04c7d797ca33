/** Rows of calls and people on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import {
  callsWithin,
  type CallRows,
  knownCalls,
  readDirectory,
  removeCalls,
  saveCalls,
  saveDirectory,
} from "./queries";
import { gongCall, gongParty, gongTopic } from "./schema";

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await temporaryDatabase();
  ({ db } = database);
});
afterEach(() => database[Symbol.asyncDispose]());

const BIG = "12345678901234567890";

function rowsOf(callId: string, change: Partial<CallRows["call"]> = {}, account = "acme"): CallRows {
  const at = { account, callId };
  return {
    call: {
      ...at,
      title: `Call ${callId}`,
      started: "2026-05-10T09:00:00.000Z",
      isPrivate: false,
      words: 3,
      detailsHash: "d1",
      transcriptHash: null,
      ...change,
    },
    parties: [
      { ...at, position: 0, name: "Ana", attended: true, wordsSpoken: 2 },
      { ...at, position: 1, name: "Bo", attended: false, wordsSpoken: 0 },
    ],
    topics: [
      { ...at, kind: "topic", name: "Pricing", mentions: null, seconds: 60 },
      { ...at, kind: "tracker", name: "Pricing", mentions: 2, seconds: null },
    ],
  };
}

const countAll = async () => [
  await db.$count(gongCall),
  await db.$count(gongParty),
  await db.$count(gongTopic),
];

describe("calls", () => {
  test("take the place of what was stored of them, participants and topics that are gone included", async () => {
    await saveCalls(db, "acme", [rowsOf("1"), rowsOf("2")]);
    const smaller = rowsOf("1", { title: "Renamed", detailsHash: "d2" });
    await saveCalls(db, "acme", [{ ...smaller, parties: smaller.parties.slice(0, 1), topics: [] }]);
    expect(await countAll()).toEqual([2, 3, 2]);
    expect((await knownCalls(db, "acme", ["1"])).get("1")).toMatchObject({
      title: "Renamed",
      detailsHash: "d2",
    });
  });

  test("keep ids of twenty digits to the last one", async () => {
    await saveCalls(db, "acme", [rowsOf(BIG)]);
    expect([...(await knownCalls(db, "acme", [BIG, "7"])).keys()]).toEqual([BIG]);
  });

  test("of another account with the same ids are left alone", async () => {
    await saveCalls(db, "acme", [rowsOf("1")]);
    await saveCalls(db, "other", [rowsOf("1", { title: "Theirs" }, "other")]);
    await removeCalls(db, "acme", ["1"]);
    expect(await knownCalls(db, "acme", ["1"])).toEqual(new Map());
    expect((await knownCalls(db, "other", ["1"])).get("1")?.title).toBe("Theirs");
    expect(await countAll()).toEqual([1, 2, 2]);
  });

  test("leave with their participants and topics, hundreds at once", async () => {
    const ids = Array.from({ length: 900 }, (_, n) => String(n));
    await saveCalls(
      db,
      "acme",
      ids.map((id) => rowsOf(id)),
    );
    await removeCalls(db, "acme", ids.slice(1));
    expect(await countAll()).toEqual([1, 2, 2]);
  });
});

describe("a window", () => {
  const from = "2026-05-10T00:00:00.000Z";
  const to = "2026-05-11T00:00:00.000Z";
  const within = async (change: { workspaceId?: string } = {}) =>
    (await callsWithin(db, "acme", { from, to, ...change })).toSorted();

  test("holds calls from its beginning on, and none of its end", async () => {
    await saveCalls(db, "acme", [
      rowsOf("before", { started: "2026-05-09T23:59:59.999Z" }),
      rowsOf("begin", { started: from }),
      rowsOf("last", { started: "2026-05-10T23:59:59.999Z" }),
      rowsOf("end", { started: to }),
      rowsOf("undated", { started: null }),
    ]);
    expect(await within()).toEqual(["begin", "last"]);
  });

  test("of one workspace holds that one's alone", async () => {
    await saveCalls(db, "acme", [
      rowsOf("1", { workspaceId: "w1" }),
      rowsOf("2", { workspaceId: "w2" }),
      rowsOf("3"),
    ]);
    expect(await within({ workspaceId: "w1" })).toEqual(["1"]);
    expect(await within()).toEqual(["1", "2", "3"]);
  });
});

describe("people and workspaces", () => {
  const ana = {
    account: "acme",
    userId: "u1",
    name: "Ana",
    email: null,
    jobTitle: null,
    active: true,
    managerId: null,
  };
  const sales = { account: "acme", workspaceId: "w1", name: "Sales" };

  test("are replaced as a whole: who is no longer listed is gone", async () => {
    await saveDirectory(db, "acme", {
      users: [ana, { ...ana, userId: "u2", name: "Bo" }],
      workspaces: [sales],
    });
    const left = { users: [{ ...ana, name: "Ana Silva" }], workspaces: [] };
    await saveDirectory(db, "acme", left);
    expect(await readDirectory(db, "acme")).toEqual(left);
  });

  test("that are the same write nothing", async () => {
    await saveDirectory(db, "acme", { users: [ana], workspaces: [sales] });
    const changes = () => db.raw.all("SELECT total_changes() AS n");
    const before = await changes();
    await saveDirectory(db, "acme", { users: [ana], workspaces: [sales] });
    expect(await changes()).toEqual(before);
  });

  test("are each account's own", async () => {
    await saveDirectory(db, "acme", { users: [ana], workspaces: [sales] });
    await saveDirectory(db, "other", { users: [], workspaces: [] });
    expect((await readDirectory(db, "acme")).users).toEqual([ana]);
    expect(await readDirectory(db, "other")).toEqual({ users: [], workspaces: [] });
  });
});
