import { describe, expect, test } from "bun:test";
import { calendars, day, hours, keysOf } from "@test/google-calendar";
import { structureViolations } from "@test/invariants";
import { keyOf, ME, TEAM } from "../../../test/fakes/google-calendar/world";
import { googleCalendarIntegration } from "./integration";

describe("an account", () => {
  test("is called by the address of its own calendar, and keeps its refresh token when access is renewed", async () => {
    await using place = await calendars({}, 3);
    expect(await place.app.credentials.list()).toMatchObject([
      { integration: "Google Calendar", account: ME },
    ]);
    place.fake.faults.expireToken?.();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    place.fake.faults.expireToken?.();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 0 });
    expect(place.fake.grants).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
  });

  test("reads its calendars without those of which only busy times are to be seen, and holidays", async () => {
    await using place = await calendars();
    const { world } = place;
    const mine = world.add();
    const team = world.add({}, TEAM);
    world.add({}, "busy@harbour.example");
    const holiday = "en.uk#holiday@group.v.calendar.google.com";
    const off = world.add({}, holiday);
    await place.sync();
    expect(await place.keys()).toEqual([keyOf(TEAM, team), keyOf(ME, mine)].sort((a, b) => (a < b ? -1 : 1)));
    await using chosen = await calendars({ calendars: `primary, ${holiday}` });
    chosen.world.put(ME, mine);
    chosen.world.put(holiday, off);
    chosen.world.add({}, TEAM);
    await chosen.sync();
    expect(await chosen.keys()).toEqual(
      [keyOf(ME, mine), keyOf(holiday, off)].sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  test("asks without bounds of time, which go with no sync token, and so hears of all changes", async () => {
    await using place = await calendars();
    const event = place.world.add(hours(day(30)));
    await place.sync();
    place.world.change(ME, event, hours(day(-3_000)));
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    place.world.change(ME, event, hours(day(3)));
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1, failed: 0 });
  });
});

test("a chosen calendar that the account does not see is named among what failed, until it does", async () => {
  await using place = await calendars({ calendars: `${ME}, ${TEAM.toUpperCase()}` });
  const { world } = place;
  world.add();
  world.add({}, TEAM);
  world.at(TEAM).unlisted = true;
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1, failed: 1 });
  const [row] = await place.rows(`SELECT "error" FROM "syncTask" WHERE "error" LIKE 'Not among%'`);
  expect(String(row?.["error"])).toStartWith(
    `Not among the calendars of this account: ${TEAM.toUpperCase()}. `,
  );
  world.at(TEAM).unlisted = false;
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, failed: 0 });
});

describe("what is left out", () => {
  test("is private, declined, before or after the days that are kept, or no meeting, until it is chosen", async () => {
    const fill = ({ world }: Awaited<ReturnType<typeof calendars>>) => {
      const no = [{ email: ME, self: true, responseStatus: "declined" }];
      return {
        kept: world.add(hours(day(100))),
        running: world.series({ recurrence: ["RRULE:FREQ=YEARLY"], ...hours(day(-3_000)) }),
        private: world.add({ visibility: "private" }),
        declined: world.add({ attendees: no }),
        old: world.add(hours(day(-500))),
        over: world.series({ recurrence: ["RRULE:FREQ=DAILY;COUNT=5"], ...hours(day(-500)) }),
        far: world.add(hours(day(500))),
        home: world.add({ eventType: "workingLocation" }),
      };
    };
    await using place = await calendars();
    const few = fill(place);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2, skipped: 3 });
    expect(await place.keys()).toEqual(keysOf(few.kept, few.running));
    await using all = await calendars({
      since: day(-600),
      aheadDays: "600",
      private: "yes",
      declined: "yes",
    });
    const many = fill(all);
    await all.sync();
    expect(await all.keys()).toEqual(keysOf(...Object.values(many).filter((event) => event !== many.home)));
  });

  test("leaves with an incremental sync when it becomes so, and is back when it no longer is", async () => {
    await using place = await calendars();
    const event = place.world.add();
    await place.sync();
    place.world.change(ME, event, { visibility: "private" });
    expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
    expect(await place.rows('SELECT * FROM "calendarGuest"')).toEqual([]);
    place.world.change(ME, event, { visibility: "public" });
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  });
});

test("a setting that is changed counts from the next sync on, for what is stored beside the events as well", async () => {
  await using place = await calendars({ private: "yes" });
  const { world, app } = place;
  const mine = world.add();
  world.add({}, TEAM);
  const round = world.series({ visibility: "private", description: "Canary pay" });
  world.date(ME, round, 1, { summary: "Canary talk" });
  await place.sync();
  expect(await place.keys()).toHaveLength(3);
  const options = { calendars: "primary" };
  const input = { integration: "Google Calendar", account: ME, options, keepSecrets: true };
  await app.credentials.save(googleCalendarIntegration, input);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 2, failed: 0 });
  expect(await place.keys()).toEqual(keysOf(mine));
  for (const table of ["googleCalendar", "calendarEvent", "calendarDate"])
    expect(await place.rows(`SELECT * FROM "${table}"`)).toHaveLength(1);
  expect(JSON.stringify(await place.rows('SELECT * FROM "calendarPart"'))).not.toContain("Canary");
});

