import { describe, expect, test } from "bun:test";
import { scheduleInputSchema } from "@/core/models/schedule";
import { messageOf } from "@/core/models/errors";
import { createShelf } from "@test/shelf";
import { testApp } from "@test/app";
import { createSchedules } from "./schedules";

const input = (fields: Record<string, unknown> = {}) =>
  scheduleInputSchema.parse({ cron: "daily at 03:00", timeZone: "UTC", ...fields });
const reasonOf = (failing: Promise<unknown>) => failing.then(() => "it worked", messageOf);

/** Schedules of an app with two sources, at a fixed time. */
async function schedulesApp() {
  const app = await testApp({
    integrations: [createShelf("Shelf").integration, createShelf("Desk").integration],
  });
  let now = new Date("2026-06-01T12:00:00.000Z");
  const schedules = createSchedules({ ...app, now: () => now, random: () => 0.5 });
  const setNow = (text: string) => void (now = new Date(text));
  return { schedules, setNow, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe("schedules", () => {
  test("are made, changed in place, listed and removed, by names in any case", async () => {
    await using one = await schedulesApp();
    const { schedules } = one;
    expect(await schedules.set({ integration: "shelf" }, input())).toEqual({
      integration: "Shelf",
      account: null,
      mode: "incremental",
      cron: "0 3 * * *",
      timeZone: "UTC",
      summary: "At 03:00 (UTC)",
      enabled: true,
      jitterSeconds: 0,
      nextRunAt: "2026-06-02T03:00:00.000Z",
      nextFullRunAt: null,
      lastRunAt: null,
      pausedReason: null,
    });
    await schedules.set({ integration: "Shelf" }, input({ cron: "hourly", jitterSeconds: 60 }));
    await schedules.set({ integration: "Shelf" }, input({ mode: "full" }));
    await schedules.set({ integration: "Desk", account: "default" }, input());
    expect((await schedules.list()).map((one) => [one.integration, one.account, one.mode])).toEqual([
      ["Desk", "default", "incremental"],
      ["Shelf", null, "full"],
      ["Shelf", null, "incremental"],
    ]);
    expect(await schedules.list({ integration: "SHELF" })).toMatchObject([
      { mode: "full" },
      { cron: "0 * * * *", nextRunAt: "2026-06-01T13:00:30.000Z" },
    ]);
    expect(await schedules.remove({ integration: "shelf", mode: "full" })).toBe(1);
    expect(await schedules.remove({ integration: "shelf" })).toBe(1);
    expect(await schedules.list({ integration: "shelf" })).toEqual([]);
  });

  test("pause with a reason, and go on with the next time after now", async () => {
    await using one = await schedulesApp();
    const { schedules, setNow } = one;
    await schedules.set({ integration: "Shelf" }, input());
    expect(await schedules.pause({ integration: "Shelf" }, "The provider is down.")).toMatchObject([
      { enabled: false, nextRunAt: null, pausedReason: "The provider is down." },
    ]);
    setNow("2026-07-01T12:00:00.000Z");
    expect(await schedules.resume({ integration: "Shelf" })).toMatchObject([
      { enabled: true, nextRunAt: "2026-07-02T03:00:00.000Z", pausedReason: null },
    ]);
  });

  test("that are made switched off say so", async () => {
    await using one = await schedulesApp();
    const { schedules } = one;
    expect(await schedules.set({ integration: "Shelf" }, input({ enabled: false }))).toMatchObject({
      enabled: false,
      nextRunAt: null,
      pausedReason: "Paused by hand.",
    });
  });

  test("are refused for what does not exist, each in plain words", async () => {
    await using one = await schedulesApp();
    const { schedules } = one;
    expect(await reasonOf(schedules.set({ integration: "Shelv" }, input()))).toContain("Shelf");
    expect(await reasonOf(schedules.set({ integration: "Shelf", account: "ann" }, input()))).toContain(
      "no account 'ann'",
    );
    expect(await reasonOf(schedules.set({ integration: "Shelf" }, input({ cron: "sometimes" })))).toContain(
      "every 15 minutes",
    );
    expect(await reasonOf(schedules.remove({ integration: "Shelf" }))).toContain("no schedule of Shelf");
    expect(await reasonOf(schedules.pause({ integration: "Shelf", account: "a" }))).toContain("Shelf a");
  });

  test("can be looked at before they are made", async () => {
    await using one = await schedulesApp();
    const { schedules } = one;
    expect(schedules.preview({ cron: "weekly on monday at 06:30", timeZone: "Europe/Berlin" })).toEqual({
      cron: "30 6 * * 1",
      timeZone: "Europe/Berlin",
      summary: "At 06:30, only on Monday (Europe/Berlin)",
      next: ["08", "15", "22", "29"]
        .map((day) => `2026-06-${day}T04:30:00.000Z`)
        .concat("2026-07-06T04:30:00.000Z"),
    });
  });
});
