import { type LogLine, logLineSchema } from "@/core/models/system";

/** The newest log lines of this process, for the page. What belongs to a sync is kept longer: `run-log.ts`. */
export interface LogMemory {
  /** Takes a line as the logger writes it: redacted JSON. */
  take: (line: string) => void;
  /** Newest first. */
  read: (limit: number) => LogLine[];
}

/** Remembers the last `size` lines. They are gone after a restart; the log itself is the place for older ones. */
export function createLogMemory(size = 2_000): LogMemory {
  const lines: string[] = [];
  return {
    take: (line) => {
      lines.push(line);
      if (lines.length > size * 1.1) lines.splice(0, lines.length - size);
    },
    read: (limit) =>
      lines
        .slice(-limit)
        .toReversed()
        .flatMap((text) => logLineSchema.safeParse(JSON.parse(text)).data ?? []),
  };
}
