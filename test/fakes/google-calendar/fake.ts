import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { GoogleConsent, json, refusal } from "../google-consent";
import { calendarHappenings } from "./happenings";
import { CalendarWorld, type FakeCalendar, type FakeEvent, ME } from "./world";

export interface CalendarFake extends FakeSource {
  world: CalendarWorld;
  /** Token requests so far, by their kind of grant. */
  grants: string[];
}

/** Google Calendar with the consent that leads to it, on one address. */
export async function startCalendar({
  seed,
  items,
  clock,
  pageSize,
}: Parameters<StartFake>[0]): Promise<CalendarFake> {
  const world = new CalendarWorld(seed, clock);
  world.happenings = calendarHappenings(world);
  for (let index = 0; index < items; index++) world.create();
  const consent = new GoogleConsent("calendar.readonly");
  const provider = new Provider(world, consent, pageSize ?? (items > 200 ? 500 : 5));
  const server = new FakeServer({
    clock,
    answer: (request, url) => provider.answer(request, url),
    limited: () => refusal(403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"),
    failed: () => refusal(503, "backendError", "Backend Error"),
    broken: () => json({ kind: "calendar#nothing" }),
  });
  server.spared = ({ pathname }) => pathname === "/token";
  const faults = server.faults();
  const pagesOf = ({ events }: FakeCalendar) => Math.max(1, Math.ceil(events.size / provider.pageSize));
  const read = () =>
    [...world.calendars.values()].filter(
      (one) => !one.unlisted && one.accessRole !== "freeBusyReader" && !one.id.includes("#"),
    );
  return {
    integration: "Google Calendar",
    apiUrls: consent.apiUrls("google-calendar", server.url),
    credential: { integration: "Google Calendar", ...consent.credential },
    secrets: consent.secrets,
    world,
    grants: consent.grants,
    faults: {
      ...faults,
      refuseCredential: () => void (consent.refusing = true),
      expireToken: () => void consent.generation++,
      expireCursors: () => void provider.tokensFrom++,
      heal: () => {
        faults.heal();
        consent.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/calendar/")),
    // The list of calendars, then the pages of each.
    leastRequests: () => read().reduce((sum, calendar) => sum + pagesOf(calendar), 1),
    leastForNothingNew: () => 1 + read().length,
    consent: (address) => Promise.resolve(consent.consent(address)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startCalendar;

class Provider {
  /** Tokens of earlier generations are forgotten. */
  tokensFrom = 0;

  constructor(
    private readonly world: CalendarWorld,
    private readonly consent: GoogleConsent,
    readonly pageSize: number,
  ) {}

  async answer(request: Request, url: URL): Promise<Reply> {
    return (await this.consent.answer(request, url)) ?? this.api(request, url);
  }

  private api(request: Request, { pathname, searchParams }: URL): Reply {
    if (!this.consent.admits(request))
      return refusal(401, "authError", "Invalid Credentials", "global", "Authorization");
    const path = pathname.replace("/calendar/v3/", "");
    if (path === "users/me/calendarList/primary") return json(listed(this.world.at(ME)));
    if (path === "users/me/calendarList") return this.list(searchParams.get("pageToken") ?? "0");
    const [, id = ""] = /^calendars\/([^/]+)\/events$/.exec(path) ?? [];
    const calendar = this.world.calendars.get(decodeURIComponent(id));
    if (calendar === undefined || calendar.unlisted || calendar.refused === 404)
      return refusal(404, "notFound", "Not Found");
    if (calendar.refused === 403) return refusal(403, "forbidden", "Forbidden");
    return this.events(calendar, searchParams);
  }

  private list(pageToken: string): Reply {
    const from = Number(pageToken);
    const all = [...this.world.calendars.values()].filter(({ unlisted }) => !unlisted);
    const next = from + 250 < all.length ? { nextPageToken: String(from + 250) } : { nextSyncToken: "list" };
    return json({ kind: "calendar#calendarList", ...next, items: all.slice(from, from + 250).map(listed) });
  }

  /** Everything in the order in which it was made, or what changed since a token in the order of its changes. */
  private events(calendar: FakeCalendar, asked: URLSearchParams): Reply {
    const bounds = ["timeMin", "timeMax", "updatedMin", "orderBy", "q"].filter((name) => asked.has(name));
    const since = asked.get("syncToken");
    if (since !== null && bounds.length > 0)
      return refusal(
        400,
        "invalid",
        `Sync token cannot be used with ${bounds.join(", ")}.`,
        "global",
        "syncToken",
      );
    if (asked.get("singleEvents") === "true")
      return refusal(400, "invalid", "This stand-in expands no series.");
    const from = since === null ? null : this.place(since);
    if (from === undefined)
      return refusal(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        "calendar",
        "syncToken",
      );
    const page = asked.get("pageToken");
    const [after, end] =
      page === null ? [0, calendar.log.length] : (this.place(page)?.split("-").map(Number) ?? []);
    if (after === undefined || end === undefined)
      return refusal(400, "invalid", "Invalid page token value.", "global", "pageToken");
    const all = from === null ? whole(calendar) : changed(calendar, Number(from));
    const rest = all.filter(({ at }) => at > after);
    const size = Math.min(this.pageSize, Number(asked.get("maxResults") ?? 250));
    const shown = rest.slice(0, size);
    const more = rest.length > shown.length;
    const next = more
      ? { nextPageToken: this.mark(`${shown.at(-1)?.at ?? 0}-${end}`) }
      : calendar.tokenless
        ? {}
        : { nextSyncToken: this.mark(String(end)) };
    const { summary, timeZone, accessRole } = calendar;
    return json({
      kind: "calendar#events",
      summary,
      timeZone,
      accessRole,
      ...next,
      items: shown.map(({ event }) => event),
    });
  }

  private mark(place: string): string {
    return `CAL${this.tokensFrom}.${place}=`;
  }

  private place(token: string): string | undefined {
    const [, generation, place] = /^CAL(\d+)\.(.*)=$/.exec(token) ?? [];
    return Number(generation) === this.tokensFrom ? place : undefined;
  }
}

interface Placed {
  at: number;
  event: FakeEvent;
}

/** Where each stands never changes: a listing that is under way passes nothing over. */
function whole({ events, made }: FakeCalendar): Placed[] {
  return [...events.values()]
    .map((event) => ({ at: made.get(event.id) ?? 0, event }))
    .sort((a, b) => a.at - b.at);
}

function changed({ log }: FakeCalendar, since: number): Placed[] {
  return log
    .map(({ id, left }, at) => ({ id, event: left, at: at + 1 }))
    .filter(({ id, at }) => id !== "" && at > since);
}

function listed({ id, summary, timeZone, accessRole, primary }: FakeCalendar) {
  return {
    kind: "calendar#calendarListEntry",
    id,
    summary,
    timeZone,
    accessRole,
    ...(primary === true ? { primary } : {}),
  };
}
