import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";

export interface BodyLimits {
  /** Largest body in bytes. */
  bytes: number;
  /** Largest body of an MCP message in bytes. */
  mcpBytes: number;
  /** How deep JSON may nest. */
  depth: number;
}

const defaults: BodyLimits = { bytes: 1024 ** 2, mcpBytes: 4 * 1024 ** 2, depth: 64 };

/**
 * Bounds what a request may carry: size (413), and under `/api` JSON only (415; a foreign page's form can only send
 * other types) that does not nest without end (400).
 */
export function bodyGuard(limits: BodyLimits = defaults): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    await boundSize(c, c.req.path === "/mcp" ? limits.mcpBytes : limits.bytes);
    if (c.req.path.startsWith("/api/") && c.req.raw.body !== null) await requireJson(c, limits.depth);
    return next();
  };
}

async function boundSize(c: Context, limit: number): Promise<void> {
  const { raw } = c.req;
  const tooLarge = new HTTPException(413, { message: `The body is larger than ${limit} bytes.` });
  const declared = raw.headers.get("content-length");
  if (declared !== null && Number(declared) > limit) throw tooLarge;
  if (raw.body === null || declared !== null) return;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of raw.body) {
    size += part.byteLength;
    if (size > limit) throw tooLarge;
    parts.push(part);
  }
  const { method, headers, signal, url } = raw;
  c.req.raw = new Request(url, { method, headers, signal, body: Buffer.concat(parts) });
}

async function requireJson(c: Context, depth: number): Promise<void> {
  const text = await c.req.text();
  if (text === "") {
    // Many clients declare a type even where they send nothing; that is no body.
    const headers = new Headers(c.req.raw.headers);
    headers.delete("content-type");
    const { method, signal, url } = c.req.raw;
    c.req.raw = new Request(url, { method, signal, headers });
    return;
  }
  const type = c.req.raw.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new HTTPException(415, { message: "The body must be JSON, with Content-Type: application/json." });
  }
  if (nestingOf(text, depth) > depth) {
    throw new HTTPException(400, { message: `The body nests deeper than ${depth} levels.` });
  }
}

/** How deep brackets nest outside of strings; stops counting beyond `limit`. */
export function nestingOf(json: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length && deepest <= limit; at++) {
    const character = json[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}
