/** Runs and their counts in plain words; the same on cards, in the table and in announcements. */
import { isActive, type SyncRun } from "@/core/models/sync";
import type { IconName } from "@/client/ui/icons";
import type { Tone } from "@/client/ui/pill";

const number = new Intl.NumberFormat("en");

/** "1 artifact", "1,204 artifacts". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`;
}

/** A pipeline stage as an activity. Stages that are not known are shown by their own name. */
export function stageWords(stage: string | null): string {
  if (stage === null || stage === "") return "Starting";
  if (stage === "sync") return "Whole sync";
  if (stage === "pausing") return "Pausing";
  if (stage === "cancelling") return "Cancelling";
  if (stage === "paused") return "Paused";
  if (stage.startsWith("sync")) return "Reading";
  if (stage.startsWith("parse")) return "Finding key points";
  if (stage.startsWith("index")) return "Indexing";
  return stage;
}

/** What a run changed, largest news first: "12 new, 3 updated, 1 failed", or "nothing new". */
export function changeWords(run: SyncRun): string {
  const parts: [number, string][] = [
    [run.inserted, "new"],
    [run.updated, "updated"],
    [run.deleted, "removed"],
    [run.skipped, "left out"],
    [run.failed, "failed"],
  ];
  const told = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, word]) => `${number.format(amount)} ${word}`);
  if (told.length > 0) return told.join(", ");
  return run.unchanged > 0 ? `nothing new in ${count(run.unchanged, "item")}` : "nothing new";
}

/** How far a run is: "120 of 300 read", or "120 read" when the end is not known. */
export function progressWords(run: SyncRun): string {
  const seen = number.format(run.seen);
  return run.expected !== null && run.expected >= run.seen
    ? `${seen} of ${number.format(run.expected)} read`
    : `${seen} read`;
}

/** What a run has come to, or how far it is. One that did not get to read says so: whether there is news is not known. */
export function resultWords(run: SyncRun): string {
  if (run.state === "running") return `${stageWords(run.stage)}, ${progressWords(run)}`;
  if (run.state === "queued") return "not begun";
  const changes = changeWords(run);
  return changes === "nothing new" && run.state !== "succeeded" ? "nothing was read" : changes;
}

const states: Record<SyncRun["state"], { text: string; tone: Tone; icon: IconName }> = {
  queued: { text: "Queued", tone: "info", icon: "clock" },
  running: { text: "Syncing", tone: "info", icon: "sync" },
  succeeded: { text: "Done", tone: "ok", icon: "check" },
  failed: { text: "Failed", tone: "bad", icon: "alert" },
  interrupted: { text: "Interrupted", tone: "warn", icon: "pause" },
  cancelled: { text: "Cancelled", tone: "calm", icon: "close" },
  parked: { text: "Waiting", tone: "warn", icon: "pause" },
};

/** A state as a word. */
export function stateWords(state: SyncRun["state"]): string {
  return states[state].text;
}

/** A run's state as text, tone and icon; a run that a person paused says so. */
export function runState(run: SyncRun): { text: string; tone: Tone; icon: IconName } {
  if (run.state === "parked" && run.stage === "paused") return { ...states.parked, text: "Paused" };
  const steered = isActive(run);
  if (steered && run.stage === "pausing") return { ...states.parked, text: "Pausing" };
  if (steered && run.stage === "cancelling") return { ...states.cancelled, text: "Cancelling" };
  return states[run.state];
}

/** Whether a run stands still for a time, as its provider asks; one that a person paused waits for that person. */
export function waitsBySelf(run: SyncRun): boolean {
  return run.state === "parked" && run.stage !== "paused";
}

const triggers: Record<SyncRun["trigger"], string> = {
  manual: "by hand",
  schedule: "by schedule",
  start: "with the server",
  mcp: "by an agent",
  cli: "from the command line",
  watch: "by a change",
};

/** What started a run, e.g. "by schedule". */
export function triggerWords(run: SyncRun): string {
  return triggers[run.trigger];
}

/** One line for screen readers when a run moves on. */
export function runAnnouncement(run: SyncRun): string {
  if (run.state === "running") return `${run.integration}: ${stageWords(run.stage)}.`;
  if (run.state === "succeeded") return `${run.integration}: sync done, ${changeWords(run)}.`;
  const { text } = runState(run);
  const onwards = waitsBySelf(run) ? ", and goes on by itself" : "";
  return `${run.integration}: ${text.toLowerCase()}${onwards}. ${run.error ?? ""}`.trim();
}

/** One line for the syncs of one source that have ended, the ones of its accounts together. */
export function endedAnnouncement(runs: readonly SyncRun[]): string {
  const [first] = runs;
  if (first === undefined) return "";
  if (runs.length === 1) return runAnnouncement(first);
  const sum = (of: (run: SyncRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const changes = changeWords({
    ...first,
    inserted: sum((run) => run.inserted),
    updated: sum((run) => run.updated),
    deleted: sum((run) => run.deleted),
    skipped: sum((run) => run.skipped),
    failed: sum((run) => run.failed),
    unchanged: sum((run) => run.unchanged),
  });
  const states = [...Map.groupBy(runs, (run) => runState(run).text.toLowerCase())];
  const ended = states.map(([text, { length }]) => `${number.format(length)} ${text}`).join(", ");
  const error = runs.find((run) => run.state === "failed")?.error ?? "";
  return `${first.integration}: ${count(runs.length, "sync", "syncs")} ended (${ended}), ${changes}. ${error}`.trim();
}
