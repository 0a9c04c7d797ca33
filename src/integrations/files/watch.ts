import { watch, type FSWatcher } from "node:fs";
import { errnoOf } from "./errno";

export interface WatchOptions {
  /** Quiet time after the last change before `onChange` is called, in milliseconds. */
  quietMs?: number;
  /** Longest time that changes without a pause can put it off, in milliseconds. */
  atMostMs?: number;
  /** Called once when the folder can no longer be watched, e.g. because it went away. */
  onEnd?: (reason: string) => void;
}

// Changes of these never change what is read; Stoneturner's own database may lie in the folder and changes by a sync.
const noise =
  /(^|\/)(\.git|node_modules|\.venv|__pycache__)(\/|$)|(~|\.swp|\.swx|\.part|\.crdownload|\.db(-wal|-shm|-journal)?)$/;

/**
 * Calls `onChange` some time after something changed below `path`, once for changes in a row, until `signal` is
 * aborted. It says that something changed, not what: a sync finds that out.
 *
 * @throws the system's error when the folder cannot be watched at all.
 */
export function watchFolder(
  path: string,
  onChange: () => void,
  signal: AbortSignal,
  { quietMs = 1_000, atMostMs = 30_000, onEnd }: WatchOptions = {},
): void {
  if (signal.aborted) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | undefined;
  const fire = () => {
    timer = undefined;
    waitingSince = undefined;
    onChange();
  };
  const watcher: FSWatcher = watch(path, { recursive: true, persistent: false }, (_event, name) => {
    if (name !== null && noise.test(name.replaceAll("\\", "/"))) return;
    waitingSince ??= Date.now();
    const left = waitingSince + atMostMs - Date.now();
    clearTimeout(timer);
    timer = setTimeout(fire, Math.max(0, Math.min(quietMs, left)));
  });
  const stop = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    watcher.close();
  };
  watcher.on("error", (error) => {
    stop();
    onEnd?.(endReason(path, error));
  });
  signal.addEventListener("abort", stop, { once: true });
}

function endReason(path: string, error: unknown): string {
  if (errnoOf(error) === "ENOSPC") {
    return `'${path}' has more folders than this system can watch. Raise fs.inotify.max_user_watches, or sync on a schedule.`;
  }
  return `'${path}' can no longer be watched: ${error instanceof Error ? error.message : String(error)}.`;
}
