import { z } from "zod";
import type { Artifact } from "@/core/models/api";
import { requireArtifact } from "../artifact-lookup";
import { citationUrl } from "../links";
import { plainLine, safeEnd } from "@/lib/clean-text";
import { structuredTool } from "../tool";

/** Characters of JSON that the text may take, so that the whole stays below the cap of a result. */
const budget = 40_000;

/** The shape that ChatGPT connectors require: one id in, `{id, title, text, url, metadata}` out. */
export const fetchArtifact = structuredTool({
  name: "fetch",
  title: "Fetch (connector)",
  description:
    "Gives the text of one artifact that search found. For clients that know only search and fetch; get_md_artifact_by_id reads long ones in pages.",
  input: { id: z.string().min(1).max(2_000).describe("id of a search result") },
  output: z.object({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    url: z.string(),
    metadata: z.record(z.string(), z.string()),
  }),
  run: async (app, { id }) => {
    const artifact = await requireArtifact(app, id);
    const { id: ownId, integration, artifactDate, author } = artifact;
    return {
      id: ownId,
      title: plainLine(artifact.title),
      text: cutText(artifact),
      url: citationUrl(app.config, artifact),
      metadata: {
        integration,
        ...(artifactDate === null ? {} : { date: artifactDate }),
        ...(author === null ? {} : { author: plainLine(author) }),
      },
    };
  },
});

/** The markdown, or as much of its beginning as fits once it is JSON, saying how to get the rest. */
function cutText({ markdown }: Artifact): string {
  let end = Math.min(markdown.length, budget);
  for (;;) {
    const excess = JSON.stringify(markdown.slice(0, end)).length - budget;
    if (excess <= 0) break;
    // Escapes take up to six characters for one.
    end -= Math.ceil(excess / 6);
  }
  if (end >= markdown.length) return markdown;
  end = safeEnd(markdown, end);
  return `${markdown.slice(0, end)}\n\n[${markdown.length - end} more characters: get_md_artifact_by_id with offset ${end} reads on.]`;
}
