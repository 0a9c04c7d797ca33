/** What Confluence answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";
import { looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const versionSchema = looseValue(
  z.object({ number: looseValue(z.number()), createdAt: text, authorId: text }),
);
export const bodySchema = looseValue(z.object({ storage: looseValue(z.object({ value: text })) }));

export const commentSchema = z.object({
  id: z.string(),
  pageId: text,
  blogPostId: text,
  /** What an answer answers. */
  parentCommentId: text,
  version: versionSchema,
  body: bodySchema,
  /** Of those in the text: open, reopened, resolved, or dangling once the words that they stand at are gone. */
  resolutionStatus: text,
  properties: looseValue(z.object({ inlineOriginalSelection: text })),
});
export type Comment = z.infer<typeof commentSchema>;

/** A page or blog post. `path` and `comments` are found out once all are listed. */
export const pageSchema = z
  .object({
    id: z.string().min(1),
    title: text,
    spaceId: text,
    parentId: text,
    parentType: text,
    authorId: text,
    createdAt: text,
    version: versionSchema,
    body: bodySchema,
    _links: looseValue(z.object({ webui: text })),
  })
  .transform(({ ["_links"]: links, ...page }) => ({
    ...page,
    /** Path below the site's `/wiki`. */
    webui: links?.webui,
    path: [] as string[],
    comments: [] as Comment[],
  }));
export type Page = z.infer<typeof pageSchema>;

/** `status` is current or archived. */
export const spaceSchema = z.object({ id: z.string(), key: z.string(), name: text, status: text });
export type Space = z.infer<typeof spaceSchema>;

export const folderSchema = z.object({ title: text, parentId: text, parentType: text });
export const userSchema = z.object({ accountId: z.string(), displayName: text });
export const meSchema = z.looseObject({ type: text, accountId: text, displayName: text });
export const listSchema = z.looseObject({ results: z.array(z.unknown()) });

/** What a person may choose. */
export const optionsSchema = z.object({
  spaces: listOption.default([]),
  comments: yesNoOption.default(true),
});
export type Options = z.infer<typeof optionsSchema>;
