/** The tickets of a Zendesk account, and what people do with them. */
import { z } from "zod";
import type { Clock } from "@/core/services/http/clock";
import type { Random } from "@test/random";
import type { ExpectedArtifact, Happening } from "../fake";

export interface FakeComment {
  id: number;
  author_id: number;
  html_body: string;
  plain_body: string;
  public: boolean;
  created_at: string;
  attachments: { id: number; file_name: string; size: number; content_url: string }[];
}

export interface FakeTicket {
  id: number;
  subject: string | null;
  status: string;
  priority: string | null;
  type: string | null;
  tags: string[];
  via: { channel: string; source: { from: Record<string, unknown>; to: object; rel: string | null } };
  requester_id: number;
  assignee_id: number | null;
  group_id: number | null;
  organization_id: number | null;
  problem_id: number | null;
  custom_fields: { id: number; value: unknown }[];
  satisfaction_rating: { score: string; comment?: string };
  created_at: string;
  updated_at: string;
  generated_timestamp: number;
  [field: string]: unknown;
}

/** What the desk shares with the help centre: chance, time, and sentences that are nowhere else. */
export interface DeskWorld {
  random: Random;
  clock: Clock;
  /** Whole seconds, never twice the same. */
  tick: () => string;
  sentence: () => string;
}

export const agents = ["Ana Silva", "Bo Lindqvist"].map((name, index) => ({
  id: 9_007_100 + index,
  name,
  role: index === 0 ? "admin" : "agent",
}));

export const ticketKeyOf = ({ id }: Pick<FakeTicket, "id">) => `zendesk:ticket:${id}`;

export class Desk {
  readonly tickets = new Map<number, FakeTicket>();
  /** Tickets of which Zendesk cannot give the comments. */
  readonly unreadable = new Set<number>();
  readonly comments = new Map<number, FakeComment[]>();
  /** When a ticket changed last, in milliseconds. */
  readonly changedAt = new Map<number, number>();
  readonly customers = ["Mara Keller", "Cem Aydın & Sons", "Dora Lima"].map((name, index) => ({
    id: 9_100_000 + index,
    name,
    role: "end-user",
  }));
  readonly organizations = ["Northlight Docks", "Southwind"].map((name, index) => ({
    id: 5_500 + index,
    name,
  }));
  readonly groups = [{ id: 7_700, name: "Harbour support" }];
  readonly fields = [
    { id: 800, title: "Subject", type: "subject", removable: false },
    {
      ...{ id: 801, title: "Dock", type: "tagger", removable: true },
      custom_field_options: [
        { id: 1, name: "Dock 3", value: "dock_3" },
        { id: 2, name: "Dry dock", value: "dry_dock" },
      ],
    },
    { id: 802, title: "Order number", type: "text", removable: true },
    { id: 803, title: "Paid", type: "checkbox", removable: true },
  ];
  private serial = 0;

  constructor(private readonly world: DeskWorld) {}

  /** A ticket that a customer wrote and an agent answered. */
  add(given: Partial<FakeTicket> = {}, words?: string): FakeTicket {
    const { random, tick, sentence } = this.world;
    const serial = ++this.serial;
    const at = tick();
    const customer = random.pick(this.customers);
    const ticket: FakeTicket = {
      id: 1_000 + serial,
      subject: `Ticket ${serial} & more`,
      status: random.pick(["new", "open", "solved"]),
      priority: random.pick(["low", "urgent", null]),
      type: random.pick(["question", "incident", null]),
      tags: serial % 3 === 0 ? ["dock", "vip"] : [],
      via: { channel: "email", source: { from: {}, to: {}, rel: null } },
      requester_id: customer.id,
      assignee_id: random.pick([...agents.map(({ id }) => id), null]),
      group_id: 7_700,
      organization_id: random.pick([5_500, 5_501, null]),
      problem_id: null,
      custom_fields: [
        { id: 801, value: random.pick(["dock_3", "dry_dock", null]) },
        { id: 802, value: `N-${serial}` },
        { id: 803, value: false },
      ],
      satisfaction_rating: { score: "unoffered" },
      created_at: at,
      updated_at: at,
      generated_timestamp: Date.parse(at) / 1_000,
      ...given,
    };
    this.tickets.set(ticket.id, ticket);
    this.changed(ticket, at);
    this.say(ticket, ticket.requester_id, `<p>${words ?? sentence()}</p>`, {}, at);
    return ticket;
  }

  say(
    ticket: FakeTicket,
    author: number,
    html: string,
    more: Partial<FakeComment> = {},
    at = this.world.tick(),
  ): FakeComment {
    const id = 40_000 + ++this.serial;
    const plain_body = html.replaceAll(/<[^>]+>/g, " ");
    const comment = {
      id,
      author_id: author,
      html_body: html,
      plain_body,
      public: true,
      created_at: at,
      attachments: [],
    };
    const whole: FakeComment = { ...comment, ...more };
    this.comments.set(ticket.id, [...(this.comments.get(ticket.id) ?? []), whole]);
    this.changed(ticket, at);
    return whole;
  }

