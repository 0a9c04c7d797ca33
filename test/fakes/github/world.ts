/** What a made-up company keeps at GitHub, and everything that can happen to it. */
import type { Clock } from "@/core/services/http/clock";
import { sha256 } from "@/lib/hash";
import { createRandom, type Random } from "@test/random";
import type { ExpectedArtifact, FakeWorld } from "../fake";

export interface FakeSaid {
  id: number;
  nodeId: string;
  author: string | null;
  body: string;
  createdAt: number;
  updatedAt: number;
}
export interface FakeReview extends FakeSaid {
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
}
export interface FakeLineThread {
  nodeId: string;
  path: string;
  line: number;
  isResolved: boolean;
  comments: FakeSaid[];
}
export interface FakeThread {
  kind: "issue" | "pull" | "discussion";
  repositoryId: number;
  id: number;
  nodeId: string;
  number: number;
  title: string;
  body: string;
  state: "open" | "closed" | "merged";
  author: string | null;
  labels: string[];
  createdAt: number;
  updatedAt: number;
  comments: (FakeSaid & { replies: FakeSaid[] })[];
  reviews: FakeReview[];
  lineThreads: FakeLineThread[];
  commits: { oid: string; headline: string }[];
  /** Number of the issue that a pull request closes. */
  closes: number | undefined;
  extra: Record<string, unknown>;
}
export interface FakeRelease {
  repositoryId: number;
  id: number;
  tag: string;
  name: string;
  body: string;
  createdAt: number;
}
export interface FakeRepository {
  id: number;
  owner: string;
  name: string;
  isPrivate: boolean;
  hasIssues: boolean;
  hasDiscussions: boolean;
  fork: boolean;
  /** Files by path. */
  files: Map<string, string>;
  /** Names that it had before. */
  formerNames: string[];
}

const people = ["ada-quay", "bo-lindqvist", "chidi-o", "dana-reyes"];
const kinds = ["issue", "pull", "discussion", "release", "file"] as const;
const words = ["crane", "ballast", "tide table", "hull", "winch", "berth", "beacon", "ledger"];

export class GithubWorld implements FakeWorld {
  // A deleted issue leaves no trace in any listing: a full sync alone sees that.
  readonly incrementalSees = { edits: true, deletions: false };
  readonly repositories: FakeRepository[] = [];
  readonly threads: FakeThread[] = [];
  readonly releases: FakeRelease[] = [];
  readonly random: Random;
  private serial = 0;
  private lastTime = 0;

  constructor(
    seed: number,
    items: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    this.addRepository("cranes");
    this.addRepository("handbook");
    // The start lies in the past, a minute apart each, so that no two changes share a second.
    this.lastTime = Math.floor(clock.now() / 1_000) * 1_000 - (items + 5) * 60_000 * 10;
    for (let index = 0; index < items; index++) this.add(kinds[index % kinds.length] ?? "issue", 60_000);
  }

  addRepository(name: string, change: Partial<FakeRepository> = {}): FakeRepository {
    const id = 70_001 + this.repositories.length;
    const plain = {
      owner: "harbour-works",
      isPrivate: true,
      hasIssues: true,
      hasDiscussions: true,
      fork: false,
    };
    const repository = { id, name, ...plain, files: new Map<string, string>(), formerNames: [], ...change };
    repository.files.set("src/main.ts", "export {};\n");
    this.repositories.push(repository);
    return repository;
  }

  /** GitHub's times are whole seconds; each change gets one of its own. */
  tick(step = 1_000): number {
    const now = Math.floor(this.clock.now() / 1_000) * 1_000;
    this.lastTime = step === 1_000 ? Math.max(this.lastTime + step, now) : this.lastTime + step;
    return this.lastTime;
  }

  add(kind: (typeof kinds)[number], step = 1_000): string {
    const repository = this.random.pick(this.repositories);
    if (kind === "file") return this.addFile(repository);
    if (kind === "release") return this.addRelease(repository, step);
    return threadKey(this.addThread(kind, repository, step));
  }

