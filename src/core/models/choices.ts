/** What a person could choose for a setting of a source: channels, folders, repositories. */
import { z } from "zod";

/** One entry, as an integration finds it at its provider. */
export interface OptionChoice {
  /** What the setting takes in any case. */
  id: string;
  /** How people know it. */
  name: string;
  /** What tells it apart from others of its name: the server a channel is in. */
  hint?: string | undefined;
  /** True where the setting takes no names: a link to a page. */
  byIdOnly?: boolean | undefined;
}

/** Answer of `POST /api/integrations/{integration}/choices/{option}`, ordered by name. */
export const choicesAnswerSchema = z.object({
  choices: z.array(
    z.object({
      value: z.string().describe("What is written into the setting"),
      name: z.string(),
      hint: z.string().optional(),
    }),
  ),
  more: z.boolean().describe("There are others: ask again with a part of the name"),
});
export type ChoicesAnswer = z.infer<typeof choicesAnswerSchema>;
