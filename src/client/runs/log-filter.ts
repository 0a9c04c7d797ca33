/** Which lines of a log are shown. */
import type { LogLine } from "@/core/models/system";

export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

const named = new Set(["time", "level", "message", "runId", "integration"]);

/** Any text as a level; what is none means all of them. */
export function toLevel(text: string): Level {
  return levels.find((level) => level === text) ?? "debug";
}

/** A line's further fields, as the log has them. */
export function restOf(line: LogLine): string {
  return Object.entries(line)
    .filter(([name]) => !named.has(name))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
}

/** Lines of at least this level that hold the text, in their message or a field. */
export function matchingLines(lines: readonly LogLine[], level: Level, text: string): LogLine[] {
  const least = levels.indexOf(level);
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      levels.indexOf(line.level) >= least && `${line.message} ${restOf(line)}`.toLowerCase().includes(wanted),
  );
}
