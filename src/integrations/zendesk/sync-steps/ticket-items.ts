import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { type Field, type Ticket, type TicketPage, ticketSchema } from "../models/tickets";

/** A ticket with everything that its artifact and row say, but for what was said in it. */
export interface TicketItem {
  id: string;
  subject: string;
  status?: string | undefined;
  priority?: string | undefined;
  type?: string | undefined;
  channel?: string | undefined;
  requester?: string | undefined;
  organisation?: string | undefined;
  assignee?: string | undefined;
  group?: string | undefined;
  tags: string[];
  /** Fields of the account's own that are filled in, by their titles. */
  fields: { title: string; value: string }[];
  satisfaction?: { score: string; comment?: string | undefined } | undefined;
  /** The ticket of the problem that this one tells of, and the closed one that it goes on from. */
  problem?: string | undefined;
  follows?: string | undefined;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  /** Moves whenever anything happens to the ticket, so that what was said is read again. */
  generated?: number | undefined;
  /** Who is named here, by id: authors of comments are mostly among them. */
  people: Record<string, string>;
}

export interface TicketsRead {
  items: TicketItem[];
  removed: { key: string; state: "gone" }[];
  /** Entries of a shape that is not known. */
  unknown: number;
}

/** The tickets of a page with names in the place of ids. */
export function ticketsOf(page: TicketPage, fields: ReadonlyMap<string, Field>): TicketsRead {
  const tickets = page.tickets.flatMap((entry) => ticketSchema.safeParse(entry).data ?? []);
  const names = {
    users: namesIn(page.users),
    groups: namesIn(page.groups),
    organizations: namesIn(page.organizations),
  };
  const isDeleted = ({ status }: Ticket) => status === "deleted";
  return {
    items: tickets.filter((ticket) => !isDeleted(ticket)).map((ticket) => itemOf(ticket, names, fields)),
    removed: tickets.filter(isDeleted).map(({ id }) => ({ key: id, state: "gone" })),
    unknown: page.tickets.length - tickets.length,
  };
}

type Names = ReadonlyMap<string, string>;

const namesIn = (named: TicketPage["users"]): Names =>
  new Map(named.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])));

function itemOf(
  ticket: Ticket,
  { users, groups, organizations }: Record<"users" | "groups" | "organizations", Names>,
  fields: ReadonlyMap<string, Field>,
): TicketItem {
  const { requester_id: requester, assignee_id: assignee, via } = ticket;
  const people = [requester, assignee].flatMap((id) => {
    const name = users.get(id ?? "");
    return id && name !== undefined ? [[id, name] as const] : [];
  });
  return {
    id: ticket.id,
    subject: plainLine(ticket.subject ?? "", 300),
    status: ticket.status ?? undefined,
    priority: ticket.priority ?? undefined,
    type: ticket.type ?? undefined,
    channel: via?.channel ?? undefined,
    requester: users.get(requester ?? ""),
    organisation: organizations.get(ticket.organization_id ?? ""),
    assignee: users.get(assignee ?? ""),
    group: groups.get(ticket.group_id ?? ""),
    tags: ticket.tags,
    fields: fieldsOf(ticket, fields),
    satisfaction: satisfactionOf(ticket),
    problem: ticket.problem_id ?? undefined,
    follows: via?.source?.rel === "follow_up" ? (via.source.from?.ticket_id ?? undefined) : undefined,
    createdAt: toIso(ticket.created_at),
    updatedAt: toIso(ticket.updated_at),
    generated: ticket.generated_timestamp ?? undefined,
    people: Object.fromEntries(people),
  };
}

/** Asked for ("offered") or not, it says nothing until somebody answers. */
function satisfactionOf({ satisfaction_rating: rating }: Ticket): TicketItem["satisfaction"] {
  const { score, comment } = rating ?? {};
  if (!score || score === "offered" || score === "unoffered") return undefined;
  return { score, comment: comment ?? undefined };
}

function fieldsOf(
  { custom_fields: given }: Ticket,
  fields: ReadonlyMap<string, Field>,
): TicketItem["fields"] {
  return given.flatMap(({ id, value }) => {
    const field = fields.get(id);
    // Of a card's number Zendesk keeps the end, which nobody needs to find.
    if (field?.title === undefined || field.title === null || field.type === "partialcreditcard") return [];
    const shown = shownValue(value, field);
    return shown === "" ? [] : [{ title: field.title, value: shown }];
  });
}

function shownValue(value: unknown, field: Field): string {
  if (Array.isArray(value))
    return value
      .map((one) => shownValue(one, field))
      .filter(Boolean)
      .join(", ");
  // A box that is not ticked is one that nobody has seen, too.
  if (typeof value === "boolean") return value ? "yes" : "";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  return field.custom_field_options.find((option) => option.value === value)?.name ?? value;
}
