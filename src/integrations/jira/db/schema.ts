import { json, primaryKey, table, text } from "@/core/db/table";

/** One row an issue that is served, open to SQL. */
export const jiraIssue = table(
  "jiraIssue",
  {
    account: text().notNull(),
    issueId: text().notNull(),
    key: text().notNull(),
    title: text().notNull(),
    projectKey: text(),
    project: text(),
    type: text(),
    status: text(),
    statusCategory: text(),
    priority: text(),
    resolution: text(),
    assignee: text(),
    reporter: text(),
    parentKey: text(),
    labels: json().notNull(),
    createdAt: text(),
    updatedAt: text(),
    resolvedAt: text(),
    dueDate: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.issueId] })],
);
