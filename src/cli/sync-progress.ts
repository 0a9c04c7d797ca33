import type { SyncRun } from "@/core/models/sync";
import type { Cli } from "./context";
import { count, oneLine } from "./text";

const BAR = 24;
const PLAIN_EVERY_MS = 5_000;

export interface Progress {
  show: (runs: readonly SyncRun[]) => void;
  end: () => void;
}

/** A bar that redraws itself on a terminal; elsewhere a line when the stage changes, and every five seconds. */
export function createProgress(
  cli: Pick<Cli, "interactive" | "columns" | "note" | "draw">,
  now: () => number = Date.now,
): Progress {
  let drawn = false;
  let lastStage = "";
  let lastAt = 0;
  return {
    show: (runs) => {
      const active =
        runs.find((run) => run.state === "running") ?? runs.find((run) => run.state === "queued");
      if (active === undefined) return;
      if (cli.interactive) {
        drawn = true;
        const line = barLine(active);
        cli.draw(`\r\u001b[K${line.slice(0, Math.max(20, cli.columns - 1))}`);
        return;
      }
      const stage = `${active.id} ${active.stage ?? active.state}`;
      if (stage === lastStage && now() - lastAt < PLAIN_EVERY_MS) return;
      lastStage = stage;
      lastAt = now();
      cli.note(plainLine(active));
    },
    end: () => {
      if (drawn) cli.draw("\r\u001b[K");
    },
  };
}

/** `Files notes  [######------]  120 of 240  reading` */
export function barLine(run: SyncRun): string {
  const name = `${run.integration} ${oneLine(run.account)}`;
  const stage = oneLine(run.stage ?? run.state);
  if (run.expected === null || run.expected === 0) return `${name}  ${count(run.seen, "item")}  ${stage}`;
  const share = Math.min(1, run.seen / run.expected);
  const full = Math.round(share * BAR);
  return `${name}  [${"#".repeat(full)}${"-".repeat(BAR - full)}]  ${run.seen} of ${run.expected}  ${stage}`;
}

function plainLine(run: SyncRun): string {
  const of = run.expected === null ? "" : ` of ${run.expected}`;
  return `${run.integration} ${oneLine(run.account)}: ${oneLine(run.stage ?? run.state)}, ${run.seen}${of} read`;
}

/** How a run ended, in one line: `Files notes: succeeded in 1.2 s: 3 new, 1 changed, …`. */
export function describeEnd(run: SyncRun): string {
  const counts = [
    `${run.inserted} new`,
    `${run.updated} changed`,
    `${run.deleted} removed`,
    `${run.unchanged} unchanged`,
    ...(run.skipped > 0 ? [`${run.skipped} left out`] : []),
    ...(run.failed > 0 ? [`${run.failed} failed`] : []),
  ].join(", ");
  const until = run.state === "parked" && run.parkedUntil !== null ? ` until ${run.parkedUntil}` : "";
  const reason = run.error === null ? "" : ` ${oneLine(run.error)}`;
  return `${run.integration} ${oneLine(run.account)}: ${run.state}${until}${duration(run)}: ${counts}.${reason}`;
}

function duration({ startedAt, finishedAt }: SyncRun): string {
  if (startedAt === null || finishedAt === null) return "";
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return ` in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
