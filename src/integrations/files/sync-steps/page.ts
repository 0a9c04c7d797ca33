import type { Db } from "@/core/models/database";
import type { ItemNotice, Page } from "@/core/services/sync/stream";
import { knownContents } from "../db/queries";
import { MEGABYTE, type FileItem } from "../models/models";
import type { FileEntry, NoticeEntry, WalkEntry } from "./entries";
import { toItem } from "./item";
import type { ConnectedFolder } from "./render";

const MOST_FILES = 50;
const MOST_BYTES = 8 * MEGABYTE;
const MOST_NOTICES = 500;

/** Gathers entries until they make a page. */
export class PageBuilder {
  private files: FileEntry[] = [];
  private notices: NoticeEntry[] = [];
  private bytes = 0;
  private place: string | null = null;
  private incomplete: string | undefined;

  constructor(
    private readonly folder: ConnectedFolder,
    private readonly db: Db,
  ) {}

  /** Takes one entry; true when the page is full. */
  add(entry: WalkEntry): boolean {
    if (entry.kind === "file") {
      this.files.push(entry);
      this.bytes += Math.min(Number(entry.stats.size), this.folder.mostBytes);
    } else {
      this.notices.push(entry);
      this.incomplete ??= entry.incomplete;
    }
    this.place = entry.key;
    return this.files.length >= MOST_FILES || this.bytes >= MOST_BYTES || this.notices.length >= MOST_NOTICES;
  }

  /** The page so far. Its cursor tells people how far the walk has come; no walk starts from it. */
  async finish(): Promise<Page<FileItem>> {
    const { files, notices, incomplete } = this;
    this.files = [];
    this.notices = [];
    this.bytes = 0;
    return {
      items: await this.toItems(files),
      cursor: this.place,
      failures: notices.filter(({ kind }) => kind === "failed").map(toNotice),
      skipped: notices.filter(({ kind }) => kind === "skipped").map(toNotice),
      ...(incomplete === undefined ? {} : { incomplete }),
    };
  }

  private async toItems(files: readonly FileEntry[]): Promise<FileItem[]> {
    if (files.length === 0) return [];
    const keys = files.map(({ key }) => key);
    const known = await knownContents(this.db, this.folder.account, keys);
    return Promise.all(files.map((file) => toItem(this.folder, file, known.get(file.key))));
  }
}

function toNotice({ key, reason }: NoticeEntry): ItemNotice {
  return { key, reason };
}
