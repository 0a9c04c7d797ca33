import { z } from "zod";
import { fenced } from "@/lib/fence";
import { readJson } from "./json";
import type { TextReader } from "./reader";
import { firstHeading } from "./title";

const sourceSchema = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);
const notebookSchema = z.object({
  cells: z.array(z.object({ cell_type: z.string(), source: sourceSchema })),
  metadata: z
    .object({ language_info: z.object({ name: z.string().regex(/^[\w+#-]{1,30}$/) }).optional() })
    .optional(),
});

/** A notebook: its text cells as they are, its code cells in fences, its outputs left out. */
export const readNotebook: TextReader = (input, text) => {
  const notebook = parseNotebook(text);
  if (notebook === undefined) return readJson(input, text);
  const language = notebook.metadata?.language_info?.name ?? "python";
  const markdown = notebook.cells
    .filter((cell) => cell.source.trim() !== "")
    .map((cell) => (cell.cell_type === "code" ? fenced(cell.source, language) : cell.source))
    .join("\n\n");
  return {
    title: firstHeading(markdown),
    markdown,
    kind: "document",
    metadata: { language, cells: notebook.cells.length },
  };
};

function parseNotebook(text: string): z.infer<typeof notebookSchema> | undefined {
  try {
    const parsed = notebookSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // No JSON; the JSON reader shows it as it is.
  }
}
