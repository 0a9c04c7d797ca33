/**
 * Discord's ids: up to 20 decimal digits, too many for a number, so they stay text everywhere. Their upper bits are
 * milliseconds since 2015 (https://discord.com/developers/docs/reference#snowflakes).
 */
import { z } from "zod";

export const snowflakeSchema = z.string().regex(/^\d{1,20}$/);

const EPOCH_MS = 1_420_070_400_000n;

/** The order of two ids, which is the order of their times. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function highestOf(first: string, ...others: readonly string[]): string {
  return others.reduce((highest, id) => (compareIds(id, highest) > 0 ? id : highest), first);
}

/** The same id with zeros in front, so that text order is the order of ids. */
export function orderKey(id: string): string {
  return id.padStart(20, "0");
}

/** When an id was made, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH_MS);
}

/** The lowest id of a moment; "0" for moments before Discord. */
export function idAt(ms: number): string {
  const since = BigInt(Math.floor(ms)) - EPOCH_MS;
  return since <= 0n ? "0" : String(since << 22n);
}

/** The id before this one. */
export function idBefore(id: string): string {
  return id === "0" ? "0" : String(BigInt(id) - 1n);
}
