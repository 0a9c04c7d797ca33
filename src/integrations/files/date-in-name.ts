import { nameOf } from "@/lib/file-names";

/** The day that a file's name begins with, as minutes and transcripts are often called, at midnight UTC. */
export function dateInName(key: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(nameOf(key))?.[0];
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00.000Z`);
  // A day that no month has rolls over into the next one.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? date.toISOString() : undefined;
}
