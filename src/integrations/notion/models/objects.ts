/**
 * Objects of Notion's API (version 2026-03-11), as far as they are read. Everything that may be missing for want of a
 * capability, or be of a kind that is not known yet, is let through: one odd property must not cost a page.
 */
import { z } from "zod";

export const richTextSchema = z.looseObject({
  type: z.string().optional(),
  plain_text: z.string().default(""),
  href: z.string().nullish(),
  annotations: z
    .looseObject({
      bold: z.boolean().optional(),
      italic: z.boolean().optional(),
      strikethrough: z.boolean().optional(),
      underline: z.boolean().optional(),
      code: z.boolean().optional(),
    })
    .optional(),
  mention: z.looseObject({ type: z.string() }).optional(),
  equation: z.looseObject({ expression: z.string() }).optional(),
});
export type RichText = z.infer<typeof richTextSchema>;

export const userSchema = z.looseObject({
  id: z.string(),
  type: z.string().nullish(),
  name: z.string().nullish(),
  person: z.looseObject({ email: z.string().nullish() }).nullish(),
  bot: z.looseObject({ workspace_name: z.string().nullish(), workspace_id: z.string().nullish() }).nullish(),
});

/** `{type: "page_id", page_id: "…"}` and its relatives; `workspace` carries `true`. */
const parentSchema = z.looseObject({ type: z.string() });
export type Parent = z.infer<typeof parentSchema>;

/** One property's value: `{id, type, [type]: …}`. */
export const propertySchema = z.looseObject({ id: z.string().optional(), type: z.string() });
export type Property = z.infer<typeof propertySchema>;

export const pageSchema = z.looseObject({
  object: z.literal("page"),
  id: z.string(),
  created_time: z.string(),
  last_edited_time: z.string(),
  in_trash: z.boolean().default(false),
  url: z.string().default(""),
  parent: parentSchema,
  properties: z.record(z.string(), propertySchema),
  created_by: z.looseObject({ id: z.string() }).nullish(),
  last_edited_by: z.looseObject({ id: z.string() }).nullish(),
});
export type Page = z.infer<typeof pageSchema>;

export const dataSourceSchema = z.looseObject({
  object: z.literal("data_source"),
  id: z.string(),
  title: z.array(richTextSchema).default([]),
  description: z.array(richTextSchema).default([]),
  parent: parentSchema,
  database_parent: parentSchema.nullish(),
  in_trash: z.boolean().default(false),
  last_edited_time: z.string(),
  url: z.string().default(""),
  properties: z.record(z.string(), z.looseObject({ type: z.string(), name: z.string().optional() })),
});
export type DataSource = z.infer<typeof dataSourceSchema>;

export const databaseSchema = z.looseObject({
  id: z.string(),
  in_trash: z.boolean().default(false),
  data_sources: z.array(z.looseObject({ id: z.string() })).default([]),
});

/** A block of the block API: `{type, [type]: content}`. */
export const blockSchema = z.looseObject({
  id: z.string(),
  type: z.string().default("unsupported"),
  has_children: z.boolean().default(false),
  parent: parentSchema.optional(),
});
export type ApiBlock = z.infer<typeof blockSchema>;

export const commentSchema = z.looseObject({
  id: z.string(),
  discussion_id: z.string().default(""),
  created_time: z.string(),
  created_by: z.looseObject({ id: z.string() }).nullish(),
  rich_text: z.array(richTextSchema).default([]),
  display_name: z.looseObject({ resolved_name: z.string().nullish() }).nullish(),
});
export type Comment = z.infer<typeof commentSchema>;

export const markdownSchema = z.looseObject({
  markdown: z.string(),
  truncated: z.boolean().default(false),
  unknown_block_ids: z.array(z.string()).default([]),
});

/** What an object of a listing is when access does not reach its content: an id alone. */
const partialSchema = z.looseObject({ object: z.string().optional(), id: z.string() });

/** A page of a listing. `incomplete`: the listing ends here although there is more. */
export function listSchema<Item>(item: z.ZodType<Item>) {
  return z.looseObject({
    results: z.array(item),
    next_cursor: z.string().nullish(),
    has_more: z.boolean().default(false),
    request_status: z.looseObject({ type: z.string() }).nullish(),
  });
}

/** Listings of pages and data sources mixed with objects of which only the id may be seen. */
export const foundSchema = listSchema(z.union([pageSchema, dataSourceSchema, partialSchema]));
export type Found = z.infer<typeof foundSchema>["results"][number];

export function isPage(found: Found): found is Page {
  return pageSchema.safeParse(found).success;
}

export function isDataSource(found: Found): found is DataSource {
  return dataSourceSchema.safeParse(found).success;
}
