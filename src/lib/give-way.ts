import { getPriority, setPriority } from "node:os";

/** How far below the process's own priority its threads work: a step takes about a fifth of the share of a busy core. */
const stepsDown = {
  /** Searches, for which somebody waits. */
  answers: 4,
  /** What nobody waits for: a quarter as much as a search where both want all of a core, and a whole one where none does. */
  upkeep: 10,
};
/** The lowest priority there is on Linux. */
const last = 19;

/**
 * Lets the calling thread give way to the others where cores are short, so that those that answer are not kept waiting
 * by what takes longer. Linux keeps a priority for each thread (setpriority(2)); elsewhere it would be the whole
 * process's, so there nothing is done.
 */
export function giveWay(work: keyof typeof stepsDown): void {
  // The process's number is that of its first thread, which keeps the priority that the process was started with.
  if (process.platform === "linux")
    setPriority(0, Math.min(last, getPriority(process.pid) + stepsDown[work]));
}
