import type { MiddlewareHandler } from "hono";
import type { AuditEvent } from "@/core/models/access";
import type { AuditLog } from "@/core/services/access/types";
import type { HttpEnv } from "./request-log";
import { ruleFor } from "./route-rules";

/**
 * Writes down what was done to access and secrets, and by whom, once it is known how it went. Strangers leave a line only
 * by a login that was really tried: what costs them nothing must not fill the log.
 */
export function auditTrail(audit: AuditLog): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const { action, subject } = ruleFor(c.req.method, c.req.path);
    if (action === undefined) return;
    const { status } = c.res;
    const caller = c.get("caller");
    const isLogin = action === "login";
    if (isLogin ? status >= 400 && status !== 401 : caller === undefined) return;
    await audit.record({
      actor: isLogin ? (status < 400 ? "owner" : "guest") : (caller?.actor ?? "guest"),
      action,
      target: c.get("auditTarget") ?? subject ?? null,
      outcome: outcomeOf(status),
      address: c.get("address"),
      requestId: c.get("requestId"),
    });
  };
}

function outcomeOf(status: number): AuditEvent["outcome"] {
  if (status < 400) return "ok";
  return status < 500 ? "refused" : "failed";
}
