import { type LogLine, logLineSchema } from "@/core/models/system";

/** The newest log lines, kept in memory so that the page can show what a sync said. */
export interface LogMemory {
  /** Takes a line as the logger writes it: redacted JSON. */
  take: (line: string) => void;
  /** Newest first. `runId` keeps the lines of one run. */
  read: (filter: { runId?: string | undefined; limit: number }) => LogLine[];
}

/** Remembers the last `size` lines. They are gone after a restart; the log itself is the place for older ones. */
export function createLogMemory(size = 2_000): LogMemory {
  const lines: string[] = [];
  return {
    take: (line) => {
      lines.push(line);
      if (lines.length > size * 1.1) lines.splice(0, lines.length - size);
    },
    read: ({ runId, limit }) => {
      const found: LogLine[] = [];
      for (let at = lines.length - 1; at >= 0 && found.length < limit; at--) {
        const text = lines[at] ?? "";
        if (runId !== undefined && !text.includes(runId)) continue;
        const { data } = logLineSchema.safeParse(JSON.parse(text));
        if (data !== undefined && (runId === undefined || data.runId === runId)) found.push(data);
      }
      return found;
    },
  };
}
