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
});
