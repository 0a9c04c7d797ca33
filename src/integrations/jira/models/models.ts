/** What Jira answers, as far as it is used: ids are needed, everything else may change. */
import { z } from "zod";
import { listOption, yesNoOption } from "@/core/services/credentials/options";
import { looseList, looseValue } from "@/lib/loose-schema";
import { adfSchema } from "./adf";

const text = looseValue(z.string());
const named = looseValue(z.object({ name: text }));
const person = looseValue(z.object({ displayName: text }));

/**
 * An issue as the listing gives it: enough to tell whether it changed. Its key is among that: a project that gets another
 * key gives its issues new ones, and moves no time of theirs.
 */
export const listedSchema = z.object({
  id: z.string().min(1),
  key: text,
  fields: z.object({ updated: z.string() }),
});
export type Listed = z.infer<typeof listedSchema>;

export const commentSchema = z.object({
  author: person,
  created: text,
  updated: text,
  body: adfSchema,
  /** False for a note among those who answer requests, which whoever asked does not see. */
  jsdPublic: looseValue(z.boolean()),
  /** The role or group that alone sees it. */
  visibility: looseValue(z.object({ value: text })),
});
export type Comment = z.infer<typeof commentSchema>;

export const commentsSchema = z.object({
  comments: looseList(commentSchema),
  total: looseValue(z.number()),
});

/** What of an issue is asked for; `issueSchema` reads it. */
export const FIELDS = [
  ..."summary description project issuetype status priority resolution assignee reporter parent labels".split(
    " ",
  ),
  ..."created updated resolutiondate duedate fixVersions components issuelinks".split(" "),
  ...["environment", "versions", "attachment"],
];

const linkedIssue = looseValue(
  z.object({ key: z.string(), fields: looseValue(z.object({ summary: text })) }),
);

export const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: text,
    description: adfSchema,
    project: looseValue(z.object({ key: text, name: text })),
    issuetype: named,
    status: looseValue(z.object({ name: text, statusCategory: named })),
    priority: named,
    resolution: named,
    assignee: person,
    reporter: person,
    parent: linkedIssue,
    labels: looseList(z.string()),
    fixVersions: looseList(z.object({ name: z.string() })),
    components: looseList(z.object({ name: z.string() })),
    /** Where a fault shows, and the versions that have it. */
    environment: adfSchema,
    versions: looseList(z.object({ name: z.string() })),
    attachment: looseList(z.object({ filename: z.string(), size: looseValue(z.number()) })),
    issuelinks: looseList(
      z.object({
        type: looseValue(z.object({ inward: text, outward: text })),
        inwardIssue: linkedIssue,
        outwardIssue: linkedIssue,
      }),
    ),
    created: text,
    updated: text,
    resolutiondate: text,
    duedate: text,
    comment: looseValue(commentsSchema),
  }),
});
export type Issue = z.infer<typeof issueSchema>;

export const searchSchema = z.looseObject({ issues: z.array(z.unknown()), nextPageToken: text });
export const bulkSchema = z.object({
  issues: z.array(z.looseObject({ id: z.string() })),
  /** Issues that are there, but could not be given just now. */
  issueErrors: looseList(z.object({ id: z.coerce.string(), errorMessage: text })),
});
export const projectSchema = z.object({ id: z.string(), key: z.string(), name: text });
export type Project = z.infer<typeof projectSchema>;
export const projectPageSchema = z.object({
  values: looseList(projectSchema),
  isLast: looseValue(z.boolean()),
});
export const meSchema = z.object({ accountId: z.string() });

/** What a person may choose. */
export const optionsSchema = z.object({
  projects: listOption.default([]),
  comments: yesNoOption.default(true),
});
export type Options = z.infer<typeof optionsSchema>;
