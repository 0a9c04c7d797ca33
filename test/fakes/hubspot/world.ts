/** What stands in a HubSpot account, and what people do there. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld } from "../fake";

export const targets = ["companies", "contacts", "deals", "tickets"] as const;
export type Target = (typeof targets)[number];
export const names = {
  companies: "company",
  contacts: "contact",
  deals: "deal",
  tickets: "ticket",
  notes: "note",
  calls: "call",
  emails: "email",
  meetings: "meeting",
  tasks: "task",
} as const;
export type Path = keyof typeof names;
export const paths = Object.keys(names) as Path[];

export interface FakeRecord {
  path: Path;
  id: string;
  properties: Record<string, string | null>;
  links: Record<Target, string[]>;
  createdAt: string;
  /** By this HubSpot's searches find changes. Deleting, restoring and associating leave it as it is. */
  updatedAt: string;
  archivedAt?: string | undefined;
}

export interface FakeMessage {
  id: string;
  type: string;
  createdAt: string;
  archived: boolean;
  senders: { actorId: string; name?: string; deliveryIdentifier?: { type: string; value: string } }[];
  text: string;
  richText?: string;
  attachments: { type: string; name: string; url: string }[];
}

const HOUR_MS = 3_600_000;
const OWNERS = [
  { id: "8801", firstName: "Ana", lastName: "Silva", email: "ana@acme.example", archived: false },
  { id: "8802", firstName: "Bo", lastName: "Lindqvist", email: "bo@acme.example", archived: true },
];
const STAGES = [
  { id: "appointmentscheduled", label: "Appointment", metadata: { isClosed: "false", probability: "0.2" } },
  { id: "closedwon", label: "Won & signed", metadata: { isClosed: "true", probability: "1.0" } },
];

const TICKET_STAGES = [
  { id: "1", label: "New", metadata: { ticketState: "OPEN" } },
  { id: "4", label: "Done & dry", metadata: { ticketState: "CLOSED" } },
];

/** The property that names a record, and a property that says something else of it. */
const says: Readonly<Record<Path, { called?: string; text: string }>> = {
  companies: { called: "name", text: "description" },
  contacts: { called: "firstname", text: "jobtitle" },
  deals: { called: "dealname", text: "description" },
  tickets: { called: "subject", text: "content" },
  notes: { text: "hs_note_body" },
  calls: { called: "hs_call_title", text: "hs_call_body" },
  emails: { called: "hs_email_subject", text: "hs_email_html" },
  meetings: { called: "hs_meeting_title", text: "hs_meeting_body" },
  tasks: { called: "hs_task_subject", text: "hs_task_body" },
};
const isTarget = (path: Path): path is Target => (targets as readonly string[]).includes(path);
export const keyOf = ({ path, id }: Pick<FakeRecord, "path" | "id">) => `hubspot:${names[path]}:${id}`;

