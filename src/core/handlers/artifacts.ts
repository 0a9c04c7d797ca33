import { createRoute, z } from "@hono/zod-openapi";
import { artifactSortColumns, listArtifacts } from "@/core/db/queries/artifact-listing";
import { findArtifact } from "@/core/db/queries/artifacts";
import { passagesOf } from "@/core/db/queries/passages";
import {
  type Artifact,
  artifactsAnswerSchema,
  artifactSchema,
  passagesAnswerSchema,
  relatedAnswerSchema,
} from "@/core/models/api";
import { artifactKinds } from "@/core/models/artifact";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { relatedArtifacts } from "@/core/services/search/related";
import { type Api, failures, idParam, integrationParam, jsonAnswer, noQuery, queryNumber } from "./schemas";
import { refuse } from "./validation";

const listing = z.strictObject({
  offset: queryNumber({ minimum: 0, maximum: 999_999_999, default: 0 }),
  limit: queryNumber({ minimum: 1, maximum: 200, default: 50 }),
  search: z.string().max(1_000).optional().describe("Text that title, author or source id contain"),
  kind: z.enum(artifactKinds).optional().describe("Only artifacts of this shape"),
  sortBy: z.enum(artifactSortColumns).default("updateDate"),
  sortOrder: z.enum(["asc", "desc"]).default("desc"),
});
const listed = {
  200: jsonAnswer("One page, and how many there are in all", artifactsAnswerSchema),
  ...failures,
};

const listAll = createRoute({
  method: "get",
  path: "/api/artifacts",
  summary: "Artifacts of all integrations, a page at a time",
  request: { query: listing },
  responses: listed,
});

const list = createRoute({
  method: "get",
  path: "/api/artifacts/{integration}",
  summary: "Artifacts of an integration, a page at a time",
  request: {
    params: integrationParam,
    query: listing,
  },
  responses: listed,
});

const whole = createRoute({
  method: "get",
  path: "/api/artifact/{id}",
  summary: "One artifact, whole, by either of its ids",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("The artifact", artifactSchema), ...failures },
});

const passages = createRoute({
  method: "get",
  path: "/api/artifact/{id}/passages",
  summary: "The passages that search looks at, with their lines",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("The passages in their order", passagesAnswerSchema), ...failures },
});

const related = createRoute({
  method: "get",
  path: "/api/artifact/{id}/related",
  summary: "Artifacts that read alike, by the product's own search",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("At most six, best first", relatedAnswerSchema), ...failures },
});

/** `/api/artifacts`, `/api/artifact`: what was synced, as clean markdown. */
export function artifactRoutes(api: Api, app: App): void {
  api.openapi(
    listAll,
    async (c) => c.json(await listArtifacts(app.db, c.req.valid("query")), 200),
    refuse(listAll),
  );
  api.openapi(
    list,
    async (c) => {
      const { integration } = app.registry.find(c.req.valid("param").integration).config;
      return c.json(await listArtifacts(app.db, { integration, ...c.req.valid("query") }), 200);
    },
    refuse(list),
  );
  api.openapi(whole, async (c) => c.json(await artifactOf(app, c.req.valid("param").id), 200), refuse(whole));
  api.openapi(
    passages,
    async (c) => {
      const { id } = await artifactOf(app, c.req.valid("param").id);
      return c.json(await passagesOf(app.db, id), 200);
    },
    refuse(passages),
  );
  api.openapi(
    related,
    async (c) => {
      const artifact = await artifactOf(app, c.req.valid("param").id);
      return c.json({ related: await relatedArtifacts(app, artifact, c.req.raw.signal) }, 200);
    },
    refuse(related),
  );
}

async function artifactOf({ db }: App, id: string): Promise<Artifact> {
  const artifact = await findArtifact(db, id);
  if (artifact === undefined)
    throw new NotFoundError("There is no artifact with that id.", {
      action: "It may have been removed at its source; the list of artifacts shows what there is.",
    });
  return artifact;
}
