import { expect, test } from "bun:test";
import type { SyncTask } from "@/core/models/sync";
import { spreadFailures } from "./spread-failures";

const failure = (integration: string, minute: number): SyncTask => ({
  id: `${integration} ${minute}`,
  runId: "r1",
  integration,
  account: "acme",
  step: "sync-data",
  status: "FAILED",
  inputs: {},
  counts: {},
  error: "It failed.",
  retries: 0,
  createdAt: `2026-05-03T12:${minute}:00.000Z`,
  updateDate: `2026-05-03T12:${minute}:00.000Z`,
});
const ids = (tasks: readonly SyncTask[]) => tasks.map(({ id }) => id);

test("a sync in which every step failed leaves room for the failures of others", () => {
  const many = [59, 58, 57, 56, 55].map((minute) => failure("HubSpot", minute));
  const all = [...many, failure("Notion", 40), failure("Slack", 30)];
  expect(ids(spreadFailures(all, 4))).toEqual(["HubSpot 59", "HubSpot 58", "Notion 40", "Slack 30"]);
  expect(ids(spreadFailures(all, 2))).toEqual(["HubSpot 59", "Notion 40"]);
});

test("what fits is shown, newest first", () => {
  const all = [failure("HubSpot", 59), failure("Notion", 40), failure("HubSpot", 30)];
  expect(spreadFailures(all, 8)).toEqual(all);
  expect(spreadFailures([], 8)).toEqual([]);
});
