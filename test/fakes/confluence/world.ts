/** A Confluence Cloud site as it holds its content: spaces, a folder, pages in a tree, blog posts, comments, people. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

export interface FakePage {
  kind: "pages" | "blogposts";
  id: string;
  status: string;
  title: string;
  spaceId: string;
  parentId: string | null;
  parentType: string | null;
  authorId: string;
  createdAt: string;
  version: { number: number; createdAt: string; authorId: string; minorEdit: boolean; message: string };
  /** Storage format. */
  storage: string;
  /** Plain texts that stand in it. */
  says: string[];
  hidden: boolean;
  isTextless?: boolean; // Given without its text, as some pages are: CONFCLOUD-76433.
  extra: Record<string, unknown>;
}

export interface FakeComment {
  kind: "footer-comments" | "inline-comments";
  id: string;
  pageId?: string;
  blogPostId?: string;
  version: { number: number; createdAt: string; authorId: string };
  parentCommentId?: string;
  /** Of those in the text alone, as are the words that they stand at. */
  resolutionStatus?: "open" | "reopened" | "resolved" | "dangling";
  properties?: { inlineMarkerRef: string; inlineOriginalSelection: string };
  storage: string;
  text: string;
}

export class ConfluenceWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  happenings: readonly Happening[] = [];
  readonly people = ["Ana Silva", "Bo Lindqvist", "Cem Aydin"].map((displayName, index) => ({
    accountId: `712020:person-${index}`,
    displayName,
  }));
  readonly spaces = [
    { id: "98305", key: "ENG", name: "Engineering", type: "global", status: "current" },
    { id: "98306", key: "HB", name: "Handbook", type: "global", status: "current" },
  ];
  readonly folders = new Map([
    ["5001", { id: "5001", type: "folder", title: "Docks", parentId: "5000", parentType: "folder" }],
    ["5000", { id: "5000", type: "folder", title: "North shore", parentId: null, parentType: null }],
  ]);
  readonly content = new Map<string, FakePage>();
  readonly comments = new Map<string, FakeComment>();
  readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
  }

  create = () => {
    const kind = this.serial % 6 === 5 ? "blogposts" : "pages";
    const above = this.serial % 3 === 0 ? undefined : this.visible("pages").at(-1);
    const page = this.add({ kind, ...(kind === "pages" && above !== undefined ? below(above) : {}) });
    if (this.serial % 2 === 0) this.comment(page);
    return keyOf(page);
  };

  edit = () => {
    const page = this.random.pick(this.visible());
    const way = this.random.below(4);
    if (way === 0) this.comment(page);
    else if (way === 1 && page.kind === "pages") this.rename(page);
    else this.write(page);
    return keyOf(page);
  };

  delete = () => {
    // Its children move up to what held it, as they do at Atlassian.
    const page = this.random.pick(this.visible());
    for (const child of this.content.values())
      if (child.parentId === page.id) [child.parentId, child.parentType] = [page.parentId, page.parentType];
    this.content.delete(page.id);
    for (const [id, comment] of this.comments)
      if (page.id === (comment.pageId ?? comment.blogPostId)) this.comments.delete(id);
    return keyOf(page);
  };

  hide = () => {
    const page = this.random.pick(
      this.visible().filter(({ id }) => ![...this.content.values()].some(({ parentId }) => parentId === id)),
    );
    page.hidden = true;
    return keyOf(page);
  };

  createHuge = () => {
    const line = "The crane moved once more over the harbour. ".repeat(100).trim();
    return keyOf(this.add({ storage: `<p>${line}</p>`.repeat(300), says: [line] }));
  };

  createEmpty = () => keyOf(this.add({ storage: "", says: [] }));

  createUnknown = () => {
    const storage = `<p>Before.</p><ac:new-thing ac:kind="x"><ac:rich-text-body><p>Within.</p></ac:rich-text-body></ac:new-thing>
      <ac:structured-macro ac:name="tomorrow"><ac:rich-text-body><p>Kept words.</p></ac:rich-text-body></ac:structured-macro>`;
    this.add({ storage, says: ["Before.", "Kept words."], extra: { subtype: "live", ownerId: null } });
  };

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    const open = new Set(this.spaces.flatMap(({ id, status }) => (status === "current" ? [id] : [])));
    const shown = this.visible().filter(({ spaceId }) => open.has(spaceId));
    return new Map(shown.map((page) => [keyOf(page), this.expected(page)]));
  }

  visible(kind?: FakePage["kind"]): FakePage[] {
    return [...this.content.values()].filter(
      (one) => !one.hidden && (kind === undefined || one.kind === kind),
    );
  }

  add(fields: Partial<FakePage> = {}): FakePage {
    const serial = ++this.serial;
    const at = this.tick();
    const authorId = this.person();
    const page: FakePage = {
      kind: "pages",
      id: String(65_536 + serial * 7),
      status: "current",
      title: `Page ${serial} & more`,
      spaceId: "98305",
      parentId: serial % 5 === 1 ? "5001" : null,
      parentType: serial % 5 === 1 ? "folder" : null,
      authorId,
      createdAt: at,
      version: { number: 1, createdAt: at, authorId, minorEdit: false, message: "" },
      storage: "",
      says: [],
      hidden: false,
      extra: {},
      ...fields,
    };
    this.content.set(page.id, page);
    if (fields.storage === undefined) this.compose(page);
    return page;
  }

  comment(
    page: FakePage,
    kind: FakeComment["kind"] = "footer-comments",
    text = this.sentence(),
  ): FakeComment {
    const id = String(900_000 + ++this.serial);
    const version = { number: 1, createdAt: this.tick(), authorId: this.person() };
    const on = page.kind === "pages" ? { pageId: page.id } : { blogPostId: page.id };
    const place = { inlineMarkerRef: id, inlineOriginalSelection: "the gate" };
    const mark = kind === "inline-comments" && ({ resolutionStatus: "open", properties: place } as const);
    const comment: FakeComment = { kind, id, ...on, version, ...mark, storage: `<p>${text}</p>`, text };
    this.comments.set(id, comment);
    return comment;
  }

  editComment(id: string): void {
    const comment = this.comments.get(id);
    if (comment === undefined) return;
    comment.text = this.sentence();
    comment.storage = `<p>${comment.text}</p>`;
    comment.version = { ...comment.version, number: comment.version.number + 1, createdAt: this.tick() };
  }

  /** Twice in one moment: the second version bears the time of the first. */
  writeAtOnce(page: FakePage): void {
    this.write(page);
    const { createdAt } = page.version;
    this.write(page);
    page.version.createdAt = createdAt;
  }

  rename(page: FakePage): void {
    page.title = `Renamed ${++this.serial}`;
    this.changed(page);
  }

  private write(page: FakePage): void {
    this.compose(page);
    this.changed(page);
  }

  private changed(page: FakePage): void {
    const number = page.version.number + 1;
    page.version = { ...page.version, number, createdAt: this.tick(), authorId: this.person() };
  }

  private compose(page: FakePage): void {
    const [words, code, warning] = [this.sentence(), this.sentence(), this.sentence()];
    const macro = (name: string, body: string) =>
      `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${body}</ac:structured-macro>`;
    const language = `<ac:parameter ac:name="language">ts</ac:parameter>`;
    page.storage =
      `<p>${words} <ac:link><ri:user ri:account-id="${this.person()}" /></ac:link></p>` +
      macro(
        "code",
        `${language}<ac:plain-text-body><![CDATA[if (a < b) { /* ${code} */ }]]></ac:plain-text-body>`,
      ) +
      macro("warning", `<ac:rich-text-body><p>${warning}</p></ac:rich-text-body>`);
    page.says = [words, `if (a < b) { /* ${code} */ }`, warning];
  }

  private expected(page: FakePage): ExpectedArtifact {
    const said = [...this.comments.values()].filter((one) => page.id === (one.pageId ?? one.blogPostId));
    const path = `- In: ${this.pathOf(page).join(" / ")}`;
    return { title: page.title, needles: [...page.says, ...said.map(({ text }) => text), path] };
  }

  /** Titles from the space down; of what is out of sight nothing is known. */
  private pathOf(page: FakePage): string[] {
    const above: string[] = [];
    for (let id = page.parentId; id !== null;) {
      const place: { title: string; parentId: string | null } | undefined =
        this.folders.get(id) ?? this.visible().find((one) => one.id === id);
      if (place === undefined) break;
      above.unshift(place.title);
      id = place.parentId;
    }
    return [this.spaces.find(({ id }) => id === page.spaceId)?.name ?? "", ...above];
  }

  private tick(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return new Date(this.last).toISOString();
  }

  private person = () => this.random.pick(this.people).accountId;

  private sentence(): string {
    return `Sentence ${++this.serial} says that number ${this.random.below(1e9)} was painted.`;
  }
}

const below = (page: FakePage) => ({ parentId: page.id, parentType: "page", spaceId: page.spaceId });

export const keyOf = ({ id }: Pick<FakePage, "id">) => `confluence:${id}`;
