/** Rows of Linear's own tables from what was read. */
import { type OwnRows, ownRows } from "@/core/services/sync/kept-rows";
import type { KindName } from "../api/kinds";
import type { Item } from "../models/models";
import { cycleOf, statusOf, titleOf } from "../render/render-item";
import { linearDocument, linearInitiative, linearIssue, linearProject } from "./schema";

/** What each kind of item leaves in a table of its own. */
export const rowsOf: Record<KindName, OwnRows<Item>> = {
  issue: ownRows(linearIssue, linearIssue.issueId, issueRow),
  project: ownRows(linearProject, linearProject.projectId, projectRow),
  document: ownRows(linearDocument, linearDocument.documentId, documentRow),
  initiative: ownRows(linearInitiative, linearInitiative.initiativeId, initiativeRow),
};

const common = (account: string, item: Item) => ({
  account,
  updatedAt: item.updatedAt ?? null,
  url: item.url ?? null,
});

function issueRow(item: Item, account: string): typeof linearIssue.$inferInsert {
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

function projectRow(item: Item, account: string): typeof linearProject.$inferInsert {
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

function documentRow(item: Item, account: string): typeof linearDocument.$inferInsert {
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

function initiativeRow(item: Item, account: string): typeof linearInitiative.$inferInsert {
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
