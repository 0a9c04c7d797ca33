import { createRoute, z } from "@hono/zod-openapi";
import { auditAnswerSchema, auditOutcomes } from "@/core/models/access";
import type { AuditFilter, AuditLog } from "@/core/services/access/types";
import type { App } from "@/core/services/app";
import { isoNow } from "@/lib/time";
import { type Api, failures, queryNumber } from "./schemas";
import { refuse } from "./validation";

const EXPORT_PAGE = 500;
const exportHeaders = {
  "Content-Type": "application/x-ndjson",
  "Content-Disposition": 'attachment; filename="stoneturner-audit.jsonl"',
};

const read = createRoute({
  method: "get",
  path: "/api/audit",
  summary: "What was done to access and secrets, newest first",
  request: {
    query: z.strictObject({
      action: z.string().min(1).max(100).optional().describe("Only this action, e.g. login"),
      actor: z.string().min(1).max(300).optional().describe("Only by this actor"),
      outcome: z.enum(auditOutcomes).optional(),
      since: z.iso
        .datetime()
        .transform((time) => isoNow(new Date(time)))
        .optional()
        .openapi({ type: "string", format: "date-time", description: "Only since then (UTC)" }),
      offset: queryNumber({ minimum: 0, maximum: 999_999_999, default: 0 }),
      limit: queryNumber({ minimum: 1, maximum: 500, default: 100 }),
      format: z.enum(["json", "jsonl"]).default("json").describe("jsonl: all of them, a line each"),
    }),
  },
  responses: {
    200: {
      description: "One page and how many there are in all; as jsonl everything from offset on",
      content: {
        "application/json": { schema: auditAnswerSchema },
        "application/x-ndjson": { schema: z.string() },
      },
    },
    ...failures,
  },
});

/** `/api/audit`. */
export function auditRoutes(api: Api, { access }: App): void {
  api.openapi(
    read,
    async (c) => {
      const { format, ...filter } = c.req.valid("query");
      if (format === "json") return c.json(await access.audit.list(filter), 200);
      // The route's type knows one kind of content a status; this is the other one that is declared above.
      return new Response(exportLines(access.audit, filter), { headers: exportHeaders }) as never;
    },
    refuse(read),
  );
}

/** Every event of a filter as lines of JSON, read a page at a time while the client takes them. */
function exportLines(audit: AuditLog, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: AuditFilter = { ...filter, limit: EXPORT_PAGE };
  return new ReadableStream({
    async pull(controller) {
      const { events } = await audit.list(page);
      const last = events.at(-1);
      if (last !== undefined) {
        controller.enqueue(encoder.encode(events.map((event) => `${JSON.stringify(event)}\n`).join("")));
        page = { ...filter, offset: 0, limit: EXPORT_PAGE, beforeId: last.id };
      }
      if (events.length < EXPORT_PAGE) controller.close();
    },
  });
}
