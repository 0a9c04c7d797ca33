import type { LogFields, Logger } from "@/core/models/logger";

/** An event of a thread's log, on its way to the process. */
export interface LogEvent {
  kind: "log";
  level: "debug" | "info" | "warn" | "error";
  message: string;
  fields: LogFields;
}

/** The log of a thread: whoever started it writes it. */
export function sentLog(send: (event: LogEvent) => void): Logger {
  const at =
    (level: LogEvent["level"]) =>
    (message: string, fields: LogFields = {}) =>
      send({ kind: "log", level, message, fields });
  const log: Logger = {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => log,
  };
  return log;
}
