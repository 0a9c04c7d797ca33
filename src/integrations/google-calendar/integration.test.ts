import { describe, expect, test } from "bun:test";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { startCalendar } from "../../../test/fakes/google-calendar/fake";
import { type FakeEvent, keyOf, ME, TEAM } from "../../../test/fakes/google-calendar/world";
import { googleCalendarIntegration } from "./integration";

const DAY_MS = 86_400_000;
const day = (after: number) => new Date(Date.now() + after * DAY_MS).toISOString().slice(0, 10);
const hours = (date: string, from = "10:00", to = "10:30") => ({
  start: { dateTime: `${date}T${from}:00Z`, timeZone: "UTC" },
  end: { dateTime: `${date}T${to}:00Z`, timeZone: "UTC" },
});

/** Connected through consent; `options` as a person fills them into the form. */
async function calendars(options: Record<string, string> = {}, items = 0, pageSize = 5) {
  const clock = fastClock();
  const fake = await startCalendar({ seed: 7, items, clock, pageSize });
  const credential = { ...fake.credential, options };
  const place = await connectedApp(googleCalendarIntegration, { ...fake, credential }, { clock });
  return {
    ...place,
    fake,
    world: fake.world,
    keys: async () => [...(await place.served()).keys()].sort(),
    markdown: async (event: FakeEvent, calendar = ME) =>
      (await place.served()).get(keyOf(calendar, event))?.markdown ?? "",
    rows: (sql: string) => place.app.db.raw.all(sql),
    differences: async () => differences(await place.served(), fake),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const keysOf = (...events: FakeEvent[]) => events.map((event) => keyOf(ME, event)).sort();

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
