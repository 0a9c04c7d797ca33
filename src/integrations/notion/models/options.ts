import { z } from "zod";
import { pastDayOption, yesNoOption } from "@/core/services/credentials/options";
import { idIn } from "../markdown/context";

const roots = z
  .union([z.string(), z.array(z.string())], { error: "takes links to pages, one a line" })
  .transform((value) =>
    (typeof value === "string" ? value.split(/[\s,]+/) : value).filter((link) => link !== ""),
  )
  .transform((links, context) =>
    links.flatMap((link) => {
      const id = idIn(link);
      if (id !== undefined) return [id];
      context.addIssue({
        code: "custom",
        message: `takes links to pages or databases; "${link.slice(0, 80)}" is none`,
      });
      return [];
    }),
  )
  .default([]);

/** What a person chose for a connected workspace. */
export const notionOptionsSchema = z.looseObject({
  roots,
  /** Pages edited from this day on; all when it is left out. */
  since: pastDayOption.optional(),
  comments: yesNoOption.default(true),
  transcripts: yesNoOption.default(true),
});
export type NotionOptions = z.infer<typeof notionOptionsSchema>;
