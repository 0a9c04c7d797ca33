import type { Db } from "@/core/models/database";
import { plainLine } from "@/lib/clean-text";
import { driveRows, folderRows, shortcutTargets } from "../db/queries";
import type { DriveFile } from "../models/models";

/** Folders above a file are followed so far up at most: a circle of parents is not one. */
const DEEPEST = 100;

/** Where files lie: folders, shared drives, and what shortcuts lead to, as far as they are known. */
export class Places {
  private constructor(
    private readonly folders: Map<string, { name: string; parentId: string | null }>,
    private readonly drives: Map<string, string>,
    private readonly targets: Set<string>,
    private readonly roots: ReadonlySet<string>,
  ) {}

  /** @param roots folders to which a person limits the sync; empty: everything. */
  static async load(db: Db, account: string, roots: readonly string[]): Promise<Places> {
    const folders = (await folderRows(db, account)).map((row) => [row.fileId, row] as const);
    const drives = (await driveRows(db, account)).map(({ driveId, name }) => [driveId, name] as const);
    const targets = await shortcutTargets(db, account);
    return new Places(new Map(folders), new Map(drives), new Set(targets), new Set(roots));
  }

  /** Takes note of a folder or a shortcut that a change brought. */
  learn(file: DriveFile): void {
    const target = file.shortcutDetails?.targetId;
    if (target) this.targets.add(target);
    else this.folders.set(file.id, { name: file.name, parentId: file.parents[0] ?? null });
  }

  /** Takes note of a shared drive; true where it is new here, or was called otherwise. */
  learnDrive({ id, name }: { id: string; name: string }): boolean {
    const before = this.drives.get(id);
    this.drives.set(id, plainLine(name));
    return before !== plainLine(name);
  }

  isTarget(id: string): boolean {
    return this.targets.has(id);
  }

  /** True for a folder that is new here, or is known by another name or elsewhere. */
  isNews({ id, name, parents }: DriveFile): boolean {
    const known = this.folders.get(id);
    return known?.name !== plainLine(name, 500) || known.parentId !== (parents[0] ?? null);
  }

  /** `["My Drive", "Plans"]`: from the top down to the folder that holds the file. */
  pathOf(file: DriveFile): string[] {
    const names = this.above(file).flatMap((id) => this.folders.get(id)?.name ?? []);
    const drive = file.driveId ? this.drives.get(file.driveId) : undefined;
    return [drive ?? (file.ownedByMe === true ? "My Drive" : "Shared with me"), ...names.toReversed()];
  }

  /** A shortcut in a chosen folder brings what it leads to along. */
  includes(file: DriveFile): boolean {
    if (this.roots.size === 0 || this.targets.has(file.id)) return true;
    return this.above(file).some((id) => this.roots.has(id));
  }

  /** Ids of the folders above, nearest first, as far as they can be seen. */
  private above(file: DriveFile): string[] {
    const ids: string[] = [];
    let next = file.parents[0];
    while (next !== undefined && ids.length < DEEPEST && !ids.includes(next)) {
      ids.push(next);
      next = this.folders.get(next)?.parentId ?? undefined;
    }
    return ids;
  }
}
