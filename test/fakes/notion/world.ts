/** A fake workspace that comes from a seed, and what may happen to it. */
import { createRandom, type Random } from "@test/random";
import type { Clock } from "@/core/services/http/clock";
import type { ExpectedArtifact, FakeWorld } from "../fake";
import { somePiece } from "./content";
import { commentObject } from "./objects";
import {
  type FakeDataSource,
  type FakePage,
  type FakeParent,
  plain,
  type State,
  visiblePages,
  visibleSources,
} from "./state";
import { truthOf } from "./truth";

const STEP_MS = 7 * 60_000;

export class NotionWorld implements FakeWorld {
  readonly state: State = { pages: new Map(), dataSources: new Map(), users: [] };
  readonly incrementalSees = { edits: true, deletions: true };
  readonly random: Random;
  private made = 0;

  constructor(
    seed: number,
    private readonly clock: Pick<Clock, "now">,
  ) {
    this.random = createRandom(seed);
    for (const name of ["Ann Lee", "Ben Okri", "Zoë Ruiz"]) this.state.users.push({ id: this.id(), name });
  }

  /** So many pages, about half of them rows of databases in pages, edited over the time before now. */
  fill(items: number): void {
    const began = this.clock.now() - (items + 2) * STEP_MS;
    for (let count = 0; count < items; count++) {
      if (count % 25 === 2) this.addDataSource(this.somewhere(), began + count * STEP_MS);
      this.addPage({ parent: this.anywhere(), at: began + count * STEP_MS });
    }
  }

  addPage(options: { parent?: FakeParent; at?: number; title?: string; pieces?: number } = {}): FakePage {
    const at = options.at ?? this.clock.now();
    const id = this.id();
    const parent = options.parent ?? { kind: "workspace" };
    const page: FakePage = {
      id,
      title: options.title ?? `Page ${this.mark()}`,
      parent,
      created: at,
      edited: at,
      trashed: false,
      hidden: false,
      searchableFrom: 0,
      unlisted: false,
      properties: new Map(),
      content: [],
      cutAt: undefined,
      blocks: undefined,
      comments: [],
    };
    this.state.pages.set(id, page);
    for (let piece = options.pieces ?? this.random.below(4); piece > 0; piece--)
      page.content.push(somePiece(this.random, this.mark()));
    if (parent.kind === "dataSource") this.setStage(page);
    this.touchHolder(page, at);
    return page;
  }

  addDataSource(parent: FakeDataSource["parent"], at = this.clock.now()): FakeDataSource {
    const source: FakeDataSource = {
      id: this.id(),
      databaseId: this.id(),
      title: `Database ${this.mark()}`,
      parent,
      created: at,
      edited: at,
      trashed: false,
      unlisted: false,
    };
    this.state.dataSources.set(source.id, source);
    if (parent.kind === "page") this.touch(parent.id, at);
    return source;
  }

  comment(page: FakePage): void {
    const author = this.random.pick(this.state.users);
    const words = `Remark ${this.mark()}`;
    const at = this.clock.now();
    page.comments.push({
      value: commentObject(this.id(), page.id, author, words, at),
      reads: `- **${author.name}** (${new Date(at).toISOString().slice(0, 10)}): ${words}`,
    });
  }

  create = (): string => keyOf(this.addPage({ parent: this.anywhere(), pieces: 2 }));

  edit = (): string => {
    const page = this.somePage();
    if (page.parent.kind === "dataSource" && this.random.below(3) === 0) this.setStage(page);
    else page.content.push(somePiece(this.random, this.mark()));
    if (page.content.length > 3 && this.random.below(2) === 0) page.content.splice(0, 2);
    this.touch(page.id);
    return keyOf(page);
  };

  delete = (): string => {
    const page = this.someLeaf();
    page.trashed = true;
    this.touch(page.id);
    this.touchHolder(page);
    return keyOf(page);
  };

  /** Takes a page to another place, rows aside. */
  move(): void {
    const page = this.someLeaf();
    if (page.parent.kind === "dataSource") return;
    this.touchHolder(page);
    page.parent = this.somewhere(page);
    this.touch(page.id);
    this.touchHolder(page);
  }

  createHuge = (): string => {
    const page = this.addPage({ pieces: 1 });
    const words = "The crane was greased, and greased again. ".repeat(100);
    for (let count = 0; count < 700; count++)
      page.content.push({ enhanced: words.trim(), gfm: words.trim() });
    return keyOf(page);
  };

  createEmpty = (): string => keyOf(this.addPage({ pieces: 0 }));

  createUnknown = (): void => {
    const page = this.addPage({ pieces: 1 });
    page.content.push({
      enhanced: '<hologram depth="3">\n\tWords in light.\n</hologram>',
      gfm: "Words in light.",
    });
  };

  snapshot = (): ReadonlyMap<string, ExpectedArtifact> =>
    new Map(
      [...truthOf(this.state)].map(([key, { title, markdown }]) => [key, { title, needles: [markdown] }]),
    );

  setStage(page: FakePage): void {
    const name = `Draft ${this.mark()}`;
    page.properties.set("Stage", {
      value: { id: "stge", type: "select", select: { id: name, name, color: "blue" } },
      reads: name,
    });
  }

  touch(id: string, at = this.clock.now()): void {
    const page = this.state.pages.get(id);
    if (page !== undefined) page.edited = at;
  }

  /** A page that comes or goes is a change of the page around it. */
  touchHolder({ parent }: FakePage, at = this.clock.now()): void {
    if (parent.kind === "page") this.touch(parent.id, at);
    if (parent.kind === "block") this.touch(parent.page, at);
  }

  somePage(): FakePage {
    return this.random.pick(visiblePages(this.state));
  }

  /** A page without anything in it. */
  someLeaf(): FakePage {
    const holders = new Set<string>();
    for (const { parent } of this.state.pages.values()) {
      if (parent.kind === "page") holders.add(parent.id);
      if (parent.kind === "block") holders.add(parent.page);
    }
    for (const { parent } of this.state.dataSources.values())
      if (parent.kind === "page") holders.add(parent.id);
    return this.random.pick(visiblePages(this.state).filter(({ id }) => !holders.has(id)));
  }

  /** Where a page can be: at the top, in a page, in a block of one, or a row. */
  private anywhere(): FakeParent {
    const sources = visibleSources(this.state);
    if (sources.length > 0 && this.random.below(2) === 0)
      return { kind: "dataSource", id: this.random.pick(sources).id };
    const place = this.somewhere();
    return place.kind === "page" && this.random.below(8) === 0
      ? { kind: "block", id: this.id(), page: place.id }
      : place;
  }

  private somewhere(except?: FakePage): { kind: "workspace" } | { kind: "page"; id: string } {
    const pages = visiblePages(this.state).filter((page) => page !== except && page.parent.kind !== "block");
    if (pages.length === 0 || this.random.below(4) === 0) return { kind: "workspace" };
    return { kind: "page", id: this.random.pick(pages).id };
  }

  private mark(): string {
    return `no ${++this.made}`;
  }

  private id(): string {
    const hex = () => Array.from({ length: 4 }, () => this.random.below(16).toString(16)).join("");
    return `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}`;
  }
}

function keyOf(page: FakePage): string {
  return `notion:page:${plain(page.id)}`;
}
