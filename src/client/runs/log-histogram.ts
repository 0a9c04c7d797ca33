/** How many log lines fell into each part of their time. */
import type { LogLine } from "@/core/models/system";
import type { Range } from "@/client/ui/range-picker";

export interface Bin {
  /** Lines of each kind. */
  calm: number;
  warn: number;
  error: number;
}

export interface Span {
  /** Milliseconds since 1970, first and last line. */
  from: number;
  to: number;
}

/** The time of all lines, whatever their order; undefined without lines. */
export function spanOf(lines: readonly LogLine[]): Span | undefined {
  const times = lines.map((line) => Date.parse(line.time)).filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : { from: Math.min(...times), to: Math.max(...times) };
}

/** Where a line lies in the span, 0 to 100. */
function placeOf(line: LogLine, { from, to }: Span): number {
  return ((Date.parse(line.time) - from) / Math.max(1, to - from)) * 100;
}

/** `size` equal parts of the span, each with how many lines it holds. */
export function histogram(lines: readonly LogLine[], span: Span, size: number): Bin[] {
  const bins: Bin[] = Array.from({ length: size }, () => ({ calm: 0, warn: 0, error: 0 }));
  for (const line of lines) {
    const bin = bins[Math.min(size - 1, Math.floor((placeOf(line, span) / 100) * size))];
    if (bin === undefined) continue;
    if (line.level === "error" || line.level === "warn") bin[line.level]++;
    else bin.calm++;
  }
  return bins;
}

/** Lines within a part of the span. */
export function linesWithin(lines: readonly LogLine[], span: Span, [from, to]: Range): LogLine[] {
  return lines.filter((line) => {
    const place = placeOf(line, span);
    return place >= from && place <= to;
  });
}
