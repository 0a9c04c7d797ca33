import type { Db } from "@/core/models/database";
import { type DriveRow, type ItemRow, type Place, placesIn } from "../db/queries";

/** Folders above a file are followed so far up at most: a circle of parents is not one. */
const DEEPEST = 100;

/** Where files of one drive lie, as far as its folders are known. */
export class Tree {
  private constructor(
    private readonly folders: Map<string, Pick<ItemRow, "name" | "parentId">>,
    private readonly top: readonly string[],
  ) {}

  /** @param drive names the top of every path. */
  static async load(db: Db, place: Place, drive: DriveRow): Promise<Tree> {
    const rows = await placesIn(db, place);
    return new Tree(new Map(rows.map((row) => [row.itemId, row])), topOf(drive));
  }

  /** True for a folder that is new here, or is known by another name or elsewhere. */
  isNews({ itemId, name, parentId }: ItemRow): boolean {
    const known = this.folders.get(itemId);
    return known?.name !== name || known.parentId !== parentId;
  }

  learn(folder: ItemRow): void {
    this.folders.set(folder.itemId, folder);
  }

  /** `["Finance", "Documents", "2026"]`: from the site down to the folder that holds it. */
  pathOf({ parentId }: Pick<ItemRow, "parentId">): string[] {
    const names: string[] = [];
    const met = new Set<string>();
    for (let next = parentId; next !== null && met.size < DEEPEST && !met.has(next);) {
      met.add(next);
      const folder = this.folders.get(next);
      if (folder !== undefined) names.unshift(folder.name);
      next = folder?.parentId ?? null;
    }
    return [...this.top, ...names];
  }
}

export const topOf = ({ siteId, siteName, name }: DriveRow): string[] =>
  siteId === null ? ["OneDrive"] : [siteName ?? "SharePoint", name];
