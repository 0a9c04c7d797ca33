/** Runs as they go, pushed by the server: one stream for the whole page. */
import { createContext, use, useEffect, useRef, useState, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { syncRunSchema, type SyncRun } from "@/core/models/sync";

export type LiveRuns = ReadonlyMap<string, SyncRun>;

const LiveRunsContext = createContext<LiveRuns>(new Map());

/** Milliseconds to collect events before the page is drawn anew; a new stream starts with many at once. */
const drawEvery = 150;

/** Whether a run still does something or will at once. */
export function isActive(run: SyncRun): boolean {
  return run.state === "running" || run.state === "queued";
}

/** The run of one event's data, or undefined when it cannot be read; the next event says the same and more. */
export function parseRun(data: unknown): SyncRun | undefined {
  if (typeof data !== "string") return undefined;
  try {
    return syncRunSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** Keeps the stream open and hands its latest runs to everything below. */
export function LiveRunsProvider({ children }: { children: ReactNode }) {
  const { eventsUrl } = useApi();
  const [runs, setRuns] = useState<LiveRuns>(new Map());
  useEffect(() => {
    const stream = new EventSource(eventsUrl);
    let waiting: SyncRun[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      const news = waiting.map((run) => [run.id, run] as const);
      waiting = [];
      setRuns((old) => new Map([...old, ...news]));
    };
    stream.addEventListener("run", (event: MessageEvent<unknown>) => {
      const run = parseRun(event.data);
      if (run === undefined) return;
      waiting.push(run);
      timer ??= setTimeout(draw, drawEvery);
    });
    return () => {
      clearTimeout(timer);
      stream.close();
    };
  }, [eventsUrl]);
  return <LiveRunsContext value={runs}>{children}</LiveRunsContext>;
}

/** The latest pushed runs by id. */
export function useLiveRuns(): LiveRuns {
  return use(LiveRunsContext);
}

/** Calls `reload` whenever a run starts or ends, and every few seconds while `waiting` says one is under way. */
export function useReloadOnRuns(reload: () => void, waiting: boolean): void {
  const live = useLiveRuns();
  // States, not only what is under way: a short run may be over before its first event.
  const states = [...live.values()].map((run) => `${run.id} ${run.state}`).join("\n");
  const seen = useRef(states);
  useEffect(() => {
    if (seen.current === states) return;
    seen.current = states;
    reload();
  }, [states, reload]);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(reload, 3000);
    return () => clearInterval(timer);
  }, [waiting, reload]);
}
