import { z } from "zod";
import { idIn } from "../markdown/context";

const yesOrNo = (unset: boolean) =>
  z
    .union([z.boolean(), z.enum(["", "yes", "no"], { error: "takes yes or no" })], {
      error: "takes yes or no",
    })
    .transform((value) => (value === "" ? unset : value === true || value === "yes"))
    .default(unset);

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

const day = z
  .string({ error: "takes a day such as 2026-01-31" })
  .trim()
  .refine((text) => text === "" || z.iso.date().safeParse(text).success, "takes a day such as 2026-01-31")
  .default("");

/** What a person chose for a connected workspace. */
export const notionOptionsSchema = z.looseObject({
  roots,
  since: day,
  comments: yesOrNo(true),
  transcripts: yesOrNo(true),
});
export type NotionOptions = z.infer<typeof notionOptionsSchema>;
