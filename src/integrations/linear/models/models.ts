/** What Linear answers, as far as it is asked for: ids are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const named = looseValue(z.looseObject({ name: text }));
const pageInfo = looseValue(z.looseObject({ hasNextPage: looseValue(z.boolean()), endCursor: text }));
const connection = <Schema extends z.ZodType>(node: Schema) =>
  looseValue(z.looseObject({ nodes: looseList(node), pageInfo }));
const issueLink = z.looseObject({ identifier: text, title: text, url: text, state: named });

export const commentSchema = z.looseObject({
  id: z.string().min(1),
  body: text,
  /** What of the text it is about, where it stands beside one. */
  quotedText: text,
  createdAt: text,
  parentId: text,
  user: named,
  botActor: named,
  externalUser: named,
});
export type Comment = z.infer<typeof commentSchema>;

const update = z.looseObject({ body: text, health: text, createdAt: text, user: named });
const attachment = z.looseObject({ title: text, subtitle: text, url: text });

/** An issue, project, document or initiative: what one of them has not is missing. */
export const itemSchema = z.looseObject({
  id: z.string().min(1),
  identifier: text,
  title: text,
  name: text,
  description: text,
  content: text,
  url: text,
  createdAt: text,
  updatedAt: text,
  startedAt: text,
  completedAt: text,
  canceledAt: text,
  archivedAt: text,
  trashed: looseValue(z.boolean()),
  priorityLabel: text,
  estimate: looseValue(z.number()),
  progress: looseValue(z.number()),
  dueDate: text,
  startDate: text,
  targetDate: text,
  health: text,
  state: looseValue(z.looseObject({ name: text, type: text })),
  /** An object for projects, a word for initiatives. */
  status: looseValue(z.union([z.string(), z.looseObject({ name: text })])),
  team: looseValue(z.looseObject({ key: text, name: text })),
  assignee: named,
  creator: named,
  lead: named,
  owner: named,
  project: named,
  projectMilestone: named,
  initiative: named,
  issue: looseValue(issueLink),
  cycle: looseValue(z.looseObject({ number: looseValue(z.number()), name: text })),
  parent: looseValue(issueLink),
  labels: connection(z.looseObject({ name: text })),
  teams: connection(z.looseObject({ name: text })),
  initiatives: connection(z.looseObject({ name: text })),
  projects: connection(z.looseObject({ name: text })),
  projectMilestones: connection(z.looseObject({ name: text, targetDate: text })),
  children: connection(issueLink),
  relations: connection(z.looseObject({ type: text, relatedIssue: looseValue(issueLink) })),
  inverseRelations: connection(z.looseObject({ type: text, issue: looseValue(issueLink) })),
  attachments: connection(attachment),
  externalLinks: connection(z.looseObject({ label: text, url: text })),
  comments: connection(commentSchema),
  /** Ids of the newest comments, where it was listed. */
  known: connection(z.looseObject({ id: text })),
  projectUpdates: connection(update),
  initiativeUpdates: connection(update),
});
export type Item = z.infer<typeof itemSchema>;

export const listSchema = z.looseObject({ nodes: z.array(z.unknown()), pageInfo });

export const workspaceSchema = z.looseObject({
  data: z.looseObject({
    viewer: z.looseObject({ id: z.string() }),
    organization: z.looseObject({ id: z.string(), name: z.string() }),
    teams: z.looseObject({
      nodes: looseList(z.looseObject({ id: z.string(), key: z.string(), name: z.string() })),
    }),
  }),
});
