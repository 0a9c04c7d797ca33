import { createRoute, z } from "@hono/zod-openapi";
import { ruleFor } from "@/core/middlware/route-rules";
import { type Api, failures, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const document = createRoute({
  method: "get",
  path: "/api/openapi.json",
  summary: "This description",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("OpenAPI 3.1", z.looseObject({ openapi: z.string() })), ...failures },
});

/** Either, where the server asks for a login. */
const security: Record<string, string[]>[] = [{ token: [] }, { session: [] }];

const info = {
  openapi: "3.1.0",
  info: {
    title: "Stoneturner",
    version: "1",
    description:
      "Sync sources, search them, and watch it happen. Errors are `{error: {code, message, details?}}`.",
  },
  security,
};

/** `/api/openapi.json`, made from the schemas that requests are checked with. */
export function documentRoutes(api: Api): void {
  api.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  api.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "stoneturner-session",
    description: "Set by /api/login; `__Host-stoneturner` where the public address is https",
  });
  api.openAPIRegistry.registerPath({
    method: "post",
    path: "/mcp",
    summary: "The Model Context Protocol over Streamable HTTP",
    request: { body: { content: { "application/json": { schema: z.looseObject({}) } } } },
    responses: {
      200: { description: "The protocol's own answers" },
      202: { description: "A notification was taken" },
      ...failures,
    },
  });
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/assets/{path}",
    summary: "Icons",
    request: { params: z.object({ path: z.string() }) },
    responses: { 200: { description: "The file" }, 404: failures[404] },
  });
  let made: ReturnType<typeof api.getOpenAPI31Document> | undefined;
  api.openapi(
    document,
    (c) => {
      made ??= completed(api.getOpenAPI31Document(info));
      // The document is plain JSON; its type only lacks the index signature of the declared one.
      return c.json({ ...made }, 200);
    },
    refuse(document),
  );
}

type Document = ReturnType<Api["getOpenAPI31Document"]>;

const openToAll: Record<string, string[]>[] = [];
const openToNeighbours: Record<string, string[]>[] = [{}, ...security];

/** Says of each operation what follows from the guards in front of it: who may call it, and what a body may meet. */
function completed(document: Document): Document {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ["get", "post", "put", "delete"] as const) {
      const operation = item[method];
      if (operation === undefined) continue;
      const { needs } = ruleFor(method.toUpperCase(), path);
      if (needs === "open") operation.security = openToAll;
      if (needs === "local") operation.security = openToNeighbours;
      const refusal: object | undefined = operation.responses?.[400];
      if (operation.requestBody === undefined || refusal === undefined) continue;
      operation.responses = { ...operation.responses, ...bodyRefusals(refusal) };
    }
  }
  return document;
}

/** The answers to a body that the guards refuse, in the shape of any other refusal. */
function bodyRefusals(refusal: object) {
  return {
    413: { ...refusal, description: "The body is too large" },
    415: { ...refusal, description: "The body is not JSON" },
  };
}
