import { listRuns } from "@/core/db/queries/runs";
import type { Db } from "@/core/models/database";
import type { SyncRun } from "@/core/models/sync";
import { sleep } from "@/lib/retry";

export interface RunEventOptions {
  integration?: string | undefined;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Whether whoever listens may still; asked before anything is sent. */
  mayStay?: () => Promise<boolean>;
  /** Called once when the stream is over, whoever ended it. */
  onEnd?: () => void;
  /** Time between two looks at the database, in milliseconds. */
  everyMs?: number;
  /** Time after which a quiet stream says that it is still there, in milliseconds. */
  heartbeatMs?: number;
}

const encoder = new TextEncoder();

/**
 * Runs as server-sent events: first the newest ones as they stand, then each one whenever it changes
 * (`event: run`, data is the run). A client that comes back needs nothing but the stream itself.
 */
export function runEvents(db: Db, options: RunEventOptions): ReadableStream<Uint8Array> {
  const cancelled = new AbortController();
  const signal = AbortSignal.any([options.signal, cancelled.signal]);
  signal.addEventListener("abort", () => options.onEnd?.(), { once: true });
  const next = eventSource(db, { ...options, signal });
  return new ReadableStream({
    async pull(controller) {
      try {
        const text = await next();
        if (text === undefined) {
          controller.close();
          cancelled.abort();
        } else controller.enqueue(encoder.encode(text));
      } catch (error) {
        cancelled.abort();
        throw error;
      }
    },
    cancel: () => cancelled.abort(),
  });
}

/** Makes a function that resolves with the next piece of text, or with undefined once the stream is over. */
function eventSource(db: Db, options: RunEventOptions): () => Promise<string | undefined> {
  const { integration, signal, everyMs = 500, heartbeatMs = 15_000, mayStay = async () => true } = options;
  let sent: ReadonlyMap<string, string> | undefined;
  let spokeAt = 0;
  const changes = async () => {
    const runs = await listRuns(db, { integration, limit: 50 });
    const now = new Map(runs.toReversed().map((run) => [run.id, eventOf(run)]));
    const news = [...now].filter(([id, event]) => sent?.get(id) !== event).map(([, event]) => event);
    const text = sent === undefined ? ["retry: 2000\n\n", ...news].join("") : news.join("");
    sent = now;
    return text;
  };
  return async () => {
    while (!signal.aborted) {
      const quietFor = Date.now() - spokeAt;
      const text = (await changes()) || (quietFor >= heartbeatMs ? ": still here\n\n" : "");
      if (text !== "") {
        if (!(await mayStay())) return undefined;
        spokeAt = Date.now();
        return text;
      }
      // An abort only ends the wait; the loop sees it.
      await sleep(everyMs, signal).catch(() => undefined);
    }
    return undefined;
  };
}

function eventOf(run: SyncRun): string {
  return `event: run\ndata: ${JSON.stringify(run)}\n\n`;
}
