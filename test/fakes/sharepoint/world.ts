/** Sites, libraries, a OneDrive and pages as Microsoft holds them, and what each drive tells of its changes. */
import type { Clock } from "@/core/services/http/clock";
import { createRandom, type Random } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

export interface FakeItem {
  id: string;
  drive: FakeDrive;
  name: string;
  /** Id of its folder; that of the drive's top for what lies there. */
  parentId: string;
  kind: "file" | "folder" | "notebook" | "shortcut" | "unknown";
  content: string | Uint8Array;
  /** Text that its artifact must hold; undefined where there is to be no artifact. */
  reads: string | undefined;
  /** Place in the drive's list of changes. */
  seq: number;
  tag: number;
  created: string;
  changed: string;
  editor: string;
  deleted: boolean;
  /** Its folder's deletion was told, its own was not. */
  untold: boolean;
  /** Not shared with the account any more, of which no list tells. */
  outOfSight: boolean;
  target: FakeItem | undefined;
  /** Facets and fields that a test adds. */
  more: Record<string, unknown>;
}

export interface FakeDrive {
  id: string;
  name: string;
  site: FakeSite | undefined;
  items: Map<string, FakeItem>;
  seq: number;
  /** What asking for it is answered with, where it is not listed as usual. */
  refused: number | undefined;
}

export interface FakeSite {
  id: string;
  name: string;
  url: string;
  drives: FakeDrive[];
  pages: Map<string, FakePage>;
  outOfSight: boolean;
  /** The search lags behind, and does not find it. */
  unsearched: boolean;
}

export interface FakePage {
  id: string;
  site: FakeSite;
  title: string;
  html: string;
  reads: string;
  tag: number;
  changed: string;
  level: string;
  /** Web parts beside the text. */
  parts: Record<string, unknown>[];
}

const HOST = "https://contoso.sharepoint.com";
export const topOf = ({ id }: FakeDrive) => `top-${id}`;
export const keyOf = ({ drive, id }: FakeItem) => `sharepoint:${drive.id}:${id}`;
export const pageKeyOf = ({ site, id }: FakePage) => `sharepoint:page:${site.id}:${id}`;

