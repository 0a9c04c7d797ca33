import { describe, expect, test } from "bun:test";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import { failedRun, newSources, run, sources } from "../../../test/browser/fixtures";
import {
  activeRuns,
  byNeed,
  connectionKind,
  firstSentence,
  groupsOf,
  inOrder,
  matching,
  problemRuns,
  sourceStatus,
  withLiveRuns,
} from "./source-view";

const [files] = sources;
if (files === undefined) throw new Error("The fixtures have no sources.");
const live = (...runs: SyncRun[]) => new Map(runs.map((one) => [one.id, one]));

describe("a source's card", () => {
  test("shows a run that has just started, and is syncing then", () => {
    const shown = withLiveRuns(files, live(run({ id: "new", state: "running", integration: "files" })));
    expect(shown.status).toBe("syncing");
    expect(activeRuns(shown).map((one) => one.id)).toEqual(["new"]);
  });

  test("shows the newest counts of a run it knows", () => {
    const shown = withLiveRuns(files, live(run({ seen: 999 })));
    expect(shown.runs.map((one) => one.seen)).toEqual([999]);
    expect(shown.status).toBe("connected");
  });

  test("ignores runs of other sources and runs that ended long ago", () => {
    const others = live(run({ id: "x", integration: "Slack", state: "running" }), run({ id: "y" }));
    expect(withLiveRuns(files, others)).toEqual(files);
  });

  test("tells the last problem of each account, unless a new run of it is under way", () => {
    const ids = (runs: SyncRun[], source = files) => problemRuns({ ...source, runs }).map(({ id }) => id);
    const [first = "", second = ""] = files.accounts.map(({ account }) => account);
    const failed = { ...failedRun, account: first };
    const parked = run({ id: "parked", account: second, state: "parked" });
    expect(ids([failed, parked])).toEqual([failed.id, "parked"]);
    expect(ids([run({ account: first, state: "running" }), failed, parked])).toEqual(["parked"]);
    expect(ids(files.runs)).toEqual([]);
    expect(ids([{ ...failed, account: "disconnected long ago" }])).toEqual([]);
  });

  test("tells of removals that wait, also behind a newer sync that ended well", () => {
    const [one] = files.accounts;
    if (one === undefined) throw new Error("The fixtures have no accounts.");
    const held = { kind: "mass-deletion", missing: 200, of: 240 } as const;
    const waits = run({ id: "held", account: one.account, state: "failed", cause: held });
    const runs = [run({ account: one.account }), waits];
    const ids = (accounts: Source["accounts"]) => problemRuns({ accounts, runs }).map(({ id }) => id);
    expect(ids([{ ...one, status: "error" }])).toEqual(["held"]);
    expect(ids([one])).toEqual([]);
  });

  test("says how many accounts are in trouble where the others work", () => {
    const [one] = files.accounts;
    if (one === undefined) throw new Error("The fixtures have no accounts.");
    const account = (id: string, status: (typeof one)["status"]) => ({ ...one, id, account: id, status });
    const words = (status: Source["status"], ...accounts: Source["accounts"]) =>
      sourceStatus({ status, accounts, runs: [run({ account: "a", state: "parked" })] }).text;
    const works = account("b", "connected");
    expect(words("error", account("a", "error"), works)).toBe("1 of 2 accounts failed");
    expect(words("error", account("a", "error"))).toBe("Sync failed");
    expect(words("needs_reconnect", account("a", "needs_reconnect"), works)).toBe(
      "1 of 2 accounts to reconnect",
    );
    const both = [account("a", "needs_reconnect"), account("c", "error")];
    expect(words("needs_reconnect", ...both, works)).toBe("2 of 3 accounts failed");
    expect(words("needs_reconnect", ...both)).toBe("Reconnect");
    expect(words("parked", account("a", "connected"), works)).toBe("1 of 2 accounts waiting");
    expect(words("syncing", account("a", "error"), works)).toBe("Syncing");
  });

  test("that a person paused says so, and does not seem to wait for its provider", () => {
    const [one] = files.accounts;
    if (one === undefined) throw new Error("The fixtures have no accounts.");
    const [a, b] = ["a", "b"].map((account) => ({
      ...one,
      id: account,
      account,
      status: "connected" as const,
    }));
    if (a === undefined || b === undefined) throw new Error("Too few accounts.");
    const paused = run({ id: "p", account: "a", state: "parked", stage: "paused" });
    const waits = run({ id: "w", account: "b", state: "parked", stage: "parked" });
    const words = (accounts: Source["accounts"], runs: Source["runs"]) =>
      sourceStatus({ status: "parked", accounts, runs }).text;
    expect(words([a], [paused])).toBe("Paused");
    expect(words([a, b], [paused])).toBe("1 of 2 accounts paused");
    expect(words([a, b], [paused, waits])).toBe("Waiting");
  });

  test("stands before the others on the overview when it needs somebody", () => {
    const source = (status: Source["status"], lastSyncedAt: string | null) => ({ status, lastSyncedAt });
    const [fresh, stale, never, failed, refused] = [
      source("connected", "2026-11-26T12:00:00.000Z"),
      source("syncing", "2026-11-20T12:00:00.000Z"),
      source("connected", null),
      source("error", "2026-11-26T13:00:00.000Z"),
      source("needs_reconnect", "2026-11-25T13:00:00.000Z"),
    ];
    expect(byNeed([fresh, failed, stale, refused, never])).toEqual([refused, failed, never, stale, fresh]);
  });

  test("is found by its name, its kind and its accounts", () => {
    const found = (typed: string) => matching(sources, typed).map(({ integration }) => integration);
    expect(found("quarry")).toEqual(["GitHub", "Linear"]);
    expect(found(" BOT token")).toEqual([]);
    expect(found("linear")).toEqual(["Linear"]);
  });

  test("comes among the connected ones first, by name", () => {
    const { connected, available } = inOrder([...newSources, ...sources]);
    expect(connected.map((source) => source.integration)).toEqual(["Files", "GitHub", "Linear"]);
    expect(available.map((source) => source.integration)).toEqual(["Files", "Linear", "Slack"]);
    expect(sourceStatus(files).text).toBe("Connected");
  });

  test("says by what it is connected", () => {
    const oauth = { redirectUri: "http://127.0.0.1:9000/api/oauth/x", clientKnown: false };
    const [, linear] = newSources;
    if (linear === undefined) throw new Error("The fixtures have no Linear.");
    expect(connectionKind(linear)).toBe("API key");
    expect(connectionKind({ ...linear, oauth })).toBe("API key or sign in");
    expect(connectionKind({ ...linear, oauth, inputs: [], integrationType: "OAUTH" })).toBe("Sign in");
    expect(connectionKind(files)).toBe("This machine");
  });

  test("starts with the first sentence of its description, without markup", () => {
    expect(firstSentence("Reads **your** [notes](https://example.com). Then more.")).toBe(
      "Reads your notes.",
    );
    expect(firstSentence("Version 2.0 of it")).toBe("Version 2.0 of it");
    expect(firstSentence(undefined)).toBe("");
  });
});

test("what needs no key is offered first, and what is searched for is one list", () => {
  const [files, linear] = newSources;
  if (files === undefined || linear === undefined) throw new Error("There are two.");
  const shown = (...args: Parameters<typeof groupsOf>) =>
    groupsOf(...args).map(({ title, members }) => [title, ...members.map(({ integration }) => integration)]);
  expect(shown([linear, files], "")).toEqual([
    ["Begin without a key", "Files"],
    ["With a key or a sign-in", "Linear"],
  ]);
  expect(shown([linear, files], "i")).toEqual([["", "Linear", "Files"]]);
  expect(shown([linear], "")).toEqual([["", "Linear"]]);
});
