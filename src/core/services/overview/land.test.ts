import { expect, test } from "bun:test";
import { mergeEntities, mergeKinds } from "./land";

const context = (kinds: Record<string, number>, topEntities: { entity: string; count: number }[]) => ({
  artifacts: 1,
  kinds,
  oldest: null,
  newest: null,
  topEntities,
  tables: [],
  sampleTitles: [],
  sampleQuestions: [],
});

const stored = [
  { integration: "Files", context: context({ document: 4, code: 1 }, [{ entity: "Acme", count: 3 }]) },
  {
    integration: "Slack",
    context: context({ conversation: 9, document: 1 }, [
      { entity: "ACME", count: 4 },
      { entity: "Ada Lovelace", count: 5 },
    ]),
  },
  { integration: "Old", context: { from: "an older program" } },
];

test("names of all sources are counted together, whatever their case", () => {
  expect(mergeEntities(stored)).toEqual([
    { entity: "Acme", count: 7, integrations: ["Files", "Slack"] },
    { entity: "Ada Lovelace", count: 5, integrations: ["Slack"] },
  ]);
});

test("shapes of all sources are counted together", () => {
  expect(mergeKinds(stored)).toEqual([
    { kind: "conversation", count: 9 },
    { kind: "document", count: 5 },
    { kind: "code", count: 1 },
  ]);
});
