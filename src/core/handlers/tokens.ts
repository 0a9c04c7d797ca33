import { createRoute } from "@hono/zod-openapi";
import { accessTokenSchema, newTokenSchema, tokenBodySchema, tokensAnswerSchema } from "@/core/models/access";
import type { App } from "@/core/services/app";
import { type Api, failures, idParam, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

const list = createRoute({
  method: "get",
  path: "/api/tokens",
  summary: "API tokens, newest first, also those that have ended; never a token itself",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The tokens", tokensAnswerSchema), ...failures },
});

const create = createRoute({
  method: "post",
  path: "/api/tokens",
  summary: "Make an API token; this answer is the only one that ever holds it",
  request: { query: noQuery, body: jsonBody(tokenBodySchema) },
  responses: { 201: jsonAnswer("The token", newTokenSchema), ...failures },
});

const revoke = createRoute({
  method: "delete",
  path: "/api/tokens/{id}",
  summary: "Revoke an API token, for good and at once",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("The token as it stands now", accessTokenSchema), ...failures },
});

/** `/api/tokens`. */
export function tokenRoutes(api: Api, { access }: App): void {
  api.openapi(list, async (c) => c.json({ tokens: await access.tokens.list() }, 200), refuse(list));
  api.openapi(
    create,
    async (c) => {
      const made = await access.tokens.create(c.req.valid("json"));
      c.set("auditTarget", `${made.name} (${made.id}, ${made.scope})`);
      return c.json(made, 201);
    },
    refuse(create),
  );
  api.openapi(
    revoke,
    async (c) => {
      const revoked = await access.tokens.revoke(c.req.valid("param").id);
      c.set("auditTarget", `${revoked.name} (${revoked.id})`);
      return c.json(revoked, 200);
    },
    refuse(revoke),
  );
}
