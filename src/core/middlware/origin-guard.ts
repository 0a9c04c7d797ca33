import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Addresses } from "./addresses";

/**
 * Refuses requests that a browser sends for a page of somebody else: other sites, files, sandboxed frames (`null`)
 * and other programs on this machine's other ports. Requests without an Origin do not come from such a page.
 */
export function originGuard(addresses: () => Addresses): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.raw.headers.get("origin");
    if (origin !== null) {
      const { own, foreign } = addresses();
      if (!own.has(origin) && !foreign.has(origin)) {
        throw new HTTPException(403, {
          message: "Pages of this origin may not call the server. Set FRONTEND_BASE_URL to allow one.",
        });
      }
    }
    await next();
  };
}
