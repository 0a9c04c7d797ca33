import type { Db } from "@/core/models/database";
import { type DriveRow, type ItemRow, type Place, placesIn } from "../db/queries";

/** Folders above a file are followed so far up at most: a circle of parents is not one. */
const DEEPEST = 100;

/** Where files of one drive lie, as far as its folders are known. */
export class Tree {
  private constructor(
    private readonly folders: Map<string, ItemRow>,
    private readonly top: readonly string[],
  ) {}

  /** @param drive names the top of every path. */
  static async load(db: Db, place: Place, drive: DriveRow): Promise<Tree> {
    const rows = await placesIn(db, place);
    return new Tree(new Map(rows.map((row) => [row.itemId, row])), topOf(drive));
  }

  /** True for a folder that is new here, or is known by another name or elsewhere. */
  isNews({ itemId, name, parentId, url }: ItemRow): boolean {
    const known = this.folders.get(itemId);
    return known?.name !== name || known.parentId !== parentId || known.url !== url;
  }

  learn(folder: ItemRow): void {
    this.folders.set(folder.itemId, folder);
  }

  /** The address of something by that of the folder above, which may have moved. One of another kind stays. */
  urlOf(row: ItemRow, drive?: Addresses): string | null {
    const part = partOf(row);
    if (part === undefined || row.url === null) return row.url;
    const above = this.folders.get(row.parentId ?? "")?.url;
    if (above) return `${above}/${part}`;
    const isWithin = drive !== undefined && row.url.startsWith(`${drive.from}/`);
    return isWithin ? `${drive.to}${row.url.slice(drive.from.length)}` : row.url;
  }

  /** Takes note that the whole drive has another address. */
  moveTo(drive: Addresses): void {
    const met = new Set<string>();
    const move = (id: string) => {
      const folder = this.folders.get(id);
      if (folder === undefined || met.has(id)) return;
      met.add(id);
      move(folder.parentId ?? "");
      this.learn({ ...folder, url: this.urlOf(folder, drive) });
    };
    for (const id of [...this.folders.keys()]) move(id);
  }

  /** Ids of the folders above, nearest first, as far as they are known. */
  private above({ parentId }: Pick<ItemRow, "parentId">): string[] {
    const ids: string[] = [];
    for (let next = parentId; next !== null && ids.length < DEEPEST && !ids.includes(next);) {
      ids.push(next);
      next = this.folders.get(next)?.parentId ?? null;
    }
    return ids;
  }

  /** `["Finance", "Documents", "2026"]`: from the site down to the folder that holds it. */
  pathOf(row: Pick<ItemRow, "parentId">): string[] {
    const names = this.above(row).flatMap((id) => this.folders.get(id)?.name ?? []);
    return [...this.top, ...names.toReversed()];
  }
}

/** From which address to which other the drive itself has gone. */
interface Addresses {
  from: string;
  to: string;
}

/** The last part of an address that is made of the names of what lies there; Office documents have others. */
function partOf({ url, name }: Pick<ItemRow, "url" | "name">): string | undefined {
  const part = url?.slice(url.lastIndexOf("/") + 1) ?? "";
  try {
    return decodeURIComponent(part) === name ? part : undefined;
  } catch {
    // Not an address of that kind.
    return undefined;
  }
}

export const topOf = ({ siteId, siteName, name }: DriveRow): string[] =>
  siteId === null ? ["OneDrive"] : [siteName ?? "SharePoint", name];
