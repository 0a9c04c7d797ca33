import { createRoute, z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { App } from "@/core/services/app";
import { receiveWebhook } from "@/core/services/webhooks/receive";
import { type Api, failures, integrationParam, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const answer = z.object({ accepted: z.boolean().describe("False: this event came before") });

const receive = createRoute({
  method: "post",
  path: "/api/webhooks/{integration}",
  summary: "Where a provider says, with its signature, that something changed; starts an incremental sync",
  request: { params: integrationParam, query: noQuery },
  responses: {
    202: jsonAnswer("It is looked into", answer),
    200: jsonAnswer("It was known already", answer),
    ...failures,
  },
});

/** `/api/webhooks`: open to everybody, since the signature is the key. Whoever has none learns nothing. */
export function webhookRoutes(api: Api, app: App): void {
  api.openapi(
    receive,
    async (c) => {
      const delivery = { headers: c.req.raw.headers, body: await c.req.text() };
      const outcome = await receiveWebhook(app, c.req.valid("param").integration, delivery);
      if (outcome === "refused") {
        throw new HTTPException(401, { message: "This is signed by no account that is connected here." });
      }
      return outcome === "accepted" ? c.json({ accepted: true }, 202) : c.json({ accepted: false }, 200);
    },
    refuse(receive),
  );
}
