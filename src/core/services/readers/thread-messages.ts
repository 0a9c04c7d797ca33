import { z } from "zod";
import { artifactKinds } from "@/core/models/artifact";

/** What is sent to the reading thread. */
export const requestSchema = z.object({
  path: z.string(),
  bytes: z.instanceof(Uint8Array),
  size: z.number(),
  truncated: z.boolean(),
});
export type ReadRequest = z.infer<typeof requestSchema>;

/** What the reading thread answers: the document, or what is wrong with the file. */
export const answerSchema = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("read"),
    document: z
      .object({
        title: z.string(),
        markdown: z.string(),
        kind: z.enum(artifactKinds),
        author: z.string().optional(),
        artifactDate: z.string().optional(),
        url: z.string().optional(),
        metadata: z.record(z.string(), z.json()),
      })
      .nullable(),
  }),
  z.object({
    outcome: z.literal("refused"),
    message: z.string(),
    action: z.string().optional(),
    cause: z.string().optional(),
  }),
]);
export type ReadAnswer = z.infer<typeof answerSchema>;
