/** What Zendesk answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const id = z.number().transform(String);
const text = looseValue(z.string());
const namedSchema = z.object({ id, name: text, category_id: looseValue(id) });

export const articleSchema = z.object({
  id,
  title: text,
  /** HTML. */
  body: text,
  html_url: text,
  author_id: looseValue(id),
  section_id: looseValue(id),
  /** Who may read it: everybody where there is neither. On some plans there may be several, of which each suffices. */
  user_segment_id: looseValue(id),
  user_segment_ids: looseList(id),
  label_names: looseList(z.string()),
  locale: text,
  draft: looseValue(z.boolean()),
  edited_at: text,
  updated_at: text,
});

/** An article with what the page of the listing says beside it. */
const itemSchema = z.object({ article: articleSchema, author: text, section: text, category: text });
export type Item = z.infer<typeof itemSchema>;

const pageSchema = z.looseObject({
  articles: z.array(z.unknown()),
  users: looseList(namedSchema),
  sections: looseList(namedSchema),
  categories: looseList(namedSchema),
  meta: looseValue(z.object({ has_more: looseValue(z.boolean()), after_cursor: text })),
});

/** The articles of a page, each with the names of its author, section and category. Its shape is `itemSchema`'s. */
export function itemsOf(body: unknown): unknown[] {
  const { articles, users, sections, categories } = pageSchema.parse(body);
  return articles.map((entry) => {
    const article = articleSchema.safeParse(entry).data;
    const section = sections.find((one) => one.id === article?.section_id);
    const category = categories.find((one) => one.id === section?.category_id);
    const author = users.find((one) => one.id === article?.author_id);
    return { article: entry, author: author?.name, section: section?.name, category: category?.name };
  });
}

export function nextOf(body: unknown): string | undefined {
  const { meta } = pageSchema.parse(body);
  return meta?.has_more === true ? (meta.after_cursor ?? undefined) : undefined;
}

/** Ids of the groups of people who may read an article; none where everybody may. */
export function segmentsOf({ article }: Item): string[] {
  const { user_segment_id: one, user_segment_ids: some } = article;
  return [...new Set(one ? [one, ...some] : some)];
}

export { itemSchema };
export const meSchema = z.looseObject({ user: z.looseObject({ id: z.number().nullable(), name: text }) });
