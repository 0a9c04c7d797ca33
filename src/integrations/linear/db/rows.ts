/** Rows of Linear's own tables from what was read. */
import { removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import type { KindName } from "../api/kinds";
import type { Item } from "../models/models";
import { cycleOf, statusOf, titleOf } from "../render/render-item";
import { linearDocument, linearInitiative, linearIssue, linearProject } from "./schema";

type Save = (tx: Db, account: string, items: readonly Item[]) => Promise<void>;

/** Writes rows of one kind, idempotently. */
export const saveRows: Record<KindName, Save> = {
  issue: (tx, account, items) =>
    saveOwnRows(
      tx,
      linearIssue,
      linearIssue.issueId,
      items.map((item) => issueRow(account, item)),
    ),
  project: (tx, account, items) =>
    saveOwnRows(
      tx,
      linearProject,
      linearProject.projectId,
      items.map((item) => projectRow(account, item)),
    ),
  document: (tx, account, items) =>
    saveOwnRows(
      tx,
      linearDocument,
      linearDocument.documentId,
      items.map((item) => documentRow(account, item)),
    ),
  initiative: (tx, account, items) =>
    saveOwnRows(
      tx,
      linearInitiative,
      linearInitiative.initiativeId,
      items.map((item) => initiativeRow(account, item)),
    ),
};

/** Removes the rows of items that are no longer there. */
export const removeRows: Record<
  KindName,
  (tx: Db, account: string, ids: readonly string[]) => Promise<void>
> = {
  issue: (tx, account, ids) => removeOwnRows(tx, linearIssue, linearIssue.issueId, account, ids),
  project: (tx, account, ids) => removeOwnRows(tx, linearProject, linearProject.projectId, account, ids),
  document: (tx, account, ids) => removeOwnRows(tx, linearDocument, linearDocument.documentId, account, ids),
  initiative: (tx, account, ids) =>
    removeOwnRows(tx, linearInitiative, linearInitiative.initiativeId, account, ids),
};

const common = (account: string, item: Item) => ({
  account,
  updatedAt: item.updatedAt ?? null,
  url: item.url ?? null,
});

function issueRow(account: string, item: Item): typeof linearIssue.$inferInsert {
  return {
    ...common(account, item),
    issueId: item.id,
    identifier: item.identifier ?? item.id,
    title: item.title ?? "",
    team: item.team?.key ?? null,
    state: item.state?.name ?? null,
    stateType: item.state?.type ?? null,
    priority: item.priorityLabel ?? null,
    estimate: item.estimate ?? null,
    assignee: item.assignee?.name ?? null,
    creator: item.creator?.name ?? null,
    labels: item.labels?.nodes.flatMap(({ name }) => name ?? []) ?? [],
    project: item.project?.name ?? null,
    milestone: item.projectMilestone?.name ?? null,
    cycle: cycleOf(item) ?? null,
    parent: item.parent?.identifier ?? null,
    dueDate: item.dueDate ?? null,
    createdAt: item.createdAt ?? null,
    startedAt: item.startedAt ?? null,
    completedAt: item.completedAt ?? null,
    canceledAt: item.canceledAt ?? null,
    archived: Boolean(item.archivedAt),
  };
}

function projectRow(account: string, item: Item): typeof linearProject.$inferInsert {
  return {
    ...common(account, item),
    projectId: item.id,
    name: titleOf("project", item),
    status: statusOf(item) ?? null,
    lead: item.lead?.name ?? null,
    health: item.health ?? null,
    priority: item.priorityLabel ?? null,
    progress: item.progress ?? null,
    startDate: item.startDate ?? null,
    targetDate: item.targetDate ?? null,
    completedAt: item.completedAt ?? null,
    archived: Boolean(item.archivedAt),
  };
}

function documentRow(account: string, item: Item): typeof linearDocument.$inferInsert {
  return {
    ...common(account, item),
    documentId: item.id,
    title: titleOf("document", item),
    author: item.creator?.name ?? null,
    project: item.project?.name ?? null,
    initiative: item.initiative?.name ?? null,
    issue: item.issue?.identifier ?? null,
    team: item.team?.key ?? null,
    createdAt: item.createdAt ?? null,
  };
}

function initiativeRow(account: string, item: Item): typeof linearInitiative.$inferInsert {
  return {
    ...common(account, item),
    initiativeId: item.id,
    name: titleOf("initiative", item),
    status: statusOf(item) ?? null,
    owner: item.owner?.name ?? null,
    health: item.health ?? null,
    targetDate: item.targetDate ?? null,
    archived: Boolean(item.archivedAt),
  };
}
