/** Files of the page packed for the way: once each, in what the browser unpacks. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { parseAccept } from "hono/utils/accept";

/** Encodings that are made, the better first. */
const encodings = ["br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

/** Bytes below which packing saves nothing that anybody notices. */
const SMALL = 1024;

const pack: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  // One level below the highest, which takes many times longer for a few percent.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

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

/** Packs each file at most once for each encoding, when it is first asked for; requests meanwhile wait for the same. */
export function createPacker() {
  const packed = new Map<string, Promise<Uint8Array>>();
  return async (
    path: string,
    body: Uint8Array | string,
    encoding: Encoding,
  ): Promise<Uint8Array | undefined> => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    if (bytes.length < SMALL) return undefined;
    const key = `${encoding} ${path}`;
    const known = packed.get(key) ?? pack[encoding](bytes);
    packed.set(key, known);
    return await known;
  };
}
