/** Files of the page packed for the way: once each, in what the browser unpacks. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type Encoding, SMALL } from "@/core/middlware/accepted-encoding";

const pack: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  // One level below the highest, which takes many times longer for a few percent.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

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
