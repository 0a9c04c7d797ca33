import { describe, expect, test } from "bun:test";
import { hostname } from "node:os";
import { syncRun } from "@/core/db/schema";
import { eq } from "drizzle-orm";
import { temporaryDatabase } from "@test/database";
import { claimRun } from "./claim";
import { assertRunning, beat, isAbandoned, LEASE_EXPIRES_MS, leaseOwner } from "./lease";
import { transition } from "./transitions";

const request = {
  integration: "Shelf",
  account: "default",
  mode: "full",
  trigger: "manual",
  confirmDeletions: false,
} as const;

/** A process that has certainly ended, and so an owner that is certainly dead. */
async function deadOwner(): Promise<string> {
  const child = Bun.spawn([process.execPath, "--version"], { stdout: "ignore" });
  await child.exited;
  return `${hostname()}:${child.pid}:abc`;
}

describe("a lease", () => {
  test("of this process is not abandoned; of an earlier process with the same number it is", () => {
    const self = leaseOwner();
    const earlier = `${hostname()}:${process.pid}:000000000000`;
    expect(isAbandoned({ leaseOwner: self, heartbeatAt: null }, self)).toBe(false);
    expect(isAbandoned({ leaseOwner: earlier, heartbeatAt: new Date().toISOString() }, self)).toBe(true);
    expect(isAbandoned({ leaseOwner: null, heartbeatAt: null }, self)).toBe(true);
  });

  test("of a dead process on this machine is abandoned at once", async () => {
    const lease = { leaseOwner: await deadOwner(), heartbeatAt: new Date().toISOString() };
    expect(isAbandoned(lease, leaseOwner())).toBe(true);
  });

  test("of another machine is abandoned only after a long silence", () => {
    const now = new Date("2026-05-01T12:00:00Z");
    const silentFor = (ms: number) => ({
      leaseOwner: "elsewhere:17:abc",
      heartbeatAt: new Date(now.getTime() - ms).toISOString(),
    });
    expect(isAbandoned(silentFor(LEASE_EXPIRES_MS - 1), leaseOwner(), now)).toBe(false);
    expect(isAbandoned(silentFor(LEASE_EXPIRES_MS + 1), leaseOwner(), now)).toBe(true);
  });

  test("from before the clock was set back by a day is abandoned, unless its process is alive here", () => {
    const now = new Date("2026-05-01T12:00:00Z");
    const heartbeatAt = new Date(now.getTime() + 86_400_000).toISOString();
    const alive = `${hostname()}:${process.ppid}:abc`;
    expect(isAbandoned({ leaseOwner: "earlier-container:17:abc", heartbeatAt }, leaseOwner(), now)).toBe(
      true,
    );
    expect(isAbandoned({ leaseOwner: alive, heartbeatAt }, leaseOwner(), now)).toBe(false);
    // Another host whose clock is a minute ahead is at work.
    const ahead = new Date(now.getTime() + 60_000).toISOString();
    expect(isAbandoned({ leaseOwner: "other-host:17:abc", heartbeatAt: ahead }, leaseOwner(), now)).toBe(
      false,
    );
  });

  test("is given to one of two that ask, and its heartbeat brings a cancel request", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const parent = `${hostname()}:${process.ppid}:abc`;
    const theirs = await claimRun(db, request, parent);
    const ours = await claimRun(db, request, leaseOwner());
    expect(theirs.ours).toBe(true);
    expect(ours).toMatchObject({ ours: false, runId: theirs.runId });
    expect(await beat(db, theirs.runId, parent)).toBe("ours");
    expect(await beat(db, theirs.runId, leaseOwner())).toBe("lost");
    await db.update(syncRun).set({ cancelRequestedAt: new Date().toISOString() });
    expect(await beat(db, theirs.runId, parent)).toBe("cancel");
    const claimed = { runId: theirs.runId, owner: parent };
    await expect(assertRunning(db, claimed)).rejects.toThrow("The sync was cancelled.");
  });

  test("of a dead owner is taken over, and its run goes on under its own id", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const deadSelf = await deadOwner();
    const dead = await claimRun(db, request, deadSelf);
    const self = leaseOwner();
    const taken = await claimRun(db, request, self);
    expect(taken).toMatchObject({ ours: true, runId: dead.runId });
    const [row] = await db.select().from(syncRun).where(eq(syncRun.id, dead.runId));
    expect(row).toMatchObject({ state: "running", resumes: 1 });
    // The one before may only have slept: it writes nothing more, and neither its end nor another's.
    await expect(assertRunning(db, { runId: dead.runId, owner: deadSelf })).rejects.toThrow(
      "Another process has taken this sync over.",
    );
    expect(await transition(db, dead.runId, "failed", {}, deadSelf)).toBe(false);
    await assertRunning(db, { runId: dead.runId, owner: self });
  });

  test("interrupted in another mode is closed, and a new run is made", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const old = await claimRun(db, { ...request, mode: "incremental" }, leaseOwner());
    await transition(db, old.runId, "interrupted");
    const fresh = await claimRun(db, request, leaseOwner());
    expect(fresh.runId).not.toBe(old.runId);
    const [row] = await db.select().from(syncRun).where(eq(syncRun.id, old.runId));
    expect(row?.state).toBe("cancelled");
  });
});

describe("a run's state", () => {
  test("never leaves an end, and only moves along the table", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const { runId } = await claimRun(db, request, leaseOwner());
    expect(await transition(db, runId, "succeeded")).toBe(true);
    for (const state of ["running", "failed", "cancelled", "interrupted", "parked"] as const) {
      expect(await transition(db, runId, state)).toBe(false);
    }
  });
});
