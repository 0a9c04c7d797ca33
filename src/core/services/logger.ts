import { redact } from "@/lib/redact";
import type { LogFields, Logger } from "@/core/models/logger";

const levels = { debug: 10, info: 20, warn: 30, error: 40 } as const;
export type LogLevel = keyof typeof levels;

/**
 * Logger that writes one JSON object a line to `write`. Every value is redacted here, at the sink, so no caller can
 * forget it; JSON encoding keeps control characters of foreign text from forging lines.
 */
export function createLogger(options: {
  level: LogLevel;
  write: (line: string) => void;
  fields?: LogFields;
}): Logger {
  const { level, write, fields = {} } = options;
  const emit = (at: LogLevel, message: string, extra?: LogFields) => {
    if (levels[at] < levels[level]) return;
    const event = { time: new Date().toISOString(), level: at, message, ...fields, ...extra };
    write(JSON.stringify(redact(event)));
  };
  return {
    debug: (message, extra) => emit("debug", message, extra),
    info: (message, extra) => emit("info", message, extra),
    warn: (message, extra) => emit("warn", message, extra),
    error: (message, extra) => emit("error", message, extra),
    child: (extra) => createLogger({ level, write, fields: { ...fields, ...extra } }),
  };
}

/** A logger that says nothing, for callers that have none to hand. */
export const silentLogger: Logger = createLogger({ level: "error", write: () => undefined });
