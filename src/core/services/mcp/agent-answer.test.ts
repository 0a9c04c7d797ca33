import { expect, test } from "bun:test";
import type { SearchHit, SearchResponse } from "@/core/models/search";
import { estimateTokens } from "@/lib/estimate-tokens";
import { agentAnswer, sizedAsForAgents } from "./agent-answer";

const hit = (number: number): SearchHit => ({
  id: `a${number}`,
  integrationArtifactId: `notes/${number}.md`,
  integration: "Files",
  account: "/srv/notes",
  kind: "document",
  title: `Note ${number}`,
  url: null,
  author: "Ann Mason",
  artifactDate: null,
  score: 1 / 3 / number,
  snippet: "We keep the price. ".repeat(8),
  highlights: [{ start: 3, end: 7 }],
  lines: { start: 1, end: 4 },
  passages: [{ id: `p${number}`, lines: { start: 1, end: 9 }, text: "All of it. ".repeat(60) }],
  why: [{ leg: "stems", rank: 1, raw: 3, normalised: 1, weight: 1, contribution: 1 / 3 / number }],
});
const response: SearchResponse = {
  results: [1, 2, 3, 4, 5, 6].map(hit),
  timings: { total: 4 },
  notes: ["Some wait."],
};

test("a person sees the hits and passages that an agent's answer of that size holds, whole", () => {
  for (const maxTokens of [100, 300, 700, 1_200, 100_000]) {
    const agents = agentAnswer(response, { detailed: false, explain: false, maxTokens });
    const people = sizedAsForAgents(response, maxTokens);
    expect(estimateTokens(JSON.stringify(agents))).toBeLessThanOrEqual(maxTokens);
    expect(people.results.map(({ id, passages }) => [id, passages?.length ?? 0])).toEqual(
      agents.results.map(({ id, passages }) => [id, passages?.length ?? 0]),
    );
    expect(people.notes).toEqual(agents.notes);
    expect(people.timings).toEqual(response.timings);
    for (const one of people.results)
      expect(one).toMatchObject({ author: "Ann Mason", why: [{ leg: "stems" }] });
  }
});
