/** What people do with calendars beside writing and deleting events. */
import type { Happening } from "../fake";
import { type CalendarWorld, type FakeEvent, keyOf, ME, startOf, TEAM } from "./world";

type Act = (calendar: string, event: FakeEvent) => void;
const DAY_MS = 86_400_000;

export function calendarHappenings(world: CalendarWorld): readonly Happening[] {
  const { random } = world;
  let serial = 0;
  const repeats = ({ recurrence }: FakeEvent) => recurrence !== undefined;
  /** Something that is done to an event that fits, if there is any. */
  const to = (fits: (event: FakeEvent) => boolean, act: Act) => () => {
    const all = world.served().filter(([, event]) => fits(event));
    if (all.length === 0) return undefined;
    const [calendar, event] = random.pick(all);
    act(calendar, event);
    return keyOf(calendar, event);
  };
  const toDate = (fields: () => Partial<FakeEvent>) =>
    to(repeats, (calendar, series) => void world.date(calendar, series, 1 + random.below(8), fields()));
  const moved = () => {
    const start = startOf(world.pick()[1]);
    const at = (ms: number) => ({ dateTime: new Date(ms).toISOString() });
    return { start: at(start + 2 * DAY_MS), end: at(start + 2 * DAY_MS + 1_800_000) };
  };
  const answer =
    (who: string, responseStatus: string): Act =>
    (calendar, event) => {
      const guests = event["attendees"] as { email: string }[];
      world.change(calendar, event, {
        attendees: guests.map((one) => (one.email === who ? { ...one, responseStatus } : one)),
      });
    };
  const anyHidden = () =>
    [ME, TEAM].flatMap((id) =>
      [...world.at(id).events.values()].map((event): [string, FakeEvent] => [id, event]),
    );
  const showAgain = () => {
    const found = anyHidden().find(([, { visibility }]) => visibility === "private");
    if (found !== undefined) world.change(...found, { visibility: "default" });
    return found && keyOf(...found);
  };
  const split: Act = (calendar, series) => {
    const id = `${series.id}_R${++serial}`;
    const { start, end } = moved();
    world.change(calendar, series, { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] });
    world.put(calendar, {
      ...series,
      id,
      recurrence: ["RRULE:FREQ=WEEKLY;COUNT=7"],
      start,
      end,
      summary: `Split ${serial}`,
    });
  };
  const across: Act = (calendar, event) => {
    if (world.datesOf(calendar, event).length > 0) return;
    const copy = { ...event };
    world.remove(calendar, event);
    world.put(calendar === ME ? TEAM : ME, copy);
  };
  const share = (unlisted: boolean) => () => void (world.at(TEAM).unlisted = unlisted);
  const refuse = (refused: 0 | 403 | 404) => () => void (world.at(TEAM).refused = refused);
  const seen: Omit<Happening, "seen">[] = [
    { name: "move a date of", happen: toDate(moved) },
    { name: "cancel a date of", happen: toDate(() => ({ status: "cancelled" })) },
    { name: "write notes for a date of", happen: toDate(() => ({ description: world.sentence() })) },
    { name: "rename a date of", happen: toDate(() => ({ summary: `Special ${++serial}` })) },
    {
      name: "a date of a private kind of",
      happen: toDate(() => ({ visibility: "private", description: "Secret" })),
    },
    { name: "answer", happen: to(() => true, answer("bo@harbour.example", "declined")) },
    { name: "decline", takesAway: true, happen: to(() => true, answer(ME, "declined")) },
    { name: "show again", happen: showAgain },
    { name: "from now on single", happen: to(repeats, (calendar, event) => single(world, calendar, event)) },
    {
      name: "from now on weekly",
      happen: to(
        (event) => !repeats(event),
        (calendar, event) => world.change(calendar, event, { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=9"] }),
      ),
    },
    { name: "this and the following of", happen: to(repeats, split) },
    { name: "into the other calendar", takesAway: true, happen: to(() => true, across) },
    { name: "rename the calendar", happen: () => void (world.at(TEAM).summary = `Dock ${++serial}`) },
    { name: "unshare the calendar", takesAway: true, happen: share(true) },
    { name: "share the calendar", happen: share(false) },
    { name: "refuse the calendar", takesAway: true, happen: refuse(random.pick([403, 404])) },
    { name: "give the calendar back", happen: refuse(0) },
  ];
  const unseen: Omit<Happening, "seen">[] = [
    {
      name: "silently as the rule says again",
      happen: to(repeats, (calendar, event) => world.forgetDates(calendar, event)),
    },
  ];
  return [...seen.map((one) => ({ ...one, seen: true })), ...unseen.map((one) => ({ ...one, seen: false }))];
}

/** Its dates go with the rule. */
function single(world: CalendarWorld, calendar: string, event: FakeEvent): void {
  const copy = { ...event };
  delete copy.recurrence;
  world.remove(calendar, event);
  world.put(calendar, copy);
}
