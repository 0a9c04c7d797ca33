import { describe, expect, test } from "bun:test";
import { httpApp } from "@test/http";
import { z } from "zod";

const schemaOrReference = z.looseObject({});
const operation = z.looseObject({
  summary: z.string().min(1),
  parameters: z
    .array(
      z.looseObject({ name: z.string(), in: z.enum(["path", "query", "header"]), schema: schemaOrReference }),
    )
    .optional(),
  responses: z.record(z.string().regex(/^\d{3}$/), z.looseObject({ description: z.string().min(1) })),
});
const documentSchema = z.looseObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith("/"),
    z.record(z.enum(["get", "post", "put", "delete"]), operation).or(z.looseObject({})),
  ),
});

const promised = [
  "get /api/integrations",
  "post /api/integrations",
  "delete /api/integrations/{integration}",
  "post /api/webhooks/{integration}",
  "post /api/sync/{integration}",
  "delete /api/sync/{integration}",
  "post /api/sync/updates/{integration}",
  "get /api/syncTasks/recent",
  "get /api/syncTasks/{integration}/{page}",
  "post /api/syncTasks/retry",
  "get /api/artifacts/{integration}",
  "get /api/artifacts",
  "get /api/artifact/{id}",
  "get /api/artifact/{id}/passages",
  "get /api/artifact/{id}/related",
  "get /api/overview",
  "get /api/system",
  "post /api/doctor",
  "get /api/logs",
  "get /api/mcpCalls",
  "get /api/jobs",
  "post /api/jobs/{name}/run",
  "post /api/integrations/{integration}/keepBoth",
  "post /api/integrations/{integration}/choices/{option}",
  "get /api/providerRequests/{integration}",
  "post /api/search",
  "get /api/runs",
  "get /api/runs/{id}",
  "get /api/runs/{id}/tasks",
  "post /api/runs/{id}/cancel",
  "post /api/runs/{id}/pause",
  "post /api/runs/{id}/resume",
  "get /api/schedules",
  "get /api/schedules/{integration}",
  "put /api/schedules/{integration}",
  "delete /api/schedules/{integration}",
  "post /api/schedules/preview",
  "get /api/events",
  "get /api/oauth/{integration}",
  "get /api/oauth/{integration}/open",
  "post /api/oauth/{integration}/start",
  "get /api/oauth/flows/{id}",
  "get /api/openapi.json",
  "get /api/session",
  "post /api/login",
  "post /api/logout",
  "post /api/logout/everywhere",
  "post /api/password",
  "get /api/tokens",
  "post /api/tokens",
  "delete /api/tokens/{id}",
  "get /api/audit",
  "get /.well-known/oauth-protected-resource",
  "get /.well-known/oauth-protected-resource/mcp",
  "get /healthz",
  "get /readyz",
  "get /metrics",
  "post /mcp",
  "get /assets/{path}",
];

describe("/api/openapi.json", () => {
  test("describes every route, and every route it describes is there", async () => {
    await using http = await httpApp();
    const { paths } = documentSchema.parse(await (await http.send("GET", "/api/openapi.json")).json());
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, value]) => ({
        name: `${method} ${path}`,
        value: operation.parse(value),
      })),
    );
    expect(described.map(({ name }) => name).sort()).toEqual([...promised].sort());
    for (const { name, value } of described) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (value.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect({ name, parameters: declared.map((parameter) => parameter.name) }).toEqual({
        name,
        parameters: inPath.map(String),
      });
    }
    for (const path of Object.keys(paths)) {
      const response = await http.send("PATCH", path.replace(/\{\w+\}/g, "1"));
      expect({ path, status: response.status }).toEqual({ path, status: 405 });
    }
  });

  test("comes packed to who takes that, as every large answer that reads", async () => {
    await using http = await httpApp();
    const head = async (accepted: string) =>
      (await http.send("HEAD", "/api/openapi.json", { headers: { "Accept-Encoding": accepted } })).headers;
    const packed = await head("br, gzip");
    expect([packed.get("content-encoding"), packed.get("vary")]).toEqual(["br", "Accept-Encoding"]);
    const plain = await head("identity");
    expect([plain.get("content-encoding"), plain.get("vary")]).toEqual([null, "Accept-Encoding"]);
  });

  test("takes its shapes from the schemas that check requests", async () => {
    await using http = await httpApp();
    const text = await (await http.send("GET", "/api/openapi.json")).text();
    for (const words of [
      "confirmDeletions",
      "Question or keywords",
      '"maximum":200',
      "text/event-stream",
      '"scheme":"bearer"',
      '"security":[{"token":[]},{"session":[]}]',
    ]) {
      expect(text).toContain(words);
    }
  });

  test.each([
    ["/api/sync/{integration}", "/api/sync/vault", {}, 409],
    ["/api/integrations", "/api/integrations", { integration: "Vault", apiKey: "wrong" }, 422],
    ["/api/login", "/api/login", { password: "x" }, 409],
    ["/api/search", "/api/search", { query: "x".repeat(1024 ** 2) }, 413],
    ["/api/search", "/api/search", "query=x", 415],
    ["/mcp", "/mcp", "x".repeat(5_000_000), 413],
  ] as const)("declares what is answered: POST %s", async (route, path, body, status) => {
    await using http = await httpApp();
    const { paths } = documentSchema.parse(await (await http.send("GET", "/api/openapi.json")).json());
    const { responses } = operation.parse(paths[route]?.post);
    expect((await http.send("POST", path, { body })).status).toBe(status);
    expect(JSON.stringify(responses[status])).toContain('"message"');
    for (const always of [400, 401, 403, 404, 429, 500, 503]) expect(responses).toHaveProperty(`${always}`);
  });

  test("says which routes take no login, and which only from elsewhere", async () => {
    await using http = await httpApp();
    const { paths } = documentSchema.parse(await (await http.send("GET", "/api/openapi.json")).json());
    const securityOf = (path: string, method: "get" | "post") =>
      operation.parse(paths[path]?.[method])["security"];
    expect(securityOf("/api/login", "post")).toEqual([]);
    expect(securityOf("/healthz", "get")).toEqual([]);
    expect(securityOf("/assets/{path}", "get")).toEqual([]);
    expect(securityOf("/metrics", "get")).toEqual([{}, { token: [] }, { session: [] }]);
    expect(securityOf("/api/runs", "get")).toBeUndefined();
    expect(securityOf("/mcp", "post")).toBeUndefined();
  });
});
