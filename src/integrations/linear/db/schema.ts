import { boolean, json, primaryKey, real, table, text } from "@/core/db/table";

/** One row an issue. Names of people, states and projects are as of the last sync. */
export const linearIssue = table(
  "linearIssue",
  {
    account: text().notNull(),
    issueId: text().notNull(),
    /** `ENG-123`. */
    identifier: text().notNull(),
    title: text().notNull(),
    team: text(),
    state: text(),
    /** triage, backlog, unstarted, started, completed, canceled or duplicate. */
    stateType: text(),
    /** Urgent, High, Medium, Low or No priority. */
    priority: text(),
    estimate: real(),
    assignee: text(),
    creator: text(),
    /** Names, JSON array. */
    labels: json().$type<string[]>(),
    project: text(),
    milestone: text(),
    cycle: text(),
    /** Identifier of the issue above. */
    parent: text(),
    dueDate: text(),
    createdAt: text(),
    updatedAt: text(),
    startedAt: text(),
    completedAt: text(),
    canceledAt: text(),
    archived: boolean().notNull(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.issueId] })],
);

/** One row a project. */
export const linearProject = table(
  "linearProject",
  {
    account: text().notNull(),
    projectId: text().notNull(),
    name: text().notNull(),
    status: text(),
    lead: text(),
    /** onTrack, atRisk or offTrack, as the last update says. */
    health: text(),
    priority: text(),
    /** 0 to 1. */
    progress: real(),
    startDate: text(),
    targetDate: text(),
    completedAt: text(),
    updatedAt: text(),
    archived: boolean().notNull(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.projectId] })],
);

/** One row a document; the place it belongs to is in one of the columns after its author. */
export const linearDocument = table(
  "linearDocument",
  {
    account: text().notNull(),
    documentId: text().notNull(),
    title: text().notNull(),
    author: text(),
    project: text(),
    initiative: text(),
    issue: text(),
    team: text(),
    createdAt: text(),
    updatedAt: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.documentId] })],
);

/** One row an initiative. */
export const linearInitiative = table(
  "linearInitiative",
  {
    account: text().notNull(),
    initiativeId: text().notNull(),
    name: text().notNull(),
    /** Planned, Active or Completed. */
    status: text(),
    owner: text(),
    health: text(),
    targetDate: text(),
    updatedAt: text(),
    archived: boolean().notNull(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.initiativeId] })],
);
