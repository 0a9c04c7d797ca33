import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@/lib/is-alive";

/** Where this process makes a file, before it is whole and takes the place of `target`. */
export function partOf(target: string): string {
  return `${target}.${process.pid}.part`;
}

const part = /^(.+)\.(\d+)\.part(?:-wal|-shm|-journal)?$/;

/**
 * Removes what processes that were killed left of files in the making: each may be as large as the database.
 * @param isOurs whether a file of this name is one that we would make in this folder
 */
export function removeLeftoverParts(folder: string, isOurs: (name: string) => boolean): void {
  for (const file of namesIn(folder)) {
    const [, name = "", pid = ""] = part.exec(file) ?? [];
    const path = join(folder, file);
    if (name !== "" && isOurs(name) && isLeft(path, Number(pid))) rmSync(path, { force: true });
  }
}

/** Numbers come again, in a container at each start: what is older than this process is not its own. */
function isLeft(path: string, pid: number): boolean {
  if (pid !== process.pid) return !isAlive(pid);
  const written = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && written < performance.timeOrigin;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
