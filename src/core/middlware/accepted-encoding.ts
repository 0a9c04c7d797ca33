import { parseAccept } from "hono/utils/accept";

/** Encodings that are made, the better first. */
const encodings = ["br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

/** Bytes below which packing saves nothing that anybody notices. */
export const SMALL = 1024;

/**
 * What a request's `Accept-Encoding` takes best of what is made here; undefined means as it is (RFC 9110, 12.5.3): an
 * encoding with `q=0` is refused, and `*` stands for each that is not named.
 */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined) return undefined;
  const weights = new Map(parseAccept(accepted).map(({ type, q }) => [type.toLowerCase(), q]));
  const weightOf = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  const taken = encodings.filter((name) => weightOf(name) > 0);
  return taken.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
}