export class SharePointWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: false };
  happenings: readonly Happening[] = [];
  readonly sites: FakeSite[] = [];
  readonly oneDrive: FakeDrive;
  /** A colleague's, of which the account sees what is shared with it. */
  readonly others: FakeDrive;
  readonly random: Random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    this.oneDrive = this.drive("OneDrive", undefined);
    this.others = this.drive("Bo's OneDrive", undefined);
    const harbour = this.site("Harbour");
    this.library("Documents", harbour);
    this.library("Plans", harbour);
    this.library("Documents", this.site("Finance"));
  }

  site(name: string): FakeSite {
    const id = `contoso.sharepoint.com,5e7f-${++this.serial},77aa-${this.serial}`;
    const url = `${HOST}/sites/${name}`;
    const site = { id, name, url, drives: [], pages: new Map(), outOfSight: false, unsearched: false };
    this.sites.push(site);
    return site;
  }

  library(name: string, site: FakeSite): FakeDrive {
    const drive = this.drive(name, site);
    site.drives.push(drive);
    return drive;
  }

  private drive(name: string, site: FakeSite | undefined): FakeDrive {
    const id = `b!drive${String(++this.serial).padStart(6, "0")}`;
    return { id, name, site, items: new Map(), seq: 0, refused: undefined };
  }

  create = () => {
    const drive = this.random.pick(this.readDrives());
    const kind = ++this.serial % 6;
    if (kind === 2) return pageKeyOf(this.page());
    if (kind === 3) this.add(drive, { name: `Photo ${this.serial}.jpg`, reads: undefined });
    if (kind === 4) return keyOf(this.add(drive, { parentId: this.folder(drive).id }));
    return keyOf(this.add(drive));
  };

  edit = () => {
    const page = this.random.below(4) === 0 ? this.anyPage() : undefined;
    const text = this.sentence();
    if (page !== undefined) {
      this.changePage(page, { html: `<p>${text}</p>`, reads: text });
      return pageKeyOf(page);
    }
    const file = this.pick();
    this.change(file, { content: text, reads: text, tag: file.tag + 1 });
    return keyOf(file);
  };

  delete = () => {
    const page = this.random.below(4) === 0 ? this.anyPage() : undefined;
    if (page !== undefined) {
      page.site.pages.delete(page.id);
      return pageKeyOf(page);
    }
    const file = this.pick();
    this.remove(file);
    return keyOf(file);
  };

  hide = () => {
    const file = this.pick();
    file.outOfSight = true;
    return keyOf(file);
  };

  createHuge = () => {
    const content = "The crane moved once more.\n".repeat(50_000);
    return keyOf(this.add(this.oneDrive, { name: "huge.txt", content, reads: "The crane moved once more." }));
  };

  createEmpty = () => keyOf(this.add(this.oneDrive, { content: "", reads: "" }));

  createUnknown = () => {
    this.add(this.oneDrive, { name: "Essence", kind: "unknown", reads: undefined });
    this.add(this.oneDrive, {
      name: "Board.whiteboard",
      reads: undefined,
      more: { hologram: { depth: 3 } },
    });
  };

  /** A text file at the top of a drive, unless `fields` say otherwise. */
  add(drive: FakeDrive, fields: Partial<FakeItem> = {}): FakeItem {
    const serial = ++this.serial;
    const text = this.sentence();
    const now = this.now();
    const item: FakeItem = {
      ...{ id: `01ITEM${String(serial).padStart(10, "0")}`, drive, name: `Note ${serial}.txt`, kind: "file" },
      ...{ parentId: topOf(drive), content: text, reads: text, seq: 0, tag: 1, created: now, changed: now },
      ...{
        editor: "Bo Lindqvist",
        deleted: false,
        untold: false,
        outOfSight: false,
        target: undefined,
        more: {},
      },
      ...fields,
    };
    drive.items.set(item.id, item);
    this.note(item);
    return item;
  }

  folder(drive: FakeDrive, name = `Folder ${++this.serial}`, parentId = topOf(drive)): FakeItem {
    return this.add(drive, { name, parentId, kind: "folder", reads: undefined });
  }

  /** “Add shortcut to My files”. */
  shortcut(target: FakeItem, name = target.name): FakeItem {
    return this.add(this.oneDrive, { name, kind: "shortcut", reads: undefined, target });
  }

  page(
    site = this.random.pick(this.sites.filter((one) => !one.outOfSight)),
    fields: Partial<FakePage> = {},
  ): FakePage {
    const serial = ++this.serial;
    const text = this.sentence();
    const page: FakePage = {
      ...{
        id: `page-${String(serial).padStart(6, "0")}`,
        site,
        title: `Page ${serial}`,
        html: `<p>${text}</p>`,
      },
      ...{ reads: text, tag: 1, changed: this.now(), level: "published", parts: [] },
      ...fields,
    };
    site.pages.set(page.id, page);
    return page;
  }

  changePage(page: FakePage, fields: Partial<FakePage>): void {
    Object.assign(page, fields, { tag: page.tag + 1, changed: this.now() });
  }

  change(item: FakeItem, fields: Partial<FakeItem>): void {
    Object.assign(item, fields, { changed: this.now() });
    this.note(item);
  }

  /** A move within its drive is no change of the file's time. */
  move(item: FakeItem, parentId: string): void {
    item.parentId = parentId;
    this.note(item);
  }

  /** Into another drive it is a new item there. */
  moveAcross(item: FakeItem, drive: FakeDrive): FakeItem {
    this.remove(item);
    const { name, content, reads } = item;
    return this.add(drive, { name, content, reads });
  }

  /** @param untold whether a folder's deletion alone is told, not that of what it holds. */
  remove(item: FakeItem, untold = false): void {
    for (const inside of this.inside(item)) {
      inside.deleted = true;
      inside.untold = untold;
      this.note(inside);
    }
    item.deleted = true;
    this.note(item);
  }

  /** Out of the recycle bin, with all that a folder held. */
  restore(item: FakeItem): void {
    const parent = item.drive.items.get(item.parentId);
    if (parent === undefined || parent.deleted) item.parentId = topOf(item.drive);
    Object.assign(item, { deleted: false, untold: false });
    this.note(item);
  }

  /** Everything that lies in it, at any depth, and is not deleted. */
  inside(item: FakeItem): FakeItem[] {
    const within = [...item.drive.items.values()].filter((one) => one.parentId === item.id && !one.deleted);
    return within.flatMap((one) => [one, ...this.inside(one)]);
  }

  isInside(item: FakeItem, folder: FakeItem): boolean {
    return item === folder || this.inside(folder).includes(item);
  }

  /** What is listed of a drive. */
  shown(drive: FakeDrive): FakeItem[] {
    return [...drive.items.values()].filter(({ deleted, outOfSight }) => !deleted && !outOfSight);
  }

  /** Sites that are seen, with the account's own drive. */
  readDrives(): FakeDrive[] {
    const libraries = this.sites.filter(({ outOfSight }) => !outOfSight).flatMap(({ drives }) => drives);
    return [this.oneDrive, ...libraries.filter(({ refused }) => refused === undefined)];
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    const found = new Map<string, ExpectedArtifact>();
    const expect = (item: FakeItem, place: string[]) => {
      if (item.reads === undefined || found.has(keyOf(item))) return;
      const needles = [`In: ${place.join(" / ")}`, ...(item.reads === "" ? [] : [item.reads])];
      found.set(keyOf(item), { title: item.name, needles });
    };
    for (const drive of this.readDrives())
      for (const item of this.shown(drive)) expect(item, this.pathOf(item));
    const shortcuts = this.shown(this.oneDrive).filter(({ target }) => target !== undefined);
    for (const { item, target } of shortcuts.map((one) => ({ item: one, target: one.target }))) {
      if (target === undefined || target.deleted || target.outOfSight) continue;
      if (target.kind === "file") expect(target, this.pathOf(item));
      for (const file of this.inside(target).filter((one) => this.isShared(one, target)))
        expect(file, [...this.pathOf(item), item.name, ...this.between(file, target)]);
    }
    for (const page of this.allPages())
      found.set(pageKeyOf(page), {
        title: page.title,
        needles: [page.reads, `In: ${page.site.name} / Pages`],
      });
    return found;
  }

  allPages(): FakePage[] {
    return this.sites.filter(({ outOfSight }) => !outOfSight).flatMap(({ pages }) => [...pages.values()]);
  }

  sentence(): string {
    return `Pump ${++this.serial} was read at ${this.random.below(1e9)} litres.`;
  }

  /** Any file that is to be served; a new one where there is none. */
  pick(fits: (item: FakeItem) => boolean = () => true): FakeItem {
    const files = this.readDrives().flatMap((drive) => this.shown(drive));
    const fitting = files.filter((item) => item.reads !== undefined && fits(item));
    return fitting.length === 0 ? this.add(this.oneDrive) : this.random.pick(fitting);
  }

  pathOf(item: FakeItem): string[] {
    const { site, name } = item.drive;
    return [...(site === undefined ? ["OneDrive"] : [site.name, name]), ...this.pathIn(item)];
  }

  /** Names of the folders above, from the drive's top down. */
  pathIn(item: FakeItem): string[] {
    const parent = item.drive.items.get(item.parentId);
    return parent === undefined ? [] : [...this.pathIn(parent), parent.name];
  }

  private anyPage(): FakePage | undefined {
    const pages = this.allPages();
    return pages.length === 0 ? undefined : this.random.pick(pages);
  }

  private isShared(item: FakeItem, top: FakeItem): boolean {
    for (let one: FakeItem | undefined = item; one !== undefined; one = one.drive.items.get(one.parentId)) {
      if (one.outOfSight) return false;
      if (one === top) return true;
    }
    return false;
  }

  private between(item: FakeItem, top: FakeItem): string[] {
    const parent = item.drive.items.get(item.parentId);
    return parent === undefined || parent === top ? [] : [...this.between(parent, top), parent.name];
  }

  private note(item: FakeItem): void {
    item.seq = ++item.drive.seq;
  }

  /** No two changes share a time. */
  private now(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return new Date(this.last).toISOString();
  }
}
