import { z } from "zod";
import { type SearchRequest, searchRequestSchema } from "@/core/models/search";
import { agentAnswer, agentHitSchema } from "../agent-answer";
import { nothingFound } from "../nothing-found";
import { structuredTool } from "../tool";

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
  output: z.object({ results: z.array(agentHitSchema), notes: z.array(z.string()) }),
  run: async (app, { response_format, maxTokens, ...request }, signal) => {
    const detailed = response_format === "detailed";
    const explain = request.explain || detailed;
    const response = await app.search({ ...request, explain }, signal);
    const found = response.results.length;
    const notes = found > 0 ? notesOf(request, found) : [await nothingFound(app, request)];
    const told = { ...response, notes: [...response.notes, ...notes] };
    return agentAnswer(told, { detailed, explain, maxTokens });
  },
});

/** A filter by entities is as complete as the lists that were made of texts, and looks more complete than that. */
function notesOf(
  { entities = [], limit }: Pick<SearchRequest, "entities" | "limit">,
  found: number,
): string[] {
  if (entities.length === 0 || found >= limit) return [];
  return [
    "Only artifacts that list these entities or are titled so are here: the names in the query instead find mentions too.",
  ];
}