export class HubspotWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true };
  readonly records = new Map<string, FakeRecord>();
  /** What was written in tickets, by thread. */
  readonly threads = new Map<string, FakeMessage[]>();
  /** Threads that the token may not read. */
  readonly closed = new Set<string>();
  readonly owners = OWNERS.map((owner) => ({ ...owner }));
  readonly stages = STAGES.map((stage) => ({ ...stage }));
  readonly ticketStages = TICKET_STAGES.map((stage) => ({ ...stage }));
  /** Labels by property and value: a stage that the account made has a number, an outcome of calls always an id. */
  readonly choices = new Map([
    [
      "lifecyclestage",
      new Map([
        ["customer", "Customer"],
        ["opportunity", "Opportunity"],
        ["48213421", "In dry dock"],
      ]),
    ],
    ["hs_call_disposition", new Map([["73a0d17f-1163-4015-bdd5-ec830791da20", "Nobody there"]])],
  ]);
  happenings: FakeWorld["happenings"] = [];
  readonly random;
  private serial = 0;
  private last: number;

  /** @param items made over as many hours, the last of them an hour ago. */
  constructor(
    seed: number,
    items: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    const now = clock.now();
    this.last = now - (items + 1) * HOUR_MS;
    this.tick = () => this.at((this.last += HOUR_MS));
    for (let index = 0; index < items; index++) this.create();
    this.tick = () => this.at(Math.max(this.last + 1, this.clock.now()));
  }

  /** Now, and never twice the same. */
  tick: () => string;

  create = () => keyOf(this.add(paths[this.serial % paths.length] ?? "notes"));
  /** Changes what no other record says. */
  edit = () => {
    const record = this.random.pick(this.live());
    return this.change(record, { [says[record.path].text]: this.sentence() });
  };
  /** Deletes what no other record names. */
  delete = () => {
    const free = this.live().filter((record) => !this.isLinked(record));
    return this.archive(this.random.pick(free));
  };
  createHuge = () => keyOf(this.add("notes", { hs_note_body: `<p>${this.sentence()}</p>`.repeat(20_000) }));
  createEmpty = () => keyOf(this.add("notes", { hs_note_body: null }));
  createUnknown = () => void this.add("calls", { hs_call_mood: "sunny", hs_call_status: "TELEPATHIC" });

  /** A record with links to some of what is there, as the page's owner would make it. */
  add(path: Path, properties: FakeRecord["properties"] = {}, links: Partial<FakeRecord["links"]> = {}) {
    const serial = ++this.serial;
    const at = this.tick();
    const { called, text } = says[path];
    const record: FakeRecord = {
      path,
      id: String(5_000_000_000 + serial * 7),
      properties: {
        ...(called === undefined ? {} : { [called]: `${called} ${serial} & more` }),
        [text]: this.sentence(),
        hubspot_owner_id: this.random.pick([...OWNERS.map(({ id }) => id), null]),
        ...(isTarget(path) ? {} : { hs_timestamp: at }),
        ...(path === "deals" ? { dealstage: this.random.pick(this.stages).id, amount: `${serial}00.5` } : {}),
        ...(path === "tickets" ? { hs_pipeline_stage: this.random.pick(this.ticketStages).id } : {}),
        hs_analytics_num_visits: "1",
        ...properties,
      },
      links: { ...this.someLinks(path), ...links },
      createdAt: at,
      updatedAt: at,
    };
    this.records.set(record.id, record);
    if (path === "tickets" && serial % 2 === 0 && !("hs_conversations_originating_thread_id" in properties))
      this.write(record, { text: this.sentence() }, at);
    return record;
  }

  /** A message in a ticket's thread, which is opened where there is none. */
  write(ticket: FakeRecord, message: Partial<FakeMessage> = {}, at?: string): string {
    const thread = (ticket.properties["hs_conversations_originating_thread_id"] ??= `90${ticket.id}`);
    const createdAt = at ?? this.tick();
    const before = this.threads.get(thread) ?? [];
    const id = `${ticket.id}-${before.length + 1}`;
    const senders = [{ actorId: "V-1", name: "Mara Keller" }];
    const whole = {
      id,
      type: "MESSAGE",
      createdAt,
      archived: false,
      senders,
      text: this.sentence(),
      attachments: [],
    };
    this.threads.set(thread, [...before, { ...whole, ...message }]);
    ticket.properties["hs_last_message_received_at"] = createdAt;
    ticket.updatedAt = createdAt;
    return keyOf(ticket);
  }

  change(record: FakeRecord, properties: FakeRecord["properties"]): string {
    Object.assign(record.properties, properties);
    record.updatedAt = this.tick();
    return keyOf(record);
  }

  rename(record: FakeRecord): string {
    return this.change(record, { [says[record.path].called ?? ""]: `Renamed ${++this.serial}` });
  }

  archive(record: FakeRecord): string {
    record.archivedAt = this.tick();
    return keyOf(record);
  }

  live(path?: Path): FakeRecord[] {
    return [...this.records.values()].filter(
      (record) => record.archivedAt === undefined && (path === undefined || record.path === path),
    );
  }

  isLinked({ path, id }: FakeRecord): boolean {
    return isTarget(path) && this.live().some(({ links }) => links[path].includes(id));
  }

  /** Associations with what is there; a deleted record's are not shown. */
  linksOf(record: FakeRecord, target: Target): FakeRecord[] {
    return record.links[target]
      .flatMap((id) => this.records.get(id) ?? [])
      .filter(({ archivedAt }) => archivedAt === undefined);
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(
      this.live().map((record) => {
        const { properties, path } = record;
        const written = this.threads.get(properties["hs_conversations_originating_thread_id"] ?? "") ?? [];
        const text = [properties[says[path].text]?.slice(0, 500), ...written.map((one) => one.text)].join(
          " ",
        );
        const said = text.match(/Sentence \d+ says that number \d+ was painted\./g) ?? [];
        const linked = targets.flatMap((target) => this.linksOf(record, target).map(nameOf));
        const owner = this.owners.find(({ id }) => id === properties["hubspot_owner_id"]);
        const stage = this.stages.find(({ id }) => id === properties["dealstage"]);
        const state = this.ticketStages.find(({ id }) => id === properties["hs_pipeline_stage"]);
        const needles = [
          ...said,
          ...(state === undefined ? [] : [`- Status: ${state.label} (Support)`]),
          ...linked,
          ...(owner === undefined ? [] : [`- Owner: ${owner.firstName} ${owner.lastName}`]),
          ...(stage === undefined ? [] : [`- Stage: ${stage.label} (Sales)`]),
        ];
        return [keyOf(record), { title: this.titleOf(record), needles }];
      }),
    );
  }

  private at(time: number): string {
    this.last = time;
    return new Date(time).toISOString();
  }

  private titleOf(record: FakeRecord): string {
    const own = nameOf(record);
    if (own !== "") return own;
    const [about] = targets.flatMap((target) => this.linksOf(record, target).toSorted(byId));
    return `Note${about === undefined ? "" : ` about ${nameOf(about)}`}, ${record.createdAt.slice(0, 10)}`;
  }

  private someLinks(path: Path): FakeRecord["links"] {
    const one = (target: Target, when: boolean) => {
      const there = this.live(target);
      return when && there.length > 0 && this.random.below(4) > 0 ? [this.random.pick(there).id] : [];
    };
    return {
      companies: one("companies", path !== "companies"),
      contacts: one("contacts", path !== "companies" && path !== "contacts"),
      deals: one("deals", path === "tickets" || !isTarget(path)),
      tickets: one("tickets", !isTarget(path)),
    };
  }

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

const byId = (a: FakeRecord, b: FakeRecord) => Number(a.id) - Number(b.id);

function nameOf({ path, properties }: FakeRecord): string {
  return properties[says[path].called ?? ""] ?? "";
}