  addThread(
    kind: FakeThread["kind"],
    repository: FakeRepository,
    step = 1_000,
    change: Partial<FakeThread> = {},
  ): FakeThread {
    const serial = ++this.serial;
    const at = this.tick(step);
    const number = this.threads.filter((one) => one.repositoryId === repository.id).length + 1;
    const thread: FakeThread = {
      kind,
      repositoryId: repository.id,
      id: 900_000 + serial,
      nodeId: `${{ issue: "I", pull: "PR", discussion: "D" }[kind]}_kw${serial}`,
      number: number + this.gaps,
      title: `The ${this.random.pick(words)} needs a look ${serial}`,
      body: this.sentence(serial),
      state: "open",
      author: this.random.pick(people),
      labels: serial % 3 === 0 ? ["bug", "area: yard"] : [],
      createdAt: at,
      updatedAt: at,
      comments: [],
      reviews: [],
      lineThreads: [],
      commits: [],
      closes: undefined,
      extra: {},
      ...change,
    };
    for (let index = 0; index < serial % 3; index++) this.comment(thread, at);
    if (kind === "pull") this.dress(thread, at);
    this.threads.push(thread);
    return thread;
  }

  /** Numbers are never given twice, so deleted ones leave gaps. */
  private gaps = 0;

  private dress(thread: FakeThread, at: number): void {
    const serial = ++this.serial;
    thread.commits.push({
      oid: sha256(`c${serial}`).slice(0, 40),
      headline: `Tighten the ${this.random.pick(words)}`,
    });
    thread.reviews.push({
      ...this.said(at, "PRR"),
      state: serial % 2 === 0 ? "APPROVED" : "CHANGES_REQUESTED",
    });
    thread.lineThreads.push({
      nodeId: `PRRT_kw${serial}`,
      path: "src/main.ts",
      line: 1 + (serial % 40),
      isResolved: serial % 4 === 0,
      comments: [this.said(at, "PRRC"), this.said(at, "PRRC")],
    });
    thread.closes = this.threads.find(
      (one) => one.kind === "issue" && one.repositoryId === thread.repositoryId,
    )?.number;
    if (serial % 3 === 0) thread.state = "merged";
  }

  said(at: number, prefix = "IC", change: Partial<FakeSaid> = {}): FakeSaid {
    const id = ++this.serial;
    const author = id % 11 === 0 ? null : this.random.pick(people);
    return {
      id,
      nodeId: `${prefix}_kw${id}`,
      author,
      body: this.sentence(id),
      createdAt: at,
      updatedAt: at,
      ...change,
    };
  }

  comment(thread: FakeThread, at: number): void {
    const prefix = thread.kind === "discussion" ? "DC" : "IC";
    const replies = thread.kind === "discussion" && this.serial % 2 === 0 ? [this.said(at, "DC")] : [];
    thread.comments.push({ ...this.said(at, prefix), replies });
    thread.updatedAt = at;
  }

  private addFile(repository: FakeRepository): string {
    const serial = ++this.serial;
    const path = serial % 4 === 0 ? `notes-${serial}.md` : `docs/yard/page-${serial}.md`;
    repository.files.set(path, `# Page ${serial}\n\n${this.sentence(serial)}\n`);
    return `github:${repository.id}:file:${path}`;
  }

  private addRelease(repository: FakeRepository, step: number): string {
    const serial = ++this.serial;
    const id = 500_000 + serial;
    const createdAt = this.tick(step);
    const name = serial % 2 === 0 ? `Release ${serial}` : "";
    this.releases.push({
      repositoryId: repository.id,
      id,
      tag: `v1.${serial}.0`,
      name,
      body: this.sentence(serial),
      createdAt,
    });
    return `github:${repository.id}:release:${id}`;
  }

  create = (): string => this.add(this.random.pick(kinds));

  edit(): string {
    const kind = this.random.pick(kinds);
    const serial = ++this.serial;
    if (kind === "release" && this.releases.length > 0) return this.editRelease(serial);
    if (kind === "file" && this.documents().length > 0) return this.editFile(serial);
    const thread = this.random.pick(this.threads);
    const at = this.tick();
    const how = this.random.below(3);
    if (how === 0) thread.title = `Renamed ${serial}`;
    else if (how === 1) thread.body = this.sentence(serial);
    else this.comment(thread, at);
    thread.updatedAt = at;
    return threadKey(thread);
  }

  private editRelease(serial: number): string {
    const release = this.random.pick(this.releases);
    release.body = this.sentence(serial);
    return releaseKey(release);
  }

  private editFile(serial: number): string {
    const { repository, path } = this.random.pick(this.documents());
    repository.files.set(path, `# Page ${serial}\n\n${this.sentence(serial)}\n`);
    return `github:${repository.id}:file:${path}`;
  }

