import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { calendarHappenings } from "./happenings";
import { CalendarWorld, type FakeCalendar, type FakeEvent, ME } from "./world";

export interface CalendarFake extends FakeSource {
  world: CalendarWorld;
  /** Token requests so far, by their kind of grant. */
  grants: string[];
}

export const CLIENT = { id: "canary-client.apps.googleusercontent.com", secret: "canary-secret-GOCSPX-77c1" };
const REFRESH = "1//canary-calendar-refresh";
const json = (body: unknown): Reply => ({ status: 200, body });

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
  const provider = new Provider(world, pageSize ?? (items > 200 ? 500 : 5));
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
    apiUrls: [
      `google-calendar=${server.url}`,
      ...["authorize", "token", "revoke"].map((part) => `google-calendar.${part}=${server.url}/${part}`),
    ].join(","),
    credential: { integration: "Google Calendar", accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [CLIENT.secret, "ya29.canary-calendar-1", REFRESH],
    world,
    grants: provider.grants,
    faults: {
      ...faults,
      refuseCredential: () => void (provider.refusing = true),
      expireToken: () => void provider.generation++,
      expireCursors: () => void provider.tokensFrom++,
      heal: () => {
        faults.heal();
        provider.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/calendar/")),
    // The list of calendars, then the pages of each.
    leastRequests: () => read().reduce((sum, calendar) => sum + pagesOf(calendar), 1),
    leastForNothingNew: () => 1 + read().length,
    consent: (address) => {
      const asked = new URL(address).searchParams;
      const back = new URL(asked.get("redirect_uri") ?? "");
      const offline = asked.get("access_type") === "offline" && asked.get("prompt") === "consent";
      const allowed = (asked.get("scope") ?? "").endsWith("/auth/calendar.readonly");
      back.searchParams.set("code", offline && allowed ? "4/code-offline" : "4/code-online");
      back.searchParams.set("state", asked.get("state") ?? "");
      return Promise.resolve(back.href);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startCalendar;

class Provider {
  refusing = false;
  generation = 1;
  /** Tokens of earlier generations are forgotten. */
  tokensFrom = 0;
  readonly grants: string[] = [];

  constructor(
    private readonly world: CalendarWorld,
    readonly pageSize: number,
  ) {}

  async answer(request: Request, { pathname, searchParams }: URL): Promise<Reply> {
    if (pathname === "/token") return this.token(new URLSearchParams(await request.text()));
    if (pathname === "/revoke") return json({});
    if (
      this.refusing ||
      request.headers.get("authorization") !== `Bearer ya29.canary-calendar-${this.generation}`
    )
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

  private token(form: URLSearchParams): Reply {
    const grant = form.get("grant_type") ?? "";
    this.grants.push(grant);
    if (form.get("client_id") !== CLIENT.id || form.get("client_secret") !== CLIENT.secret)
      return { status: 401, body: { error: "invalid_client", error_description: "Unauthorized" } };
    const renews = grant === "refresh_token";
    const known = renews
      ? form.get("refresh_token") === REFRESH
      : form.get("code")?.startsWith("4/") === true;
    if (this.refusing || !known)
      return {
        status: 400,
        body: { error: "invalid_grant", error_description: "Token has been expired or revoked." },
      };
    const tokens = {
      access_token: `ya29.canary-calendar-${this.generation}`,
      expires_in: 3_599,
      token_type: "Bearer",
    };
    // A refresh token comes with consent that was asked for offline, and never again.
    return json(form.get("code") === "4/code-offline" ? { ...tokens, refresh_token: REFRESH } : tokens);
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

function refusal(code: number, reason: string, message: string, domain = "global", location?: string): Reply {
  const where = location === undefined ? {} : { locationType: "parameter", location };
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain, reason, ...where }] } },
  };
}
