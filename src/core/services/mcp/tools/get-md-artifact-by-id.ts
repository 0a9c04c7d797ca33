import { z } from "zod";
import { requireArtifact } from "../artifact-lookup";
import { renderPage } from "../artifact-page";
import { textTool } from "../tool";

export const getMdArtifactById = textTool({
  name: "get_md_artifact_by_id",
  title: "Read an artifact",
  description:
    "Reads one artifact as markdown, with its title, source, URL and date. Long ones come in pages: the answer names the next offset. Use startLine and endLine to read around a search result's lines.",
  input: {
    id: z.string().min(1).max(2_000).describe("id or integrationArtifactId of a search result"),
    offset: z.number().int().min(0).default(0).describe("First character, as next_offset of the page before"),
    maxChars: z
      .number()
      .int()
      .min(100)
      .max(40_000)
      .default(20_000)
      .describe("Most characters of markdown, 100 to 40000"),
    startLine: z.number().int().min(1).optional().describe("First line, 1-based"),
    endLine: z.number().int().min(1).optional().describe("Last line, inclusive"),
  },
  run: async (app, { id, ...page }) => renderPage(await requireArtifact(app, id), page),
});
