/** Runs as they go, pushed by the server: one stream for the whole page. */
import { createContext, use, useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { signals } from "@/client/signals";
import { syncRunSchema, type SyncRun } from "@/core/models/sync";

export { isActive } from "@/core/models/sync";

export type LiveRuns = ReadonlyMap<string, SyncRun>;
/** Whether the server pushes; `lost` after it has been out of reach for a moment. */
export type Connection = "connecting" | "live" | "lost";

const LiveRunsContext = createContext<LiveRuns>(new Map());
const ConnectionContext = createContext<Connection>("connecting");

/** Milliseconds to collect events before the page is drawn anew; a new stream starts with many at once. */
const drawEvery = 150;
/** Milliseconds without a stream before people are told: a restart is shorter. */
const lostAfter = 2500;
/** Milliseconds before a stream that the browser gave up is tried again. */
const reopenAfter = 4000;

/** The run of one event's data, or undefined when it cannot be read; the next event says the same and more. */
export function parseRun(data: unknown): SyncRun | undefined {
  if (typeof data !== "string") return undefined;
  try {
    return syncRunSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}

/** Opens the stream, and opens it again when the browser has given up. Returns what ends it. */
function follow(url: string, on: { run: (run: SyncRun) => void; open: () => void; error: () => void }) {
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    stream = new EventSource(url);
    stream.addEventListener("open", on.open);
    stream.addEventListener("run", (event: MessageEvent<unknown>) => {
      const run = parseRun(event.data);
      if (run !== undefined) on.run(run);
    });
    stream.addEventListener("error", () => {
      on.error();
      // After an answer that is no stream, such as a refused login, browsers do not try again by themselves.
      if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenAfter);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    stream?.close();
  };
}

/** Says how the stream is, and has everything loaded again once it is back after it was lost. */
function useConnectionState() {
  const [connection, setConnection] = useState<Connection>("connecting");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lost = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const opened = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (lost.current) signals.refresh.raise();
    lost.current = false;
    setConnection("live");
  };
  const broke = () => {
    timer.current ??= setTimeout(() => {
      lost.current = true;
      setConnection("lost");
    }, lostAfter);
  };
  return { connection, opened, broke };
}

/** Keeps the stream open and hands its latest runs to everything below. */
export function LiveRunsProvider({ children }: { children: ReactNode }) {
  const { eventsUrl } = useApi();
  const [runs, setRuns] = useState<LiveRuns>(new Map());
  const { connection, opened, broke } = useConnectionState();
  const open = useEffectEvent(opened);
  const error = useEffectEvent(broke);
  useEffect(() => {
    let waiting: SyncRun[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      const news = waiting.map((run) => [run.id, run] as const);
      waiting = [];
      setRuns((old) => new Map([...old, ...news]));
    };
    const end = follow(eventsUrl, {
      run: (run) => {
        waiting.push(run);
        timer ??= setTimeout(draw, drawEvery);
      },
      open,
      error,
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [eventsUrl]);
  return (
    <ConnectionContext value={connection}>
      <LiveRunsContext value={runs}>{children}</LiveRunsContext>
    </ConnectionContext>
  );
}

/** The latest pushed runs by id. */
export function useLiveRuns(): LiveRuns {
  return use(LiveRunsContext);
}

/** How the stream is. */
export function useConnection(): Connection {
  return use(ConnectionContext);
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
