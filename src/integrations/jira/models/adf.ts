/** The Atlassian Document Format: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const attributes = looseValue(z.record(z.string(), z.unknown()));

export const markSchema = z.object({ type: z.string(), attrs: attributes });
export type Mark = z.infer<typeof markSchema>;

/** A node of which nothing is known but its type; what it holds is read node by node, as deep as `adfToHtml` goes. */
export const nodeSchema = z.object({
  type: z.string(),
  text: looseValue(z.string()),
  attrs: attributes,
  marks: looseList(markSchema),
  content: looseValue(z.array(z.unknown())),
});
export type Node = z.infer<typeof nodeSchema>;

/** The document of a description or comment; undefined or null where there is none. */
export const adfSchema = looseValue(nodeSchema);
export type Adf = z.infer<typeof adfSchema>;
