import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { type Encoding, encodingFor, SMALL } from "./accepted-encoding";

/** Made anew for each answer, so in about a millisecond for 100 KB; higher levels save a few percent for many times that. */
const pack: Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 6 }),
};

/** What is whole when it is answered. Streams (events, exports) have other types, and are sent as they come. */
const packedTypes = new Set(["application/json", "text/plain"]);

/** Routes that only read although they are asked with a body. */
const readByPost = new Set(["/api/search", "/mcp"]);

/**
 * Packs answers as the request's `Accept-Encoding` allows, from 1 KB on. Only what reads: the answer to a change may
 * hold a secret (a new token), and the length of a packed answer that also repeats what somebody else chose would give
 * it away bit by bit. No answer that reads holds one.
 */
export function packAnswers(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!mayPack(c)) return;
    c.header("Vary", "Accept-Encoding", { append: true });
    const encoding = encodingFor(c.req.header("accept-encoding"));
    if (encoding === undefined) return;
    const { status, headers } = c.res;
    const bytes = await c.res.bytes();
    const isLarge = bytes.length >= SMALL;
    const body = isLarge ? await pack[encoding](bytes) : bytes;
    headers.set("Content-Length", String(body.length));
    if (isLarge) headers.set("Content-Encoding", encoding);
    c.res = undefined;
    // The DOM's type of a body leaves out shared buffers, which these never are.
    c.res = new Response(body as BodyInit, { status, headers });
  };
}

function mayPack(c: Context): boolean {
  const { method, path } = c.req;
  const reads = method === "GET" || method === "HEAD" || (method === "POST" && readByPost.has(path));
  const { body, headers } = c.res;
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return reads && body !== null && !headers.has("content-encoding") && packedTypes.has(type);
}