describe("a calendar", () => {
  test("that is hidden or unshared takes its events along, and is read anew when it is back", async () => {
    await using place = await calendars();
    const { world } = place;
    const mine = world.add();
    const round = world.series({}, TEAM);
    world.date(TEAM, round, 1, { status: "cancelled" });
    for (const leave of [{ unlisted: true }, { refused: 403 as const }, { refused: 404 as const }]) {
      await place.sync("incremental");
      expect(await place.keys()).toHaveLength(2);
      Object.assign(world.at(TEAM), leave);
      expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
      expect(await place.keys()).toEqual(keysOf(mine));
      expect(await place.rows('SELECT * FROM "calendarPart"')).toEqual([]);
      Object.assign(world.at(TEAM), { unlisted: false, refused: 0 });
    }
  });

  test("that is called otherwise shows in its events at once, and nothing deleted meanwhile stays", async () => {
    await using place = await calendars();
    const { world } = place;
    const [kept, gone] = [world.add({}, TEAM), world.add({}, TEAM)];
    await place.sync();
    world.at(TEAM).summary = "Wet dock";
    world.remove(TEAM, gone);
    expect(await place.sync("incremental")).toMatchObject({ updated: 1, deleted: 1 });
    expect(await place.markdown(kept, TEAM)).toContain("- Calendar: Wet dock\n");
    expect(await place.sync("incremental")).toMatchObject({ seen: 0 });
  });

  test("whose token is over is listed at once, and the next sync looks for deletions", async () => {
    await using place = await calendars({}, 6);
    const { world, fake } = place;
    await place.sync();
    const [calendar, gone] = world.pick();
    world.remove(calendar, gone);
    const fresh = world.add();
    fake.faults.expireCursors?.();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 0 });
    expect(await place.markdown(fresh)).not.toBe("");
    expect(await place.sync("incremental")).toMatchObject({ mode: "full", state: "succeeded", deleted: 1 });
    expect(await place.differences()).toEqual([]);
  });

  test("without a sync token is listed by each sync, and loses what is deleted with a full one", async () => {
    await using place = await calendars();
    const { world } = place;
    world.at(TEAM).tokenless = true;
    const [kept, gone] = [world.add({}, TEAM), world.add({}, TEAM)];
    await place.sync();
    world.remove(TEAM, gone);
    world.change(TEAM, kept, { summary: "New" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 0 });
    expect(await place.sync()).toMatchObject({ deleted: 1 });
  });

  test("of the account's own is never taken for unshared, nor are all of them for gone", async () => {
    await using place = await calendars();
    const { world } = place;
    world.add();
    world.add({}, TEAM);
    await place.sync();
    for (const one of world.calendars.values()) one.refused = 403;
    expect(await place.sync("incremental")).toMatchObject({
      ...{ state: "failed", deleted: 0 },
      error: expect.stringContaining("does not let this account's own calendar be read. "),
    });
    for (const one of world.calendars.values()) Object.assign(one, { refused: 0, unlisted: true });
    expect(await place.sync("full")).toMatchObject({
      ...{ state: "failed", deleted: 0 },
      error: expect.stringContaining("lists no calendar at all"),
    });
    expect(await place.keys()).toHaveLength(2);
  });

  test("with an event of another shape serves the others, and takes nothing for deleted", async () => {
    await using place = await calendars();
    const { world } = place;
    const [kept, gone] = [world.add(), world.add()];
    await place.sync();
    world.at(ME).events.delete(gone.id);
    world.put(ME, { id: "", status: "confirmed" });
    expect(await place.sync()).toMatchObject({ deleted: 0 });
    expect(await place.keys()).toEqual(keysOf(kept, gone));
  });
});

test("a listing that is stopped and left off leaves nothing of itself behind", async () => {
  await using place = await calendars({}, 12, 3);
  const { world, fake } = place;
  await place.sync();
  const series = world.series();
  for (let week = 1; week < 5; week++) world.date(ME, series, week, { status: "cancelled" });
  let pages = 0;
  fake.faults.onRequest?.(({ path }) => {
    if (path.includes("pageToken") && ++pages === 2) fake.faults.serverError?.(1_000);
  });
  expect(await place.sync()).not.toMatchObject({ state: "succeeded" });
  fake.faults.onRequest?.(() => undefined);
  fake.faults.heal();
  const [calendar, gone] = world.pick(({ id }) => id !== series.id);
  world.remove(calendar, gone);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
  expect(await place.differences()).toEqual([]);
  await place.sync();
  expect(await place.rows('SELECT * FROM "calendarPart" WHERE "listing" IS NOT NULL')).toEqual([]);
  expect(await structureViolations(place.app.db)).toEqual([]);
});
