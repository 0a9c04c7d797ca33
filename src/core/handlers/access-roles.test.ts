/** Every route, asked by everybody: who gets in, who is told what is missing, and what nobody below may see. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type GuardedApp, guardedApp, type Role } from "@test/access";
import { play } from "@test/http";
import { z } from "zod";
import type { Need } from "@/core/middlware/route-rules";

interface Row {
  route: string;
  needs: Need;
  body?: unknown;
  /** What somebody who may call it gets. */
  status: number;
  contains?: string[];
}

/** Rows that change nothing, so that all roles can ask the same server. Routes that do are in `own` below. */
const rows: Row[] = [
  { route: "GET /api/session", needs: "open", status: 200, contains: ['"loginNeeded":true'] },
  { route: "GET /healthz", needs: "open", status: 200 },
  { route: "GET /.well-known/oauth-protected-resource", needs: "open", status: 200 },
  { route: "GET /.well-known/oauth-protected-resource/mcp", needs: "open", status: 200 },
  { route: "GET /", needs: "open", status: 200, contains: ["<title>page</title>"] },
  { route: "GET /client-0a1b2c3d.js", needs: "open", status: 200 },
  { route: "GET /assets/nothing.svg", needs: "open", status: 404 },
  { route: "GET /api/integrations", needs: "read", status: 200, contains: ["Shelf"] },
  { route: "GET /api/syncTasks/recent", needs: "read", status: 200, contains: ["syncTasks"] },
  { route: "GET /api/syncTasks/Shelf/0", needs: "read", status: 200 },
  { route: "GET /api/artifacts/Shelf", needs: "read", status: 200, contains: ["Note a"] },
  { route: "GET /api/artifacts", needs: "read", status: 200, contains: ["Note a"] },
  { route: "GET /api/artifact/shelf%2Fa", needs: "read", status: 200, contains: ["Zebras"] },
  { route: "GET /api/artifact/shelf%2Fa/passages", needs: "read", status: 200, contains: ["Zebras"] },
  { route: "GET /api/artifact/shelf%2Fa/related", needs: "read", status: 200, contains: ["Note b"] },
  { route: "GET /api/overview", needs: "read", status: 200, contains: ['"artifacts":3'] },
  {
    route: "POST /api/search",
    needs: "read",
    body: { query: "zebras" },
    status: 200,
    contains: ["Zebras cross"],
  },
  { route: "GET /api/runs", needs: "read", status: 200, contains: ["runs"] },
  { route: "GET /api/runs/nosuch", needs: "read", status: 404 },
  { route: "GET /api/runs/nosuch/tasks", needs: "read", status: 404 },
  { route: "GET /api/openapi.json", needs: "read", status: 200, contains: ["3.1.0"] },
  { route: "GET /api/events?nothing=1", needs: "read", status: 400 },
  { route: "GET /api/schedules", needs: "read", status: 200 },
  { route: "GET /api/schedules/nosuch", needs: "read", status: 404 },
  { route: "POST /api/schedules/preview", needs: "read", body: {}, status: 400 },
  { route: "POST /mcp", needs: "read", body: {}, status: 400 },
  { route: "GET /mcp", needs: "read", status: 405 },
  { route: "POST /api/sync/nosuch", needs: "sync", status: 404 },
  { route: "POST /api/sync/updates/nosuch", needs: "sync", status: 404 },
  { route: "POST /api/syncTasks/retry", needs: "sync", status: 202 },
  { route: "POST /api/runs/nosuch/cancel", needs: "sync", status: 404 },
  { route: "POST /api/runs/nosuch/pause", needs: "sync", status: 404 },
  { route: "POST /api/runs/nosuch/resume", needs: "sync", status: 404 },
  { route: "POST /api/integrations", needs: "admin", body: {}, status: 400 },
  { route: "DELETE /api/integrations/nosuch", needs: "admin", status: 404 },
  { route: "POST /api/webhooks/Shelf", needs: "open", body: {}, status: 401 },
  { route: "GET /api/oauth/Shelf", needs: "admin", status: 404 },
  { route: "DELETE /api/sync/nosuch", needs: "admin", status: 404 },
  { route: "PUT /api/schedules/nosuch", needs: "admin", body: {}, status: 400 },
  { route: "DELETE /api/schedules/nosuch", needs: "admin", status: 404 },
  { route: "POST /api/password", needs: "admin", body: { password: "x" }, status: 400 },
  { route: "GET /api/tokens", needs: "admin", status: 200, contains: ["reader", "st_"] },
  { route: "POST /api/tokens", needs: "admin", body: {}, status: 400 },
  { route: "DELETE /api/tokens/nosuch", needs: "admin", status: 404 },
  { route: "GET /api/audit", needs: "admin", status: 200, contains: ["events"] },
  { route: "GET /api/audit?format=jsonl", needs: "admin", status: 200, contains: ['"action":"login"'] },
  { route: "GET /api/system", needs: "admin", status: 200, contains: ['"key":"file"'] },
  { route: "GET /api/logs", needs: "admin", status: 200, contains: ['"message":"Request."'] },
  { route: "GET /api/mcpCalls", needs: "admin", status: 200, contains: ['"calls":[]'] },
  { route: "GET /api/providerRequests/Shelf", needs: "admin", status: 200, contains: ['"requests":[]'] },
  { route: "POST /api/integrations/Shelf/keepBoth", needs: "admin", body: {}, status: 400 },
  { route: "POST /api/integrations/Shelf/choices/room", needs: "admin", body: {}, status: 404 },
  { route: "GET /api/jobs", needs: "admin", status: 200, contains: ["clear-history"] },
  { route: "POST /api/jobs/nosuch/run", needs: "admin", status: 404 },
  { route: "GET /api/doctor", needs: "admin", status: 405 },
  { route: "GET /api/nothing", needs: "admin", status: 404 },
  { route: "GET /API/TOKENS/", needs: "admin", status: 200 },
  { route: "GET /api/%74okens", needs: "admin", status: 404 },
  { route: "PATCH /api/tokens", needs: "admin", status: 405 },
];

