import { createRoute, z } from "@hono/zod-openapi";
import { artifactSortColumns, findArtifact, listArtifacts } from "@/core/db/queries/artifacts";
import { artifactsAnswerSchema, artifactSchema } from "@/core/models/api";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { type Api, failures, idParam, integrationParam, jsonAnswer, noQuery, queryNumber } from "./schemas";
import { refuse } from "./validation";

const list = createRoute({
  method: "get",
  path: "/api/artifacts/{integration}",
  summary: "Artifacts of an integration, a page at a time",
  request: {
    params: integrationParam,
    query: z.strictObject({
      offset: queryNumber({ minimum: 0, maximum: 999_999_999, default: 0 }),
      limit: queryNumber({ minimum: 1, maximum: 200, default: 50 }),
      search: z.string().max(1_000).optional().describe("Text that title, author or source id contain"),
      sortBy: z.enum(artifactSortColumns).default("updateDate"),
      sortOrder: z.enum(["asc", "desc"]).default("desc"),
    }),
  },
  responses: {
    200: jsonAnswer("One page, and how many there are in all", artifactsAnswerSchema),
    ...failures,
  },
});

const whole = createRoute({
  method: "get",
  path: "/api/artifact/{id}",
  summary: "One artifact, whole, by either of its ids",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("The artifact", artifactSchema), ...failures },
});

/** `/api/artifacts`, `/api/artifact`: what was synced, as clean markdown. */
export function artifactRoutes(api: Api, app: App): void {
  api.openapi(
    list,
    async (c) => {
      const { integration } = app.registry.find(c.req.valid("param").integration).config;
      return c.json(await listArtifacts(app.db, { integration, ...c.req.valid("query") }), 200);
    },
    refuse(list),
  );
  api.openapi(
    whole,
    async (c) => {
      const { id } = c.req.valid("param");
      const artifact = await findArtifact(app.db, id);
      if (artifact === undefined) throw new NotFoundError("There is no artifact with that id.");
      return c.json(artifact, 200);
    },
    refuse(whole),
  );
}
