import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { assert, asyncProperty, constantFrom, integer } from "fast-check";
import { listScheduleRows, type ScheduleRow, upsertScheduleRow } from "@/core/db/queries/schedules";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { createRandom } from "@test/random";
import { claimDue, nextRunOf, pullInDistant } from "./due";
import { nextTimes, parseTimer } from "./timer";

const MINUTE = 60_000;
const at = (text: string) => new Date(text);
const never = () => 0;

async function schedule(db: Db, fields: Partial<ScheduleRow> = {}): Promise<ScheduleRow> {
  const row: ScheduleRow = {
    id: "one",
    integration: "Shelf",
    account: "",
    cron: "30 2 * * *",
    timeZone: "Europe/Berlin",
    mode: "incremental",
    enabled: true,
    jitterSeconds: 0,
    nextRunAt: "2026-03-29T01:00:00.000Z",
    lastRunAt: null,
    pausedReason: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    ...fields,
  };
  await upsertScheduleRow(db, row);
  return row;
}

const only = async (db: Db): Promise<ScheduleRow> => {
  const [row] = await listScheduleRows(db);
  if (row === undefined) throw new Error("There is no schedule.");
  return row;
};

describe("what is due", () => {
  test("is claimed once, and its next run is moved", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db);
    const before = at("2026-03-29T00:59:59.000Z");
    expect(await claimDue(database.db, before, never)).toEqual([]);
    const now = at("2026-03-29T01:00:00.000Z");
    expect(await claimDue(database.db, now, never)).toHaveLength(1);
    expect(await claimDue(database.db, now, never)).toEqual([]);
    expect(await only(database.db)).toMatchObject({
      lastRunAt: now.toISOString(),
      nextRunAt: "2026-03-30T00:30:00.000Z",
    });
  });

  test("comes once for all the times that were missed while nothing ran", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db, { cron: "*/15 * * * *" });
    expect(await claimDue(database.db, at("2026-04-20T10:01:00.000Z"), never)).toHaveLength(1);
    expect((await only(database.db)).nextRunAt).toBe("2026-04-20T10:15:00.000Z");
  });

  test("is nothing while a schedule is not enabled", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db, { enabled: false });
    expect(await claimDue(database.db, at("2027-01-01T00:00:00.000Z"), never)).toEqual([]);
  });

  test("is claimed by one of several processes only, each time", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db);
    const script = `
      import { openDatabase } from "@/core/db/open";
      import { claimDue } from "@/core/services/schedule/due";
      const { db, close } = openDatabase(${JSON.stringify(database.path)});
      let claims = 0;
      for (let day = 0; day < 40; day++) {
        claims += (await claimDue(db, new Date(Date.parse("2026-04-01T12:00:00Z") + day * 86400000), () => 0)).length;
      }
      console.log(claims);
      close();`;
    const cwd = resolve(import.meta.dir, "../../../..");
    const start = () =>
      Bun.spawn([process.execPath, "-e", script], { cwd, stdout: "pipe", stderr: "inherit" });
    const counts = await Promise.all(
      [start(), start(), start()].map(async (child) => Number(await new Response(child.stdout).text())),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  });

  test("a time zone that is no longer known turns the schedule off and says so; the others run", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db, { timeZone: "Mars/Olympus" });
    await schedule(database.db, { id: "two", account: "b" });
    const now = at("2026-04-01T00:00:00.000Z");
    await pullInDistant(database.db, now, never);
    expect((await claimDue(database.db, now, never)).map((row) => row.id)).toEqual(["two"]);
    expect(await only(database.db)).toMatchObject({
      enabled: false,
      pausedReason: expect.stringContaining("Mars/Olympus"),
    });
  });
});

