import type { Reply } from "../fake-server";
import { agents, type Desk, type FakeTicket } from "./desk";

export interface DeskPlace {
  desk: Desk;
  /** The fake's clock, in milliseconds. */
  now: number;
  pageSize: number;
  /** Cursors of earlier generations are forgotten. */
  generation: number;
  /** Tickets are exported for administrators alone. */
  admin: boolean;
}

/** What changed within a minute before the question is left out of an export. */
const LATEST_MS = 60_000;
const MOST_BY_ID = 100;

/** Answers what is asked of tickets; undefined for anything else. */
export function deskAnswer(url: URL, place: DeskPlace): Reply | undefined {
  const { pathname, searchParams: query } = url;
  const [, id] = /^\/api\/v2\/tickets\/(\d+)\/comments\.json$/.exec(pathname) ?? [];
  if (id !== undefined) return comments(Number(id), query, place);
  if (pathname === "/api/v2/incremental/tickets/cursor.json") return exported(query, place);
  if (pathname === "/api/v2/tickets/show_many.json") return byId(query, place);
  if (pathname !== "/api/v2/ticket_fields.json") return undefined;
  const { items, meta } = pageOf(place.desk.fields, query, place);
  return { status: 200, body: { ticket_fields: items, meta } };
}

const invalid = (description: string): Reply => ({
  status: 400,
  body: { error: "InvalidValue", description },
});

/** Tickets after a cursor, or from a time on, in the order of their last change; deleted ones by their status. */
function exported(query: URLSearchParams, { desk, now, pageSize, generation, admin }: DeskPlace): Reply {
  const message = "You do not have access to this page.";
  if (!admin) return { status: 403, body: { error: { title: "Forbidden", message } } };
  const given = query.get("cursor");
  const start = query.get("start_time");
  if (given === null && start === null) return invalid("start_time is required");
  if (given === null && Number(start) * 1_000 > now - LATEST_MS) return invalid("Too recent start_time.");
  const [born, time, id] =
    given === null ? [generation, Number(start) - 1, 0] : atob(given).split("|").map(Number);
  if (born !== generation) return invalid("The cursor is invalid");
  const left = [...desk.tickets.values()]
    .filter((ticket) => now - (desk.changedAt.get(ticket.id) ?? 0) >= LATEST_MS)
    .filter((ticket) => order(ticket, { generated_timestamp: time ?? 0, id: id ?? 0 }) > 0)
    .toSorted(order);
  const tickets = left.slice(0, Math.min(pageSize, Number(query.get("per_page") ?? "1000")));
  const last = tickets.at(-1);
  const cursor = last === undefined ? given : btoa(`${generation}|${last.generated_timestamp}|${last.id}`);
  return {
    status: 200,
    body: {
      ...withNames(tickets, desk, query),
      after_cursor: cursor,
      after_url:
        cursor === null
          ? null
          : `https://acme.zendesk.com/api/v2/incremental/tickets/cursor.json?cursor=${cursor}`,
      end_of_stream: tickets.length === left.length,
    },
  };
}

type Place = Pick<FakeTicket, "generated_timestamp" | "id">;
const order = (a: Place, b: Place) => a.generated_timestamp - b.generated_timestamp || a.id - b.id;

function byId(query: URLSearchParams, { desk }: DeskPlace): Reply {
  const ids = (query.get("ids") ?? "").split(",").map(Number);
  if (ids.length > MOST_BY_ID) return invalid("ids takes at most 100");
  const tickets = ids
    .flatMap((id) => desk.tickets.get(id) ?? [])
    .filter(({ status }) => status !== "deleted");
  return { status: 200, body: { ...withNames(tickets, desk, query), count: tickets.length } };
}

/** Requesters and assignees come along where they are asked for, as do groups and organisations. */
function withNames(tickets: readonly FakeTicket[], desk: Desk, query: URLSearchParams) {
  const wanted = new Set((query.get("include") ?? "").split(","));
  const people = new Set(tickets.flatMap((one) => [one.requester_id, one.assignee_id]));
  const users = [...agents, ...desk.customers].filter(({ id }) => people.has(id));
  return {
    tickets,
    ...(wanted.has("users") ? { users } : {}),
    ...(wanted.has("groups") ? { groups: desk.groups } : {}),
    ...(wanted.has("organizations") ? { organizations: desk.organizations } : {}),
  };
}

function comments(id: number, query: URLSearchParams, place: DeskPlace): Reply {
  const { desk } = place;
  const ticket = desk.tickets.get(id);
  if (ticket === undefined || ticket.status === "deleted")
    return { status: 404, body: { error: "RecordNotFound", description: "Not found" } };
  if (desk.unreadable.has(id))
    return { status: 422, body: { error: "Unprocessable", description: "Cannot be read" } };
  const { items, meta } = pageOf(desk.comments.get(id) ?? [], query, place);
  const authors = new Set(items.map((comment) => comment.author_id));
  const users = [...agents, ...desk.customers].filter((user) => authors.has(user.id));
  const named = query.get("include") === "users" ? { users } : {};
  return { status: 200, body: { comments: items, ...named, meta } };
}

function pageOf<Entry extends { id: number }>(
  all: readonly Entry[],
  query: URLSearchParams,
  place: DeskPlace,
) {
  const after = Number(atob(query.get("page[after]") ?? btoa("0")));
  const left = all.filter(({ id }) => id > after);
  const items = left.slice(0, Math.min(place.pageSize, Number(query.get("page[size]") ?? "100")));
  const has_more = left.length > items.length;
  return { items, meta: { has_more, after_cursor: has_more ? btoa(String(items.at(-1)?.id)) : null } };
}
