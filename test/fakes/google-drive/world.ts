/** A Drive as Google holds it: files, folders, shortcuts, shared drives, and the list of what changed. */
import type { Clock } from "@/core/services/http/clock";
import { pptxOf, slideShape, xlsxOf } from "@/core/services/readers/office-fixtures";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeWorld, Happening } from "../fake";

const GOOGLE = "application/vnd.google-apps.";
export const ROOT = "root-0000000000";

export interface FakeFile {
  id: string;
  name: string;
  mimeType: string;
  parents: string[];
  trashed: boolean;
  /** Shared drive that it belongs to. */
  driveId?: string | undefined;
  modifiedTime: string;
  /** What is exported or downloaded. */
  content: string | Uint8Array;
  /** Text that its artifact must hold; undefined where there is to be no artifact. */
  reads: string | undefined;
  /** Found by its id alone, in no listing. */
  unlisted?: boolean;
  [field: string]: unknown;
}

export type FakeChange = Record<string, unknown>;

export class DriveWorld implements FakeWorld {
  readonly incrementalSees = { edits: true, deletions: true, hiding: true };
  happenings: readonly Happening[] = [];
  readonly files = new Map<string, FakeFile>();
  /** Ids of files that nobody may fetch for some hours. */
  readonly fetchedTooOften = new Set<string>();
  /** Whether Google leaves shared drives out of a search over all of them, and says so (`incompleteSearch`). */
  searchesPartly: (query: string) => boolean = () => false;
  readonly drives = new Map<string, string>();
  readonly changes: FakeChange[] = [];
  readonly random;
  private serial = 0;
  private last = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
  ) {
    this.random = createRandom(seed);
    this.drives.set("drive-0000000001", "Harbour");
  }

  create = () => {
    const kind = ++this.serial % 7;
    if (kind === 3) this.add({ name: `Photo ${this.serial}.jpg`, mimeType: "image/jpeg", reads: undefined });
    if (kind === 1) return keyOf(this.sheet());
    if (kind === 2)
      return keyOf(this.add({ name: `notes-${this.serial}.txt`, mimeType: "text/plain", size: "40" }));
    if (kind === 4)
      return keyOf(
        this.add({ parents: ["drive-0000000001"], driveId: "drive-0000000001", ownedByMe: false }),
      );
    return keyOf(this.add());
  };

  edit = () => {
    const file = this.pick((one) => typeof one.content === "string");
    const text = this.sentence();
    this.change(file, { content: text, reads: text });
    return keyOf(file);
  };

  /** Into the bin, or gone at once. */
  delete = () => {
    const file = this.pick();
    if (this.random.below(2) === 0) this.change(file, { trashed: true });
    else this.remove(file);
    return keyOf(file);
  };

  /** Its owner no longer shares it. */
  hide = () => {
    const file = this.pick();
    this.remove(file);
    return keyOf(file);
  };

  createHuge = () => {
    const content = "The crane moved once more.\n".repeat(50_000);
    return keyOf(
      this.add({
        name: "huge.txt",
        mimeType: "text/plain",
        content,
        size: String(content.length),
        reads: "The crane moved once more.",
      }),
    );
  };

  createEmpty = () => keyOf(this.add({ content: "", reads: "" }));

  createUnknown = () => void this.add({ mimeType: `${GOOGLE}hologram`, reads: undefined });

  /** A spreadsheet with one table. */
  sheet(): FakeFile {
    const text = this.sentence();
    const rows = `<row><c r="A1" t="inlineStr"><is><t>Reading</t></is></c></row><row><c r="A2" t="inlineStr"><is><t>${text}</t></is></c></row>`;
    return this.add({
      name: `Table ${this.serial}`,
      mimeType: `${GOOGLE}spreadsheet`,
      content: xlsxOf([{ name: "Readings", rows }]),
      reads: text,
    });
  }

  slides(): FakeFile {
    const content = pptxOf([
      { shapes: slideShape("Gate", "title") + slideShape("It leaks."), notes: "Say why." },
    ]);
    return this.add({ name: "Talk", mimeType: `${GOOGLE}presentation`, content, reads: "It leaks." });
  }

  folder(name: string, parent = ROOT, more: Record<string, unknown> = {}): FakeFile {
    return this.add({ name, mimeType: `${GOOGLE}folder`, parents: [parent], reads: undefined, ...more });
  }

  shortcut(target: FakeFile, parent = ROOT): FakeFile {
    const shortcutDetails = { targetId: target.id, targetMimeType: target.mimeType };
    return this.add({
      name: `To ${target.name}`,
      mimeType: `${GOOGLE}shortcut`,
      parents: [parent],
      reads: undefined,
      shortcutDetails,
    });
  }

  /** A document in My Drive, unless `fields` say otherwise. */
  add(fields: Partial<FakeFile> = {}): FakeFile {
    const serial = ++this.serial;
    const text = this.sentence();
    const now = this.now();
    const id = `file-${String(serial).padStart(12, "0")}`;
    const file: FakeFile = {
      id,
      name: `Document ${serial}`,
      mimeType: `${GOOGLE}document`,
      parents: [ROOT],
      trashed: false,
      ownedByMe: true,
      createdTime: now,
      modifiedTime: now,
      webViewLink: `https://docs.google.com/document/d/${id}/edit`,
      owners: [{ displayName: "Ana Silva", emailAddress: "ana@harbour.example" }],
      lastModifyingUser: { displayName: "Bo Lindqvist" },
      content: text,
      reads: text,
      ...fields,
    };
    this.files.set(id, file);
    this.note(file);
    return file;
  }

  change(file: FakeFile, fields: Partial<FakeFile>): void {
    const before = logOf(file);
    Object.assign(file, fields, { modifiedTime: this.now() });
    this.note(file, before);
  }

  /** Deleted for good, or no longer shared: Google says the same of both. */
  remove(file: FakeFile): void {
    this.files.delete(file.id);
    this.changes.push({ changeType: "file", removed: true, fileId: file.id, log: logOf(file) });
  }

  /** A move is no change of the file's text, and no time of change tells of it. */
  move(file: FakeFile, parent: string): void {
    file.parents = [parent];
    this.note(file);
  }

  /** Into another drive, or My Drive; its text and its time stay as they are. */
  moveAcross(file: FakeFile, driveId: string | undefined): void {
    const before = logOf(file);
    Object.assign(file, { parents: [driveId ?? ROOT], driveId, ownedByMe: driveId === undefined });
    this.note(file, before);
  }

  /** It is shared once more, as it was. */
  putBack(file: FakeFile): void {
    this.files.set(file.id, file);
    this.note(file);
  }

  isInside(file: FakeFile, folder: string): boolean {
    for (let one: FakeFile | undefined = file; one !== undefined; one = this.files.get(one.parents[0] ?? ""))
      if (one.id === folder) return true;
    return false;
  }

  loseDrive(driveId: string): void {
    this.drives.delete(driveId);
    for (const file of [...this.files.values()]) if (file["driveId"] === driveId) this.files.delete(file.id);
    this.changes.push({ changeType: "drive", removed: true, driveId, log: OWN });
  }

  /** The account becomes a member, or the drive gets another name: told by one entry, whatever the drive holds. */
  nameDrive(id: string, name: string): void {
    this.drives.set(id, name);
    this.changes.push({
      ...{ changeType: "drive", removed: false, driveId: id, drive: { id, name } },
      log: OWN,
    });
  }

  /** In a listing: not in the bin, and in no folder that is. */
  listed(): FakeFile[] {
    return [...this.files.values()].filter((file) => file.unlisted !== true && !this.inBin(file));
  }

  snapshot(): ReadonlyMap<string, ExpectedArtifact> {
    const shown = [...this.files.values()].filter((file) => file.reads !== undefined && !this.inBin(file));
    return new Map(
      shown.map((file) => [
        keyOf(file),
        { title: file.name, needles: file.reads === "" ? [] : [file.reads ?? ""] },
      ]),
    );
  }

  sentence(): string {
    return `Pump ${++this.serial} was read at ${this.random.below(1e9)} litres.`;
  }

  inBin(file: FakeFile): boolean {
    const parent = this.files.get(file.parents[0] ?? "");
    return file.trashed || (parent !== undefined && this.inBin(parent));
  }

  /** What belongs to a shared drive is noted in its list alone; what leaves a list for another is removed from it. */
  private note(file: FakeFile, before = logOf(file)): void {
    const log = logOf(file);
    const at = this.changes.findIndex((change) => change["fileId"] === file.id && change["log"] === before);
    if (at !== -1) this.changes.splice(at, 1, {});
    if (log !== before)
      this.changes.push({ changeType: "file", removed: true, fileId: file.id, log: before });
    this.changes.push({ changeType: "file", removed: false, fileId: file.id, log });
  }

  private pick(fits: (file: FakeFile) => boolean = () => true): FakeFile {
    return this.random.pick(this.listed().filter((file) => file.reads !== undefined && fits(file)));
  }

  /** No two changes share a time. */
  private now(): string {
    this.last = Math.max(this.last + 1, Math.floor(this.clock.now()));
    return new Date(this.last).toISOString();
  }
}

/** The account's own list of changes. */
export const OWN = "own";
const logOf = ({ driveId }: FakeFile) => driveId ?? OWN;

export const keyOf = ({ id }: Pick<FakeFile, "id">) => `drive:${id}`;
