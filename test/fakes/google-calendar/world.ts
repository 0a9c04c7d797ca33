import { createRandom, type Random } from "@test/random";
import type { Clock } from "@/core/services/http/clock";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const ME = "ana@harbour.example";
export const TEAM = "c_team@group.calendar.google.com";

export interface FakeEvent {
  id: string;
  status: string;
  summary?: string;
  description?: string;
  recurrence?: string[];
  recurringEventId?: string;
  start?: { dateTime?: string; date?: string; timeZone?: string };
  [field: string]: unknown;
}

export interface FakeCalendar {
  id: string;
  summary: string;
  timeZone: string;
  accessRole: string;
  primary?: boolean;
  /** Not in the account's list: hidden by it, or no longer shared with it. */
  unlisted: boolean;
  /** Listed, and its events are refused with this status. */
  refused: 0 | 403 | 404;
  /** Google gives no sync token for it. */
  tokenless: boolean;
  events: Map<string, FakeEvent>;
  /** Each one's place in listings of everything, from 1 on; it keeps that. */
  made: Map<string, number>;
  /** What each change left, oldest first: of a deletion, what Google still says. */
  log: { id: string; left: FakeEvent }[];
}

/** Calendars of one person, with what happens in them. */
export class CalendarWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  happenings: readonly Happening[] = [];
  readonly calendars = new Map<string, FakeCalendar>();
  readonly random: Random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    this.calendar({ id: ME, summary: ME, accessRole: "owner", primary: true });
    this.calendar({ id: TEAM, summary: "Dry dock", accessRole: "reader" });
    this.calendar({ id: "busy@harbour.example", summary: "Only busy", accessRole: "freeBusyReader" });
    this.calendar({
      id: "en.uk#holiday@group.v.calendar.google.com",
      summary: "Holidays",
      accessRole: "reader",
    });
  }

  calendar(fields: Partial<FakeCalendar> & { id: string }): FakeCalendar {
    const calendar = {
      ...{
        summary: fields.id,
        timeZone: "Europe/Lisbon",
        accessRole: "owner",
        unlisted: false,
        refused: 0 as const,
        tokenless: false,
      },
      ...{ events: new Map(), made: new Map(), log: [] },
      ...fields,
    };
    this.calendars.set(fields.id, calendar);
    return calendar;
  }

  create(): string {
    const calendar = this.random.below(3) === 0 ? TEAM : ME;
    const event = this.random.below(3) === 0 ? this.series({}, calendar) : this.add({}, calendar);
    return keyOf(calendar, event);
  }

  edit(): string {
    const [calendar, event] = this.pick();
    this.change(calendar, event, { description: this.sentence() });
    return keyOf(calendar, event);
  }

  delete(): string {
    const [calendar, event] = this.pick();
    this.remove(calendar, event);
    return keyOf(calendar, event);
  }

  hide(): string {
    const [calendar, event] = this.pick();
    this.change(calendar, event, { visibility: "private" });
    return keyOf(calendar, event);
  }

  createHuge(): string {
    const attendees = Array.from({ length: 200 }, (_, at) => ({
      email: `guest${at}@harbour.example`,
      responseStatus: "accepted",
    }));
    return keyOf(ME, this.add({ description: "Read the tide. ".repeat(546), attendees }));
  }

  createEmpty(): string {
    const event = this.add();
    delete event.summary;
    delete event.description;
    return keyOf(ME, event);
  }

  createUnknown(): void {
    this.add({
      eventType: "hologram",
      hologramProperties: { depth: 3 },
      visibility: "translucent",
      status: "dreamt",
    });
  }

  /** An hour at some time around now, in the account's own calendar unless `calendar` says otherwise. */
  add(fields: Partial<FakeEvent> = {}, calendar = ME): FakeEvent {
    const serial = ++this.serial;
    const start = this.around(serial);
    const event: FakeEvent = {
      kind: "calendar#event",
      etag: `"${serial}"`,
      id: `ev${String(serial).padStart(6, "0")}`,
      status: "confirmed",
      summary: `Meeting ${serial}`,
      description: this.sentence(),
      htmlLink: `https://www.google.com/calendar/event?eid=ev${serial}`,
      organizer: { email: ME, displayName: "Ana Silva", self: true },
      start: { dateTime: iso(start), timeZone: "Europe/Lisbon" },
      end: { dateTime: iso(start + HOUR_MS), timeZone: "Europe/Lisbon" },
      attendees: [
        { email: ME, displayName: "Ana Silva", responseStatus: "accepted", self: true, organizer: true },
        { email: "bo@harbour.example", displayName: "Bo Lindqvist", responseStatus: "needsAction" },
      ],
      reminders: { useDefault: true },
      ...fields,
    };
    this.put(calendar, event);
    return event;
  }

  series(fields: Partial<FakeEvent> = {}, calendar = ME): FakeEvent {
    const recurrence = [`RRULE:FREQ=WEEKLY;COUNT=${10 + this.random.below(300)}`];
    return this.add({ summary: `Round ${this.serial + 1}`, recurrence, ...fields }, calendar);
  }

  change(calendar: string, event: FakeEvent, fields: Partial<FakeEvent>): void {
    Object.assign(event, fields);
    this.put(calendar, event);
  }

  /** With a series go its dates. */
  remove(calendar: string, event: FakeEvent): void {
    const place = this.at(calendar);
    for (const date of this.datesOf(calendar, event)) this.forget(place, date, cancelledDate(date));
    this.forget(place, event, { id: event.id, status: "cancelled" });
  }

  /** Its dates are as the rule says again, and Google does not say so. */
  forgetDates(calendar: string, event: FakeEvent): void {
    const place = this.at(calendar);
    for (const date of this.datesOf(calendar, event)) {
      place.events.delete(date.id);
      place.log = place.log.filter(({ id }) => id !== date.id);
    }
  }

  /** The date of a series, so many weeks after its first, made into something of its own. */
  date(calendar: string, series: FakeEvent, week: number, fields: Partial<FakeEvent>): FakeEvent {
    const at = startOf(series) + week * 7 * DAY_MS;
    const id = `${series.id}_${iso(at).replaceAll(/[-:]|\.\d+/g, "")}`;
    const known = this.at(calendar).events.get(id);
    const same = { ...series };
    delete same.recurrence;
    const originalStartTime = { dateTime: iso(at), timeZone: "Europe/Lisbon" };
    const [start, end] = [{ dateTime: iso(at) }, { dateTime: iso(at + HOUR_MS) }];
    const date = {
      ...same,
      start,
      end,
      ...known,
      id,
      recurringEventId: series.id,
      originalStartTime,
      ...fields,
    };
    const made = fields.status === "cancelled" ? cancelledDate(date) : date;
    this.put(calendar, made);
    return made;
  }

  datesOf(calendar: string, { id }: FakeEvent): FakeEvent[] {
    return [...this.at(calendar).events.values()].filter(({ recurringEventId }) => recurringEventId === id);
  }

  /** Events and series that are to be served. */
  served(): [string, FakeEvent][] {
    return [...this.calendars.values()]
      .filter(
        ({ unlisted, refused, accessRole, id }) =>
          !unlisted && refused === 0 && accessRole !== "freeBusyReader" && !id.includes("#"),
      )
      .flatMap(({ id, events }) => [...events.values()].map((event): [string, FakeEvent] => [id, event]))
      .filter(
        ([, { recurringEventId, visibility }]) => recurringEventId === undefined && visibility !== "private",
      )
      .filter(
        ([, { attendees }]) =>
          !(attendees as { self?: boolean; responseStatus: string }[]).some(
            (one) => one.self === true && one.responseStatus === "declined",
          ),
      );
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.served().map(([calendar, event]) => {
        const dates = this.datesOf(calendar, event).flatMap(({ status, description, visibility }) =>
          [status, visibility].some((one) => one === "cancelled" || one === "private") ||
          description === event.description
            ? []
            : [String(description).trim()],
        );
        const needles = [event.description?.trim() ?? "", ...dates].filter(Boolean);
        return [keyOf(calendar, event), { title: event.summary ?? "(No title)", needles }];
      }),
    );
  }

  pick(fits: (event: FakeEvent) => boolean = () => true): [string, FakeEvent] {
    return this.random.pick(this.served().filter(([, event]) => fits(event)));
  }

  sentence(): string {
    return `Pump ${++this.serial} was read at ${this.random.below(1e9)} litres.`;
  }

  at(id: string): FakeCalendar {
    const calendar = this.calendars.get(id);
    if (calendar === undefined) throw new Error(`There is no calendar ${id}.`);
    return calendar;
  }

  put(calendar: string, event: FakeEvent): FakeEvent {
    const place = this.at(calendar);
    event["updated"] = iso(this.now());
    place.events.set(event.id, event);
    if (!place.made.has(event.id)) place.made.set(event.id, place.made.size + 1);
    this.note(place, event.id, event);
    return event;
  }

  private forget(place: FakeCalendar, event: FakeEvent, left: FakeEvent): void {
    place.events.delete(event.id);
    this.note(place, event.id, left);
  }

  /** Only the last change of each counts; those before leave a gap. */
  private note(place: FakeCalendar, id: string, left: FakeEvent): void {
    for (const entry of place.log) if (entry.id === id) entry.id = "";
    place.log.push({ id, left });
  }

  private around(serial: number): number {
    const hour = Math.floor(this.clock.now() / HOUR_MS) * HOUR_MS;
    return hour + ((serial * 37) % 180) * DAY_MS - 60 * DAY_MS;
  }

  /** No two changes share a time. */
  private now(): number {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return this.last;
  }
}

export const startOf = ({ start }: FakeEvent) => Date.parse(start?.dateTime ?? "");
const iso = (at: number) => new Date(at).toISOString();

/** All that Google is sure to say of it. */
function cancelledDate({ id, recurringEventId, originalStartTime }: FakeEvent): FakeEvent {
  return {
    kind: "calendar#event",
    id,
    status: "cancelled",
    recurringEventId: recurringEventId ?? "",
    originalStartTime,
  };
}

export const keyOf = (calendar: string, { id }: Pick<FakeEvent, "id">) => `calendar:${calendar}/${id}`;
