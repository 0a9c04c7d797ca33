import { setPriority } from "node:os";

/** Five steps less: about a third of a core where another thread wants all of it, and a whole one where none does. */
const NICENESS = 5;

/**
 * Lets the calling thread give way to the others where cores are short, so that those that answer are not kept waiting
 * by work that nobody waits for. Linux keeps a priority for each thread (setpriority(2)); elsewhere it would be the whole
 * process's, so there nothing is done.
 */
export function giveWay(): void {
  if (process.platform === "linux") setPriority(0, NICENESS);
}
