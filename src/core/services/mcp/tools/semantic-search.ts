import { z } from "zod";
import { type LegTrace, type SearchHit, searchHitSchema, searchRequestSchema } from "@/core/models/search";
import { clip, plainLine, visibleText } from "@/lib/clean-text";
import { withinTokens } from "../../search/token-budget";
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
    // Told in full by what they hold: a definition costs each agent context.
    passages: z.array(z.record(z.string(), z.unknown())).optional(),
    alike: z.array(z.record(z.string(), z.unknown())).optional(),
    account: z.string().optional(),
    kind: z.string().optional(),
    author: z.string().nullish(),
    why: z.array(z.record(z.string(), z.unknown())).optional(),
  });

export const semanticSearch = structuredTool({
  name: "semantic_search",
  title: "Search the company's artifacts",
  description:
    "Finds the artifacts (pages, calls, chats, tickets, mails, files) that best answer a question, by meaning, words and identifiers, in any language. Start here for any question about the company. Each result has its source, date, best passage, line range and near-duplicates; read on with get_md_artifact_by_id. Filters that match nothing are refused with suggestions.",
  input: {
    ...searchRequestSchema.shape,
    response_format: z
      .enum(["concise", "detailed"])
      .default("concise")
      .describe("detailed adds account, kind, author and why"),
  },
  output: z.object({ results: z.array(hitSchema), notes: z.array(z.string()) }),
  run: async (app, { response_format, maxTokens, ...request }, signal) => {
    const detailed = response_format === "detailed";
    const explain = request.explain || detailed;
    const { results, notes } = await app.search({ ...request, explain }, signal);
    const hits = results.map((hit) => shape(hit, detailed, explain));
    const shown = fitting(hits, budget);
    const left = hits.length - shown.length;
    const cut = left > 0 ? [`${left} more results did not fit: ask for fewer, or concise ones.`] : [];
    const answer = { results: shown, notes: [...notes, ...cut] };
    return maxTokens === undefined ? answer : withinTokens(answer, maxTokens);
  },
});

function shape(hit: SearchHit, detailed: boolean, explain: boolean): z.output<typeof hitSchema> {
  const { id, integrationArtifactId, integration, url, artifactDate, lines, passages, alike } = hit;
  const { account, kind, author, why } = hit;
  return {
    id,
    integrationArtifactId,
    integration,
    title: plainLine(hit.title),
    url,
    artifactDate,
    // Unrounded where its parts are shown, so that they add up to it.
    score: explain ? hit.score : Math.round(hit.score * 10_000) / 10_000,
    snippet: clip(visibleText(hit.snippet), longestSnippet),
    lines,
    ...(passages === undefined
      ? {}
      : { passages: passages.map((passage) => ({ ...passage, text: visibleText(passage.text) })) }),
    ...(alike === undefined ? {} : { alike: alike.map((one) => ({ ...one, title: plainLine(one.title) })) }),
    ...(detailed ? { account, kind, author } : {}),
    ...(explain && why !== undefined ? { why: detailed ? why : telling(why) } : {}),
  };
}

/** The parts that are not nothing: they add up to the same. */
function telling(why: readonly LegTrace[]): LegTrace[] {
  return why.filter(({ contribution }) => contribution !== 0);
}
