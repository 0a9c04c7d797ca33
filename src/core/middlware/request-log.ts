import type { MiddlewareHandler } from "hono";
import type { Caller } from "@/core/models/access";
import type { Logger } from "@/core/models/logger";

/** What comes with a request, and what middleware hands on with it. */
export interface HttpEnv {
  /** `peer`: the address of who is at the other end of the connection. */
  Bindings: { peer: string };
  Variables: {
    requestId: string;
    /** The client's address, looked up behind trusted proxies. */
    address: string;
    /** Who asks; undefined for a guest. */
    caller: Caller | undefined;
    /** Whether the caller would still be let in; for answers that go on for long. */
    mayStay: () => Promise<boolean>;
    /** What the request is about, for the audit log, where its path does not say. */
    auditTarget: string | undefined;
  };
}

/**
 * Gives every request an id, answered as `X-Request-Id`, and writes one line for it. Never the query or headers: they
 * may hold codes and tokens. Reads that went well are logged at debug level only.
 */
export function requestLog(log: Logger): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const requestId = crypto.randomUUID();
    c.set("requestId", requestId);
    const started = performance.now();
    await next();
    c.header("X-Request-Id", requestId);
    const { method } = c.req;
    const { status } = c.res;
    const ms = Math.round(performance.now() - started);
    const event = { requestId, method, path: c.req.path.slice(0, 200), status, ms };
    const isQuiet = (method === "GET" || method === "HEAD") && status < 400;
    if (isQuiet) log.debug("Request.", event);
    else log.info("Request.", event);
  };
}