  delete(): string {
    const kind = this.random.pick(kinds);
    if (kind === "file" && this.documents().length > 1) {
      const { repository, path } = this.random.pick(this.documents());
      repository.files.delete(path);
      return `github:${repository.id}:file:${path}`;
    }
    if (kind === "release" && this.releases.length > 1) {
      const release = this.random.pick(this.releases);
      this.releases.splice(this.releases.indexOf(release), 1);
      return releaseKey(release);
    }
    // Nobody can delete a pull request.
    const those = this.threads.filter((one) => one.kind !== "pull");
    const thread =
      those.length > 0
        ? this.random.pick(those)
        : this.addThread("issue", this.random.pick(this.repositories));
    this.remove(thread);
    return threadKey(thread);
  }

  remove(thread: FakeThread): void {
    this.threads.splice(this.threads.indexOf(thread), 1);
    this.gaps++;
  }

  createHuge(): string {
    const thread = this.addThread("pull", this.random.pick(this.repositories));
    // The longest description that GitHub takes, and conversations over several pages.
    thread.body = "The crane moved once more. ".repeat(2_400).trim();
    const at = this.tick();
    for (let index = 0; index < 130; index++) this.comment(thread, at);
    for (let index = 0; index < 60; index++)
      thread.lineThreads.push({ ...this.lineThread(index), comments: [this.said(at, "PRRC")] });
    return threadKey(thread);
  }

  private lineThread(index: number) {
    return { nodeId: `PRRT_h${++this.serial}`, path: "src/main.ts", line: index + 1, isResolved: false };
  }

  createEmpty(): string {
    const bare = { body: "", author: null, labels: [] };
    const thread = this.addThread("issue", this.random.pick(this.repositories), 1_000, bare);
    thread.comments.length = 0;
    return threadKey(thread);
  }

  createUnknown(): void {
    const thread = this.addThread("issue", this.random.pick(this.repositories));
    thread.extra = {
      state_reason: "evaporated",
      mood: { joyful: true },
      labels: [17, { name: "kept" }],
      milestone: 4,
    };
  }

  documents(): { repository: FakeRepository; path: string }[] {
    return this.repositories.flatMap((repository) =>
      [...repository.files.keys()]
        .filter((path) => path.endsWith(".md"))
        .map((path) => ({ repository, path })),
    );
  }

  repositoryOf({ repositoryId }: { repositoryId: number }): FakeRepository {
    const found = this.repositories.find(({ id }) => id === repositoryId);
    if (found === undefined) throw new Error(`There is no repository ${repositoryId}.`);
    return found;
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    const expected = new Map<string, ExpectedArtifact>();
    for (const one of this.repositories)
      expected.set(`github:${one.id}`, { title: nameOf(one), needles: [] });
    for (const one of this.threads)
      expected.set(threadKey(one), {
        title: `${one.title} (${nameOf(this.repositoryOf(one))}#${one.number})`,
        needles: [
          one.body,
          ...saidIn(one).map(({ body }) => body),
          ...one.commits.map(({ headline }) => headline),
        ],
      });
    for (const one of this.releases) {
      const name = one.name === "" ? one.tag : `${one.name} ${one.tag}`;
      expected.set(releaseKey(one), {
        title: `${name} (${nameOf(this.repositoryOf(one))})`,
        needles: [one.body],
      });
    }
    for (const { repository, path } of this.documents()) {
      const [heading = "", , body = ""] = (repository.files.get(path) ?? "").split("\n");
      const title = `${heading.replace("# ", "")} (${nameOf(repository)}: ${path})`;
      expected.set(`github:${repository.id}:file:${path}`, { title, needles: [body] });
    }
    return expected;
  }

  private sentence(serial: number): string {
    return `Entry ${serial} says that the ${this.random.pick(words)} took ${this.random.below(1e9)} turns.`;
  }
}

export const nameOf = ({ owner, name }: FakeRepository) => `${owner}/${name}`;
export const releaseKey = ({ repositoryId, id }: FakeRelease) => `github:${repositoryId}:release:${id}`;

export function threadKey({ repositoryId, kind, number }: FakeThread): string {
  return `github:${repositoryId}:${kind === "discussion" ? "discussion" : "issue"}:${number}`;
}

/** Everything that was said in a thread. */
export function saidIn({ comments, reviews, lineThreads }: FakeThread): FakeSaid[] {
  return [
    ...comments.flatMap(({ replies, ...one }) => [one, ...replies]),
    ...reviews,
    ...lineThreads.flatMap((one) => one.comments),
  ];
}
