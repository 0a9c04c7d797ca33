import { z } from "zod";
import { searchRequestSchema } from "@/core/models/search";
import { citationUrl } from "../links";
import { plainLine } from "@/lib/clean-text";
import { structuredTool } from "../tool";

/** The shape that ChatGPT connectors require: one string in, `{results: [{id, title, url}]}` out. */
export const search = structuredTool({
  name: "search",
  title: "Search (connector)",
  description:
    "Finds artifacts for a question and gives id, title and url of each. For clients that know only search and fetch; semantic_search gives more.",
  input: { query: searchRequestSchema.shape.query },
  output: z.object({
    results: z.array(z.object({ id: z.string(), title: z.string(), url: z.string() })),
  }),
  run: async (app, { query }, signal) => {
    const { results } = await app.search({ query, limit: 10 }, signal);
    return {
      results: results.map((hit) => ({
        id: hit.id,
        title: plainLine(hit.title),
        url: citationUrl(app.config, hit),
      })),
    };
  },
});
