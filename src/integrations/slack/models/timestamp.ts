/**
 * Slack's `ts`: id of a message within its channel and the time it was written, as seconds since 1970 with six
 * decimals (https://docs.slack.dev/messaging/retrieving-messages). Text order is the order of times.
 */
import { z } from "zod";

export const tsSchema = z.string().regex(/^\d{10}\.\d{6}$/);

/** Above every `ts`. */
export const HIGHEST = "9999999999.999999";

/** When it was written, in milliseconds since 1970. */
export const timeOf = (ts: string): number => Math.floor(Number(ts) * 1_000);

export const isoOf = (ts: string): string => new Date(timeOf(ts)).toISOString();

/** The lowest `ts` of a moment. */
export const tsAt = (ms: number): string => fromMicros(BigInt(Math.max(0, Math.floor(ms))) * 1_000n);

/** So many microseconds later. */
export function shifted(ts: string, micros: number): string {
  const moved = BigInt(ts.replace(".", "")) + BigInt(micros);
  return fromMicros(moved < 0n ? 0n : moved);
}

function fromMicros(micros: bigint): string {
  const digits = micros.toString().padStart(16, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
