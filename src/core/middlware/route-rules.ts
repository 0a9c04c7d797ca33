/** What each route takes to be called, and how the audit log names it: the one table of it. */
import type { Scope } from "@/core/models/access";

/** `open`: anybody. `local`: a process on this machine, or anybody who may read. */
export type Need = "open" | "local" | Scope;

export interface RouteRule {
  needs: Need;
  /** Name in the audit log, for what is written down there. */
  action?: string;
}

export const rules: Readonly<Record<string, RouteRule>> = {
  "GET /api/session": { needs: "open" },
  "POST /api/login": { needs: "open", action: "login" },
  "POST /api/logout": { needs: "open", action: "logout" },

  // A provider has no login here: its signature is checked instead.
  "POST /api/webhooks/{integration}": { needs: "open", action: "webhook" },

  "GET /api/integrations": { needs: "read" },
  "GET /api/syncTasks/recent": { needs: "read" },
  "GET /api/syncTasks/{integration}/{page}": { needs: "read" },
  "GET /api/artifacts": { needs: "read" },
  "GET /api/artifacts/{integration}": { needs: "read" },
  "GET /api/artifact/{id}": { needs: "read" },
  "GET /api/artifact/{id}/passages": { needs: "read" },
  "GET /api/artifact/{id}/related": { needs: "read" },
  "POST /api/search": { needs: "read" },
  "GET /api/runs": { needs: "read" },
  "GET /api/runs/{id}": { needs: "read" },
  "GET /api/runs/{id}/tasks": { needs: "read" },
  "GET /api/overview": { needs: "read" },
  "GET /api/events": { needs: "read" },
  "GET /api/openapi.json": { needs: "read" },
  "GET /api/schedules": { needs: "read" },
  "GET /api/schedules/{integration}": { needs: "read" },
  "POST /api/schedules/preview": { needs: "read" },

  "POST /api/sync/{integration}": { needs: "sync" },
  "POST /api/sync/updates/{integration}": { needs: "sync" },
  "POST /api/syncTasks/retry": { needs: "sync" },
  "POST /api/runs/{id}/cancel": { needs: "sync" },
  "POST /api/runs/{id}/pause": { needs: "sync" },
  "POST /api/runs/{id}/resume": { needs: "sync" },

  "POST /api/integrations": { needs: "admin", action: "credential.save" },
  "POST /api/integrations/{integration}/keepBoth": { needs: "admin", action: "credential.keepBoth" },
  "POST /api/integrations/{integration}/choices/{option}": { needs: "admin" },
  "DELETE /api/integrations/{integration}": { needs: "admin", action: "credential.remove" },
  "POST /api/oauth/{integration}/start": { needs: "admin", action: "credential.oauth.start" },
  "GET /api/oauth/{integration}/open": { needs: "admin", action: "credential.oauth.open" },
  "GET /api/oauth/flows/{id}": { needs: "admin" },
  "GET /api/oauth/{integration}": { needs: "admin", action: "credential.oauth" },
  "DELETE /api/sync/{integration}": { needs: "admin", action: "purge" },
  "PUT /api/schedules/{integration}": { needs: "admin", action: "schedule.set" },
  "DELETE /api/schedules/{integration}": { needs: "admin", action: "schedule.remove" },
  "POST /api/logout/everywhere": { needs: "admin", action: "logout.everywhere" },
  "POST /api/password": { needs: "admin", action: "password.set" },
  "GET /api/tokens": { needs: "admin" },
  "POST /api/tokens": { needs: "admin", action: "token.create" },
  "DELETE /api/tokens/{id}": { needs: "admin", action: "token.revoke" },
  "GET /api/audit": { needs: "admin" },
  "GET /api/system": { needs: "admin" },
  "POST /api/doctor": { needs: "admin" },
  "GET /api/logs": { needs: "admin" },
  "GET /api/mcpCalls": { needs: "admin" },
  "GET /api/jobs": { needs: "admin" },
  "POST /api/jobs/{name}/run": { needs: "admin", action: "job.run" },
  "GET /api/providerRequests/{integration}": { needs: "admin" },
};

const byShape = Object.entries(rules).map(([name, rule]) => ({ parts: name.split(/[ /]+/), rule }));

/**
 * The rule for a request by its canonical path, and the last part of the path that stands for something. What is under
 * `/api` and not in the table takes everything, so a route that was forgotten here is closed.
 */
export function ruleFor(method: string, path: string): RouteRule & { subject?: string } {
  if (path === "/mcp") return { needs: "read" };
  if (path === "/readyz" || path === "/metrics") return { needs: "local" };
  if (path !== "/api" && !path.startsWith("/api/")) return { needs: "open" };
  const asked = [method === "HEAD" ? "GET" : method, ...path.split("/").slice(1)];
  const found = byShape.find(({ parts }) => fits(parts, asked));
  if (found === undefined) return { needs: "admin" };
  const at = found.parts.findLastIndex((part) => part.startsWith("{"));
  const subject = asked[at];
  return subject === undefined ? found.rule : { ...found.rule, subject: decoded(subject) };
}

function fits(parts: readonly string[], asked: readonly string[]): boolean {
  if (parts.length !== asked.length) return false;
  return parts.every((part, index) => part === asked[index] || (part.startsWith("{") && asked[index] !== ""));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
