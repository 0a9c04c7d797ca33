import { resolve } from "node:path";

/**
 * A folder as it was given on the command line, in full: `~/…` and file:// URLs are that already. An empty one stays empty, to be refused: a script's variable
 * that is not set must not mean the folder that the script happens to run in.
 */
export function folderPath(given: string): string {
  const isWhole = given.trim() === "" || given.startsWith("~") || /^file:\/\//i.test(given);
  return isWhole ? given : resolve(given);
}
