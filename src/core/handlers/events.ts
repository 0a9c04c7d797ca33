import { createRoute, z } from "@hono/zod-openapi";
import { TransientError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { runEvents } from "./run-events";
import { type Api, failures } from "./schemas";
import { refuse } from "./validation";

/** Streams that may be open at once; each one looks at the database twice a second. */
const MAX_STREAMS = 64;

const events = createRoute({
  method: "get",
  path: "/api/events",
  summary: "Progress of syncs as server-sent events (`run`, data: the run)",
  request: { query: z.strictObject({ integration: z.string().min(1).max(100).optional() }) },
  responses: {
    200: { description: "The stream", content: { "text/event-stream": { schema: z.string() } } },
    ...failures,
  },
});

const streamHeaders = { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" };

/** `/api/events`. Streams end when the client goes or `closing` is aborted. */
export function eventRoutes(api: Api, app: App, closing: AbortSignal): void {
  let open = 0;
  api.openapi(
    events,
    (c) => {
      const { integration } = c.req.valid("query");
      const name = integration === undefined ? undefined : app.registry.find(integration).config.integration;
      // Nobody reads the body of such an answer, so a stream would never hear that it is over.
      if (c.req.method === "HEAD") return c.body(null, 200, streamHeaders);
      if (open >= MAX_STREAMS) {
        throw new TransientError("Too many event streams are open.", { action: "Close some and try again." });
      }
      open++;
      const signal = AbortSignal.any([c.req.raw.signal, closing]);
      const mayStay = c.get("mayStay");
      const body = runEvents(app.db, { integration: name, signal, mayStay, onEnd: () => open-- });
      return c.body(body, 200, streamHeaders);
    },
    refuse(events),
  );
}