  /** Something happened to a ticket; of what Zendesk does by itself, only the export tells. */
  changed(ticket: FakeTicket, at = this.world.tick(), bySystem = false): string {
    if (!bySystem) ticket.updated_at = at;
    ticket.generated_timestamp = Date.parse(at) / 1_000;
    this.changedAt.set(ticket.id, Math.min(Date.parse(at), this.world.clock.now()));
    return ticketKeyOf(ticket);
  }

  /** Into the bin: nothing but the export tells of it from then on. */
  bin(ticket: FakeTicket): string {
    ticket["was"] = ticket.status;
    ticket.status = "deleted";
    return this.changed(ticket);
  }

  erase(ticket: FakeTicket): string {
    this.tickets.delete(ticket.id);
    this.comments.delete(ticket.id);
    return ticketKeyOf(ticket);
  }

  live(): FakeTicket[] {
    return [...this.tickets.values()].filter(({ status }) => status !== "deleted");
  }

  edit(ticket: FakeTicket): string {
    const { random, sentence } = this.world;
    if (random.below(3) === 0) ticket.status = random.pick(["open", "pending", "closed"]);
    if (random.below(4) === 0) ticket.subject = `Renamed ${++this.serial}`;
    this.say(ticket, random.pick(agents).id, `<p>${sentence()}</p>`);
    return ticketKeyOf(ticket);
  }

  get happenings(): readonly Happening[] {
    const to = (act: (ticket: FakeTicket) => string) => () => {
      const live = this.live();
      return live.length === 0 ? undefined : act(this.world.random.pick(live));
    };
    return [
      { name: "internal note", seen: true, happen: to((ticket) => this.note(ticket)) },
      { name: "redact", seen: true, happen: to((ticket) => this.redact(ticket)) },
      {
        name: "touched by the system",
        seen: true,
        happen: to((ticket) => this.changed(ticket, undefined, true)),
      },
      { name: "merge", seen: true, happen: to((ticket) => this.merge(ticket)) },
      { name: "restore", seen: true, happen: () => this.restore() },
      { name: "erase for good", seen: false, takesAway: true, happen: to((ticket) => this.erase(ticket)) },
      {
        name: "rename a customer",
        seen: false,
        happen: () => void (this.world.random.pick(this.customers).name = `Customer ${++this.serial}`),
      },
      {
        name: "rename a field",
        seen: false,
        happen: () => void ((this.fields[2] ?? { title: "" }).title = `Order ${++this.serial}`),
      },
    ];
  }

  snapshot(): [string, ExpectedArtifact][] {
    return this.live().map((ticket) => [
      ticketKeyOf(ticket),
      { title: ticket.subject ?? `Ticket ${ticket.id}`, needles: this.needlesOf(ticket) },
    ]);
  }

  note(ticket: FakeTicket): string {
    this.say(ticket, 9_007_101, `<p>Between us: ${this.world.sentence()}</p>`, { public: false });
    return ticketKeyOf(ticket);
  }

  /** The words give way to blocks, for good. */
  redact(ticket: FakeTicket): string {
    const [first] = this.comments.get(ticket.id) ?? [];
    if (first !== undefined) first.html_body = first.plain_body = "<p>▇▇▇▇▇▇</p>";
    return this.changed(ticket);
  }

  private merge(ticket: FakeTicket): string {
    Object.assign(ticket, { status: "closed", tags: [...new Set([...ticket.tags, "closed_by_merge"])] });
    return this.changed(ticket);
  }

  private restore(): string | undefined {
    const binned = [...this.tickets.values()].find(({ status }) => status === "deleted");
    if (binned === undefined) return undefined;
    binned.status = String(binned["was"]);
    return this.changed(binned);
  }

  private needlesOf(ticket: FakeTicket): string[] {
    const open = (this.comments.get(ticket.id) ?? []).filter((comment) => comment.public);
    const said = open.flatMap(({ html_body: html }) => {
      return html.slice(0, 500).match(/Sentence \d+ says that number \d+ was painted\./g) ?? [];
    });
    const nameIn = (named: readonly { id: number; name: string }[], id: number | null) =>
      named.find((one) => one.id === id)?.name;
    const order = z.string().safeParse(ticket.custom_fields.find(({ id }) => id === 802)?.value).data;
    const organisation = nameIn(this.organizations, ticket.organization_id);
    const merged = ticket.tags.includes("closed_by_merge") ? ", merged into another ticket" : "";
    return [
      ...said,
      `- Status: ${ticket.status}${merged}`,
      `- Asked by: ${nameIn(this.customers, ticket.requester_id)}`,
      ...(organisation === undefined ? [] : [`- Organisation: ${organisation}`]),
      ...(order === undefined ? [] : [`- ${this.fields[2]?.title}: ${order}`]),
    ];
  }
}