/** Routes with tests of their own, since they end sessions, take long or depend on where the request comes from. */
const own = [
  "POST /api/login",
  "POST /api/logout",
  "POST /api/logout/everywhere",
  "POST /api/doctor",
  "POST /api/oauth/Shelf/start",
  "GET /api/oauth/Shelf/open",
  "GET /api/oauth/flows/x",
  "GET /readyz",
  "GET /metrics",
];

const held: Record<Role, number> = {
  guest: 0,
  reader: 1,
  syncer: 2,
  admin: 3,
  owner: 3,
  "foreign page": 3,
  "page without origin": 3,
};
const needed: Record<Need, number> = { open: 0, local: 0, read: 1, sync: 2, admin: 3 };
const roles = Object.keys(held) as Role[]; // Object.keys forgets the type of its keys.

let http: GuardedApp;
beforeAll(async () => {
  http = await guardedApp();
  const [run] = await http.app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  await http.app.runner.wait(run?.runId ?? "");
});
afterAll(() => http[Symbol.asyncDispose]());

/** Status of a refusal, or undefined for a role that may call the route. */
function refusalOf(role: Role, method: string, needs: Need): number | undefined {
  if (role === "foreign page") return 403;
  if (role === "page without origin" && method !== "GET") return 403;
  if (held[role] >= needed[needs]) return undefined;
  return role === "guest" ? 401 : 403;
}

describe.each(rows)("$route", ({ route, needs, body, status, contains = [] }) => {
  const [method = "", path = ""] = route.split(" ");
  test.each(roles)("asked by: %s", async (role) => {
    const refusal = refusalOf(role, method, needs);
    const answered = refusal === undefined;
    await play(http, {
      name: role,
      method,
      path,
      body,
      headers: http.as[role],
      status: refusal ?? status,
      contains: answered ? contains : ["error"],
      lacks: [...Object.values(http.tokens), ...(answered ? [] : contains)],
    });
  });
});

test("every route of the description is asked above or has tests of its own", async () => {
  const answer = await http.send("GET", "/api/openapi.json", { headers: http.as.reader });
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await answer.json());
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
  const asked = [...rows.map(({ route }) => route), ...own];
  const missing = described.filter(({ method, path }) => {
    const shape = path.split(/\{\w+\}/).map((part) => part.replaceAll(/[.+?]/g, String.raw`\$&`));
    const pattern = new RegExp(`^${method} ${shape.join("[^/]+")}$`);
    return !asked.some((route) => pattern.test(route.split("?")[0] ?? ""));
  });
  expect(missing).toEqual([]);
});
