import { resolve } from "node:path";

/**
 * A folder as it was given on the command line, in full. An empty one stays empty, to be refused: a script's variable
 * that is not set must not mean the folder that the script happens to run in.
 */
export function folderPath(given: string): string {
  return given.trim() === "" || given.startsWith("~") ? given : resolve(given);
}
