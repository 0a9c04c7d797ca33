import type { MiddlewareHandler } from "hono";
import type { Addresses } from "./addresses";

const allowedMethods = "GET, POST, PUT, DELETE";
const allowedHeaders = "accept, authorization, content-type, mcp-method, mcp-name, mcp-protocol-version";

/** Lets pages of the configured origins read answers, and answers their preflights. Nobody else gets a header. */
export function cors(addresses: () => Addresses): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.raw.headers.get("origin");
    if (origin === null || !addresses().foreign.has(origin)) return next();
    if (c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined) {
      return new Response(null, {
        status: 204,
        headers: {
          "Access-Control-Allow-Origin": origin,
          "Access-Control-Allow-Methods": allowedMethods,
          "Access-Control-Allow-Headers": allowedHeaders,
          "Access-Control-Max-Age": "600",
          Vary: "Origin",
        },
      });
    }
    await next();
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
    c.header("Vary", "Origin", { append: true });
    return undefined;
  };
}
