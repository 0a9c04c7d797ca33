/** What a made-up company keeps at GitHub, and everything that can happen to it. */
import type { Clock } from "@/core/services/http/clock";
import { sha256 } from "@/lib/hash";
import { createRandom, type Random } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";
import { expectedArtifacts, nameOf, releaseKey, threadKey } from "./expected";
import type { FakeRelease, FakeRepository, FakeSaid, FakeThread } from "./types";

const people = ["ada-quay", "bo-lindqvist", "chidi-o", "dana-reyes"];
const kinds = ["issue", "pull", "discussion", "release", "file", "wiki"] as const;
const words = ["crane", "ballast", "tide table", "hull", "winch", "berth", "beacon", "ledger"];

export class GithubWorld implements FakeWorld {
  // A deleted issue leaves no trace in any listing: a full sync alone sees that.
  readonly incrementalSees = { edits: true, deletions: false };
  readonly repositories: FakeRepository[] = [];
  readonly threads: FakeThread[] = [];
  readonly releases: FakeRelease[] = [];
  readonly random: Random;
  happenings: readonly Happening[] = [];
  /** Repositories that the token no longer sees. */
  private readonly away: { repository: FakeRepository; threads: FakeThread[]; releases: FakeRelease[] }[] =
    [];
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
    const repository = {
      id,
      name,
      ...plain,
      files: new Map<string, string>(),
      wiki: new Map<string, string>(),
      formerNames: [],
      ...change,
    };
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
    if (kind === "wiki") return this.addPage(repository);
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

  private addPage(repository: FakeRepository): string {
    const serial = ++this.serial;
    const path = `Yard-page-${serial}.md`;
    repository.wiki?.set(path, `${this.sentence(serial)}\n`);
    return `github:${repository.id}:wiki:${path}`;
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
    if (kind === "wiki" && this.wikiPages().length > 0) return this.editPage(serial);
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

  private editPage(serial: number): string {
    const { repository, path } = this.random.pick(this.wikiPages());
    repository.wiki?.set(path, `${this.sentence(serial)}\n`);
    return `github:${repository.id}:wiki:${path}`;
  }

  delete(): string {
    const kind = this.random.pick(kinds);
    if (kind === "wiki" && this.wikiPages().length > 0) {
      const { repository, path } = this.random.pick(this.wikiPages());
      repository.wiki?.delete(path);
      return `github:${repository.id}:wiki:${path}`;
    }
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

  rename(repository: FakeRepository, name: string): void {
    repository.formerNames.push(nameOf(repository));
    repository.name = name;
  }

  /** The token no longer sees one of the repositories, unless nothing was said in any other. */
  lose(): void {
    const repository = this.random.pick(this.repositories);
    const isOf = (one: { repositoryId: number }) => one.repositoryId === repository.id;
    const [threads, releases] = [this.threads.filter(isOf), this.releases.filter(isOf)];
    if (threads.length === this.threads.length) return;
    for (const one of threads) this.threads.splice(this.threads.indexOf(one), 1);
    for (const one of releases) this.releases.splice(this.releases.indexOf(one), 1);
    this.repositories.splice(this.repositories.indexOf(repository), 1);
    this.away.push({ repository, threads, releases });
  }

  regain(): void {
    const back = this.away.pop();
    if (back === undefined) return;
    this.repositories.push(back.repository);
    this.threads.push(...back.threads);
    this.releases.push(...back.releases);
  }

  documents(): { repository: FakeRepository; path: string }[] {
    return this.repositories.flatMap((repository) =>
      [...repository.files.keys()]
        .filter((path) => path.endsWith(".md"))
        .map((path) => ({ repository, path })),
    );
  }

  wikiPages(): { repository: FakeRepository; path: string; text: string }[] {
    return this.repositories.flatMap((repository) =>
      [...(repository.wiki ?? [])].map(([path, text]) => ({ repository, path, text })),
    );
  }

  repositoryOf({ repositoryId }: { repositoryId: number }): FakeRepository {
    const found = this.repositories.find(({ id }) => id === repositoryId);
    if (found === undefined) throw new Error(`There is no repository ${repositoryId}.`);
    return found;
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    return expectedArtifacts(this);
  }

  private sentence(serial: number): string {
    return `Entry ${serial} says that the ${this.random.pick(words)} took ${this.random.below(1e9)} turns.`;
  }
}
