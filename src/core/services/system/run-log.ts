import { appendRunLog, type LoggedLine, type LogLimits, readRunLog } from "@/core/db/queries/run-log";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { type LogLine, logLineSchema } from "@/core/models/system";

/** What the log says of each sync, kept in the database as long as its run. */
export interface RunLog {
  /** Takes a line as the logger writes it: redacted JSON. Lines that belong to no run are left out. */
  take: (line: string) => void;
  /** Newest first, and how many older lines were dropped. */
  read: (runId: string, limit: number) => Promise<{ lines: LogLine[]; dropped: number }>;
  /** Writes what is waiting. Never throws. */
  flush: () => Promise<void>;
}

export interface RunLogOptions extends LogLimits {
  /** How long lines may wait to be written together, in milliseconds. */
  delayMs: number;
}

const DEFAULTS: RunLogOptions = { lines: 1_000, characters: 512 * 1024, delayMs: 500 };
/** A longer line keeps its message alone, and that cut. */
const LONGEST_LINE = 8_000;
const LONGEST_MESSAGE = 2_000;

/**
 * Keeps the newest lines of each run. They are written a moment later and many at a time, so that logging costs a sync
 * next to nothing; a killed process loses at most the last moment's, which are on standard error all the same.
 */
export function createRunLog(
  { db, log }: { db: Db; log: Logger },
  options: Partial<RunLogOptions> = {},
): RunLog {
  const { delayMs, ...limits } = { ...DEFAULTS, ...options };
  let waiting: LoggedLine[] = [];
  let timer: Timer | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    if (lines.length === 0) return;
    try {
      await appendRunLog(db, lines, limits);
    } catch (error) {
      // Without a run's id, so that this line does not come back here.
      log.warn("Log lines of syncs could not be kept.", { lines: lines.length, reason: messageOf(error) });
    }
  };
  const flush = () => (writing = writing.then(write));
  return {
    take: (line) => {
      const logged = ofRun(line);
      if (logged === undefined) return;
      waiting.push(logged);
      if (waiting.length > limits.lines) waiting.shift();
      timer ??= setTimeout(() => void flush(), delayMs);
      timer.unref();
    },
    read: async (runId, limit) => {
      await flush();
      const { lines, dropped } = await readRunLog(db, runId, limit);
      return { lines: lines.flatMap((line) => parse(line) ?? []), dropped };
    },
    flush,
  };
}

/** The line with the run it is of, if it is of one. */
function ofRun(line: string): LoggedLine | undefined {
  if (!line.includes('"runId":"')) return undefined;
  const parsed = parse(line);
  const runId = parsed?.["runId"];
  if (parsed === undefined || typeof runId !== "string") return undefined;
  return { runId, line: line.length <= LONGEST_LINE ? line : shortened(parsed, runId) };
}

function shortened({ time, level, message }: LogLine, runId: string): string {
  return JSON.stringify({ time, level, message: message.slice(0, LONGEST_MESSAGE), runId, cut: true });
}

function parse(line: string): LogLine | undefined {
  return logLineSchema.safeParse(JSON.parse(line)).data;
}
