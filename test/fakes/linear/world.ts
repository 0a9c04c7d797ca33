/** A workspace as Linear holds it: issues in teams with their conversation, projects, documents, initiatives. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

export const kindNames = ["issue", "project", "document", "initiative"] as const;
export type FakeKind = (typeof kindNames)[number];

/** An item as the schema gives it, with lists in place of connections. */
export interface Thing {
  kind: FakeKind;
  id: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
  trashed: boolean | null;
  comments: Record<string, unknown>[];
  [field: string]: unknown;
}

const people = ["Ana Silva", "Bo Lindqvist", "Cem Aydin"].map((name, index) => ({
  id: `user-${index}`,
  name,
  displayName: name.split(" ")[0]?.toLowerCase(),
}));
const newTeams = () => [
  { id: "team-1", key: "ENG", name: "Engineering" },
  { id: "team-2", key: "DES", name: "Design" },
];
const states = [
  { id: "s1", name: "Backlog", type: "backlog" },
  { id: "s2", name: "In Progress", type: "started" },
  { id: "s3", name: "Done", type: "completed" },
];

export class LinearWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true };
  readonly people = people;
  readonly teams = newTeams();
  happenings: readonly Happening[] = [];
  readonly states = states;
  readonly things = new Map<string, Thing>();
  private readonly hidden = new Set<string>();
  readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () =>
    keyOf(
      this.add(
        this.serial % 8 === 4
          ? "project"
          : this.serial % 8 === 5
            ? "document"
            : this.serial % 16 === 7
              ? "initiative"
              : "issue",
      ),
    );

  edit = () => {
    const thing = this.random.pick(this.visible());
    const way = this.random.below(3);
    // A comment or an update does not touch the time of what it belongs to.
    if (way === 0 && thing.kind === "issue") this.comment(thing, this.sentence());
    else if (way === 0 && thing.kind === "project") this.update(thing, "projectUpdates");
    else
      this.change(
        thing,
        thing.kind === "issue" ? { description: this.sentence() } : { content: this.sentence() },
      );
    return keyOf(thing);
  };

  /** Into the bin, where things stay for a while before they are gone. */
  delete = () => {
    const thing = this.random.pick(this.visible());
    this.change(thing, { trashed: true, archivedAt: this.now() });
    return keyOf(thing);
  };

  /** Gone for good, at once: what an incremental sync cannot see. */
  erase = () => {
    const thing = this.random.pick(this.visible());
    this.things.delete(thing.id);
    return keyOf(thing);
  };

  /** Its team became private. */
  hide = () => {
    const thing = this.random.pick(this.visible());
    this.hidden.add(thing.id);
    return keyOf(thing);
  };

  /** It was shared again. */
  show(): string | undefined {
    const [id] = this.hidden;
    if (id === undefined) return undefined;
    this.hidden.delete(id);
    const thing = this.things.get(id);
    return thing === undefined ? undefined : keyOf(thing);
  }

  restore(): string | undefined {
    const thing = [...this.things.values()].find(({ trashed }) => trashed === true);
    if (thing === undefined) return undefined;
    this.change(thing, { trashed: null, archivedAt: null });
    return keyOf(thing);
  }

  archive(thing: Thing): void {
    this.change(thing, { archivedAt: thing.archivedAt === null ? this.now() : null });
  }

  attach(thing: Thing): void {
    const now = this.now();
    const serial = ++this.serial;
    const attachment = { id: `attachment-${serial}`, title: `Plan ${serial}`, subtitle: null };
    const url = `https://example.com/plan/${serial}`;
    (thing["attachments"] as unknown[]).push({ ...attachment, url, createdAt: now, updatedAt: now });
  }

  /** The oldest comment, whose issue does not learn of it. */
  editComment({ comments }: Thing): void {
    const [comment] = comments;
    if (comment !== undefined) Object.assign(comment, { body: this.sentence(), updatedAt: this.now() });
  }

  createHuge = () => {
    const issue = this.add("issue", { description: "The crane moved once more. ".repeat(40_000).trim() });
    for (let index = 0; index < 230; index++) this.comment(issue, `Reading ${index}: ${this.sentence()}`);
    return keyOf(issue);
  };

  createEmpty = () => keyOf(this.add("issue", { description: null }));

  createUnknown = () => {
    const other = this.random.pick(this.ofKind("issue"));
    const issue = this.add("issue", {
      state: { id: "s9", name: "Dreaming", type: "dreaming" },
      priorityLabel: "Whenever",
    });
    this.relate(issue, "inspires", other);
  };

  /** What a listing gives: things in the bin included, hidden ones not. */
  listed(kind: FakeKind): Thing[] {
    return [...this.things.values()].filter((one) => one.kind === kind && !this.hidden.has(one.id));
  }

  ofKind(kind: FakeKind): Thing[] {
    return this.visible().filter((one) => one.kind === kind);
  }

  visible(): Thing[] {
    return kindNames.flatMap((kind) => this.listed(kind)).filter(({ trashed }) => trashed !== true);
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return new Map(this.visible().map((one) => [keyOf(one), expectedOf(one)]));
  }

  add(kind: FakeKind, fields: Record<string, unknown> = {}): Thing {
    const serial = ++this.serial;
    const now = this.now();
    const thing: Thing = {
      kind,
      id: `0000${serial}`.slice(-4).padStart(8, "a") + `-0000-4000-8000-${kind.padEnd(12, "0").slice(0, 12)}`,
      title: `${kind} ${serial} about the harbour`,
      url: `https://linear.app/harbour/${kind}/${serial}`,
      createdAt: now,
      updatedAt: now,
      archivedAt: null,
      trashed: null,
      creator: this.random.pick(people),
      comments: [],
      ...this.fieldsOf(kind, serial),
      ...fields,
    };
    this.things.set(thing.id, thing);
    if (kind === "issue" && serial % 3 === 0) this.comment(thing, this.sentence());
    return thing;
  }

  change(thing: Thing, fields: Record<string, unknown>): void {
    Object.assign(thing, fields, { updatedAt: this.now() });
  }

  comment(thing: Thing, body: string, more: Record<string, unknown> = {}): Record<string, unknown> {
    const now = this.now();
    const comment = {
      id: `comment-${++this.serial}`,
      body,
      createdAt: now,
      updatedAt: now,
      parentId: null,
      user: this.random.pick(people),
      ...more,
    };
    thing.comments.push(comment);
    return comment;
  }

  update(
    thing: Thing,
    list: "projectUpdates" | "initiativeUpdates",
    more: Record<string, unknown> = {},
  ): void {
    const now = this.now();
    const update = {
      id: `update-${++this.serial}`,
      body: this.sentence(),
      health: "onTrack",
      createdAt: now,
      updatedAt: now,
      user: this.random.pick(people),
      ...more,
    };
    (thing[list] as unknown[]).push(update);
  }

  relate(issue: Thing, type: string, relatedIssue: Thing): void {
    const relation = { id: `relation-${++this.serial}`, type, issue, relatedIssue };
    (issue["relations"] as unknown[]).push(relation);
    (relatedIssue["inverseRelations"] as unknown[]).push(relation);
  }

  sentence(): string {
    return `Pump ${++this.serial} was read at ${this.random.below(1e9)} litres.`;
  }

  private fieldsOf(kind: FakeKind, serial: number): Record<string, unknown> {
    const text = this.sentence();
    if (kind === "issue") {
      const lists = { labels: [], children: [], relations: [], inverseRelations: [], attachments: [] };
      const own = {
        identifier: `ENG-${serial}`,
        description: text,
        priorityLabel: "High",
        state: this.random.pick(states),
        team: this.teams[serial % 2],
      };
      return { ...lists, ...own, assignee: this.random.pick(people) };
    }
    if (kind === "document") return { content: text, team: this.teams[0] };
    const named = { name: `${kind} ${serial} about the harbour`, description: "", content: text };
    if (kind === "initiative")
      return {
        ...named,
        status: "Active",
        owner: people[0],
        projects: [],
        teams: this.teams,
        initiativeUpdates: [],
      };
    const lists = {
      labels: [],
      initiatives: [],
      projectMilestones: [],
      externalLinks: [],
      projectUpdates: [],
    };
    return {
      ...named,
      ...lists,
      accessibleTeams: this.teams,
      teams: [this.teams[0]],
      priorityLabel: "No priority",
      progress: 0.25,
      status: { name: "In Progress", type: "started" },
    };
  }

  /** No two changes share a time. */
  private now(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return new Date(this.last).toISOString();
  }
}

export const keyOf = ({ kind, id }: Pick<Thing, "kind" | "id">) => `linear:${kind}:${id}`;

function expectedOf(thing: Thing): ExpectedArtifact {
  const updates = [thing["projectUpdates"], thing["initiativeUpdates"]].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const texts = [
    thing["description"],
    thing["content"],
    ...[...thing.comments, ...updates].map(({ body }) => body),
  ];
  const needles = texts.filter((text): text is string => typeof text === "string" && text !== "");
  return {
    title: thing.kind === "issue" ? `${String(thing["identifier"])}: ${thing.title}` : thing.title,
    needles,
  };
}
