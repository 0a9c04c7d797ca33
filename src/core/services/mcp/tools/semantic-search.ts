import { z } from "zod";
import { type SearchHit, searchHitSchema, searchRequestSchema } from "@/core/models/search";
import { clip, plainLine, visibleText } from "@/lib/clean-text";
import { fitting } from "../results";
import { structuredTool } from "../tool";

const longestSnippet = 300;
/** Characters of JSON that hits may take; notes come on top. */
const budget = 40_000;

const hitSchema = searchHitSchema
  .pick({
    id: true,
    integrationArtifactId: true,
    integration: true,
    title: true,
    url: true,
    artifactDate: true,
    score: true,
    snippet: true,
    lines: true,
  })
  .extend({
    account: z.string().optional(),
    kind: z.string().optional(),
    author: z.string().nullish(),
    why: z.array(z.record(z.string(), z.unknown())).optional(),
  });

export const semanticSearch = structuredTool({
  name: "semantic_search",
  title: "Search the company's artifacts",
  description:
    "Finds the artifacts (pages, calls, chats, tickets, mails, files) that best answer a question, by meaning, words and identifiers, in any language. Start here for any question about the company. Each result has its source, date, best passage and line range; read on with get_md_artifact_by_id. Filters that match nothing known are refused with suggestions.",
  input: {
    ...searchRequestSchema.shape,
    response_format: z
      .enum(["concise", "detailed"])
      .default("concise")
      .describe("detailed adds account, kind, author and why each hit was found"),
  },
  output: z.object({ results: z.array(hitSchema), notes: z.array(z.string()) }),
  run: async (app, { response_format, ...request }, signal) => {
    const detailed = response_format === "detailed";
    const explain = request.explain || detailed;
    const { results, notes } = await app.search({ ...request, explain }, signal);
    const hits = results.map((hit) => shape(hit, detailed, explain));
    const shown = fitting(hits, budget);
    const left = hits.length - shown.length;
    const cut = left > 0 ? [`${left} more results did not fit: ask for fewer, or concise ones.`] : [];
    return { results: shown, notes: [...notes, ...cut] };
  },
});

function shape(hit: SearchHit, detailed: boolean, explain: boolean): z.input<typeof hitSchema> {
  const { id, integrationArtifactId, integration, url, artifactDate, lines, account, kind, author, why } =
    hit;
  return {
    id,
    integrationArtifactId,
    integration,
    title: plainLine(hit.title),
    url,
    artifactDate,
    score: Math.round(hit.score * 10_000) / 10_000,
    snippet: clip(visibleText(hit.snippet), longestSnippet),
    lines,
    ...(detailed ? { account, kind, author } : {}),
    ...(explain && why !== undefined ? { why } : {}),
  };
}