test("across a year of clock changes, pauses and late looks: never early, never twice, none missed", async () => {
  await using database = await temporaryDatabase();
  const seed = integer({ min: 1, max: 1_000_000 });
  const crons = constantFrom("30 2 * * *", "15 1,2,3 * * *", "0 0 * * 0");
  const zones = constantFrom("Europe/Berlin", "America/New_York", "America/Santiago");
  await assert(
    asyncProperty(seed, crons, zones, async (number, cron, timeZone) => {
      const random = createRandom(number);
      let now = Date.parse("2026-01-01T00:00:00Z");
      const end = Date.parse("2027-01-01T00:00:00Z");
      const timer = parseTimer(cron, timeZone);
      await schedule(database.db, { cron, timeZone, nextRunAt: timer.next(new Date(now)).toISOString() });
      while (now < end) {
        const before = now;
        now += random.below(20) === 0 ? random.below(9) * 86_400_000 : 1 + random.below(30 * 60 * MINUTE);
        const [passed] = nextTimes(timer, new Date(before), 1);
        const claimed = await claimDue(database.db, new Date(now), random.next);
        expect(claimed.length).toBe(passed !== undefined && passed.getTime() <= now ? 1 : 0);
      }
    }),
    { numRuns: 5 },
  );
});

describe("a delay", () => {
  test("is at most the jitter, and never half of the way to the time that follows", () => {
    const now = at("2026-06-01T00:00:30.000Z");
    const row = { cron: "* * * * *", timeZone: "UTC", jitterSeconds: 3_600 };
    expect(nextRunOf(row, now, () => 0.999).getTime()).toBeLessThan(at("2026-06-01T00:01:30.000Z").getTime());
    const daily = { cron: "0 3 * * *", timeZone: "UTC", jitterSeconds: 600 };
    expect(nextRunOf(daily, now, () => 0.5)).toEqual(at("2026-06-01T03:05:00.000Z"));
    expect(nextRunOf(daily, now, never)).toEqual(at("2026-06-01T03:00:00.000Z"));
  });
});

describe("a clock that was wrong", () => {
  test("far ahead, and is set right: the schedule comes back", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db, { lastRunAt: "2040-01-01T01:30:00Z", nextRunAt: "2040-01-02T01:30:00.000Z" });
    await pullInDistant(database.db, at("2026-06-01T00:00:00.000Z"), never);
    expect((await only(database.db)).nextRunAt).toBe("2026-06-01T00:30:00.000Z");
  });

  test("by minutes, and is set back: today's run does not come twice", async () => {
    await using database = await temporaryDatabase();
    await schedule(database.db);
    await claimDue(database.db, at("2026-06-01T00:31:00.000Z"), never);
    await pullInDistant(database.db, at("2026-06-01T00:20:00.000Z"), never);
    expect((await only(database.db)).nextRunAt).toBe("2026-06-02T00:30:00.000Z");
  });

  test.each([3, 12, 23, 24, 30])("by %d hours, and is set back: it runs at its next time", async (hours) => {
    await using database = await temporaryDatabase();
    await schedule(database.db, { cron: "*/15 * * * *" });
    const wrong = at("2026-06-02T12:01:00.000Z");
    await claimDue(database.db, wrong, never);
    const right = new Date(wrong.getTime() - hours * 3_600_000 + 5_000);
    await pullInDistant(database.db, right, never);
    const next = Date.parse((await only(database.db)).nextRunAt ?? "");
    expect(next - right.getTime()).toBeLessThanOrEqual(15 * MINUTE);
    expect(await claimDue(database.db, new Date(next), never)).toHaveLength(1);
  });

  test("not at all: what waits with its delay is left where it is", async () => {
    await using database = await temporaryDatabase();
    const nextRunAt = "2026-06-01T00:35:00.000Z";
    await schedule(database.db, { jitterSeconds: 600, nextRunAt });
    for (const now of ["2026-06-01T00:00:00.000Z", "2026-06-01T00:34:00.000Z"]) {
      await pullInDistant(database.db, at(now), never);
    }
    expect((await only(database.db)).nextRunAt).toBe(nextRunAt);
  });
});
