import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Addresses } from "./addresses";

/**
 * Refuses requests for any other host: a page of a stranger whose name was pointed at this machine (DNS rebinding)
 * is stopped here. The comparison is exact, so no look-alike name passes.
 */
export function hostGuard(addresses: () => Addresses): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.raw.headers.get("host")?.toLowerCase();
    if (host === undefined || !addresses().hosts.has(host)) {
      throw new HTTPException(403, {
        message:
          "This server does not answer to that host name. Use http://localhost with its port, or set BUN_PUBLIC_BACKEND_BASE_URL.",
      });
    }
    await next();
  };
}
