import { afterEach, describe, expect, setSystemTime, test } from "bun:test";
import { calendars, day, hours, keysOf } from "@test/google-calendar";
import { type FakeEvent, ME } from "../../../test/fakes/google-calendar/world";

afterEach(() => void setSystemTime());

describe("a series", () => {
  test("is one artifact, with its rule and what differs from it, and grows by none when dates are changed", async () => {
    await using place = await calendars();
    const { world } = place;
    const first = day(-70);
    const standup = world.series({
      recurrence: ["RRULE:FREQ=DAILY;COUNT=400"],
      summary: "Stand-up",
      ...hours(first),
    });
    await place.sync();
    expect(await place.keys()).toEqual(keysOf(standup));
    expect(await place.markdown(standup)).toContain(
      "- When: 10:00 to 10:30 (UTC)\n- Repeats: every day, 400 times\n",
    );
    world.date(ME, standup, 1, { status: "cancelled" });
    world.date(ME, standup, 2, {
      summary: "Retro",
      description: "Bring <b>cake</b>",
      ...hours(first, "15:00", "16:00"),
    });
    world.date(ME, standup, 3, { ...hours(day(-48), "11:00", "11:30"), location: "Dock 3" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 0, updated: 1 });
    const markdown = await place.markdown(standup);
    expect(markdown).toMatch(/\n- \w+ \d+ \w+ \d+: cancelled\n/);
    expect(markdown).toMatch(
      /: moved to .*, 15:00 to 16:00; called Retro; with other notes\n\n {2}Bring \*\*cake\*\*\n/,
    );
    expect(markdown).toMatch(/: moved to .*, 11:00 to 11:30; in Dock 3\n?$/);
    expect(await place.rows('SELECT count(*) AS n FROM "calendarPart"')).toEqual([{ n: 4 }]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0, updated: 0, deleted: 0 });
  });

  test("has a row for each date of three months, at the clock of its zone, with those that were changed", async () => {
    await using place = await calendars();
    const { world } = place;
    const month = new Date().toISOString().slice(0, 7);
    const zone = { timeZone: "Europe/Lisbon" };
    const monthly = world.series({
      recurrence: ["RRULE:FREQ=MONTHLY"],
      ...{ summary: "Payday", location: "Bank" },
      start: { dateTime: "2025-07-05T09:00:00+01:00", ...zone },
      end: { dateTime: "2025-07-05T09:30:00+01:00", ...zone },
    });
    const single = world.add(hours(day(20)));
    const original = { dateTime: `${month}-05T09:00:00Z` };
    const [start, end] = [{ dateTime: `${month}-07T15:00:00Z` }, { dateTime: `${month}-07T16:00:00Z` }];
    world.put(ME, {
      ...monthly,
      id: "p1",
      recurringEventId: monthly.id,
      recurrence: [],
      originalStartTime: original,
      start,
      end,
      summary: "Late",
    });
    await place.sync();
    const rows = (event: FakeEvent) =>
      place.rows(
        `SELECT "startsAt", "endsAt", "title", "isChanged" FROM "calendarDate" WHERE "eventKey" = '${ME}/${event.id}' ORDER BY "startsAt"`,
      );
    const later = [1, 2].map((after) => {
      const [year = 0, number = 0] = month.split("-").map(Number);
      const at = new Date(Date.UTC(year, number - 1 + after, 5));
      // Lisbon's clocks are an hour ahead of UTC in summer.
      const summer = at.getUTCMonth() > 2 && at.getUTCMonth() < 10;
      at.setUTCHours(summer ? 8 : 9);
      return {
        startsAt: at.toISOString(),
        endsAt: new Date(at.getTime() + 1_800_000).toISOString(),
        title: "Payday",
        isChanged: 0,
      };
    });
    expect(await rows(monthly)).toEqual([
      {
        startsAt: `${month}-07T15:00:00.000Z`,
        endsAt: `${month}-07T16:00:00.000Z`,
        title: "Late",
        isChanged: 1,
      },
      ...later,
    ]);
    expect(await rows(single)).toMatchObject([{ startsAt: `${day(20)}T10:00:00.000Z`, isChanged: 0 }]);
    world.remove(ME, monthly);
    await place.sync("incremental");
    expect(await rows(monthly)).toEqual([]);
  });

  test("does not change from day to day, and with the month only where it goes on", async () => {
    await using place = await calendars();
    const { world } = place;
    const weekly = world.series({ recurrence: ["RRULE:FREQ=WEEKLY"], ...hours("2026-01-05") });
    world.series({ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"], ...hours("2026-01-05") });
    world.add(hours("2026-03-03"));
    setSystemTime(new Date("2026-03-02T10:00:00Z"));
    expect(await place.sync()).toMatchObject({ inserted: 3 });
    expect(await place.markdown(weekly)).toContain(
      "- March 2026: 2, 9, 16, 23, 30\n- April 2026: 6, 13, 20, 27\n- May",
    );
    for (const now of ["2026-03-17T10:00:00Z", "2026-03-31T22:00:00Z"]) {
      setSystemTime(new Date(now));
      expect(await place.sync()).toMatchObject({ updated: 0, deleted: 0 });
    }
    setSystemTime(new Date("2026-04-05T04:30:00Z"));
    expect(await place.sync("incremental")).toMatchObject({ updated: 0 });
    expect(await place.sync()).toMatchObject({ updated: 1, unchanged: 2, deleted: 0 });
    expect(await place.markdown(weekly)).toContain("## Dates\n\n- April 2026: 6, 13, 20, 27\n");
    setSystemTime(new Date("2027-02-01T10:00:00Z"));
    expect(await place.sync()).toMatchObject({ updated: 1, deleted: 1 });
    expect(await place.keys()).toHaveLength(2);
  });

  test("goes with its end: deleted, made a single event, or known by one date that is taken back", async () => {
    await using place = await calendars();
    const { world } = place;
    const [gone, single, foreign] = [world.series(), world.series(), world.series()];
    for (const series of [gone, single]) world.date(ME, series, 1, { status: "cancelled" });
    const invited = world.date(ME, foreign, 2, { summary: "Only this date" });
    // The account is a guest of one date: the series' own row is in a calendar that it does not see.
    world.at(ME).events.delete(foreign.id);
    await place.sync();
    expect(await place.markdown(foreign)).toContain("- Repeats: known by single dates alone\n");
    world.remove(ME, gone);
    const rest = { ...single, recurrence: [] };
    world.remove(ME, single);
    world.put(ME, rest);
    world.put(ME, { id: invited.id, status: "cancelled" });
    expect(await place.sync("incremental")).toMatchObject({
      state: "succeeded",
      deleted: 2,
      updated: 1,
      failed: 0,
    });
    expect(await place.keys()).toEqual(keysOf(single));
    expect(await place.rows('SELECT * FROM "calendarPart"')).toEqual([]);
  });

  test("of which each date is cancelled is gone, and back with one of them", async () => {
    await using place = await calendars();
    const { world } = place;
    const twice = world.series({ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    await place.sync();
    for (const week of [0, 1]) world.date(ME, twice, week, { status: "cancelled" });
    expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
    expect(await place.sync()).toMatchObject({ deleted: 0, inserted: 0 });
    world.date(ME, twice, 1, { status: "confirmed" });
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  });

  test("of whole days keeps to its days, in each zone", async () => {
    await using place = await calendars();
    const { world } = place;
    const month = new Date().toISOString().slice(0, 7);
    const days = (from: string, to: string) => ({
      start: { date: `${month}-${from}` },
      end: { date: `${month}-${to}` },
    });
    const tides = world.put(ME, {
      ...world.add({ summary: "Spring tide" }),
      ...{ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"], ...days("08", "10") },
    });
    world.put(ME, {
      ...tides,
      ...{ id: "t1", recurrence: [], recurringEventId: tides.id },
      ...{ originalStartTime: { date: `${month}-15` }, ...days("16", "17") },
    });
    await place.sync();
    const markdown = await place.markdown(tides);
    expect(markdown).toContain("- When: 2 days\n");
    expect(markdown).toMatch(/\n- \w+ 15 \w+ \d+: moved to \w+ 16 \w+ \d+\n?$/);
    const rows = await place.rows('SELECT "startsAt", "endsAt" FROM "calendarDate" ORDER BY "startsAt"');
    expect(
      rows.map(({ startsAt, endsAt }) => `${String(startsAt).slice(8, 16)} ${String(endsAt).slice(8, 16)}`),
    ).toEqual(["08T00:00 10T00:00", "16T00:00 17T00:00"]);
  });

  test("says nothing of a private date but when it is, and is not kept where it is private itself", async () => {
    await using place = await calendars();
    const { world } = place;
    const open = world.series();
    world.date(ME, open, 1, { visibility: "private", summary: "Salaries", description: "Canary pay" });
    world.series({ visibility: "private", summary: "Canary talks" });
    await place.sync();
    expect(await place.keys()).toEqual(keysOf(open));
    expect(await place.markdown(open)).toMatch(/: private\n?$/);
    const stored = JSON.stringify(await place.rows('SELECT * FROM "calendarPart"'));
    expect(stored).not.toMatch(/Salaries|Canary/);
  });
});
