/** What agents are given of a search: fewer fields than people see, cut to what a context can take. */
import { z } from "zod";
import { type LegTrace, type SearchHit, searchHitSchema, type SearchResponse } from "@/core/models/search";
import { withinTokens } from "@/core/services/search/token-budget";
import { clip, plainLine, visibleText } from "@/lib/clean-text";
import { fitting } from "./results";

const longestSnippet = 300;
/** Characters of JSON that hits may take; notes come on top. */
const budget = 40_000;

export const agentHitSchema = searchHitSchema
  .pick({
    id: true,
    integrationArtifactId: true,
    integration: true,
    title: true,
    url: true,
    artifactDate: true,
    score: true,
    snippet: true,
    lines: true,
  })
  .extend({
    // Told in full by what they hold: a definition costs each agent context.
    passages: z.array(z.record(z.string(), z.unknown())).optional(),
    alike: z.array(z.record(z.string(), z.unknown())).optional(),
    account: z.string().optional(),
    kind: z.string().optional(),
    author: z.string().nullish(),
    why: z.array(z.record(z.string(), z.unknown())).optional(),
  });

export type AgentHit = z.output<typeof agentHitSchema>;

interface Wanted {
  detailed: boolean;
  explain: boolean;
  maxTokens: number | undefined;
}

/** The answer of `semantic_search` to a search that was not bounded itself. */
export function agentAnswer(
  { results, notes }: Pick<SearchResponse, "results" | "notes">,
  { detailed, explain, maxTokens }: Wanted,
): { results: AgentHit[]; notes: string[] } {
  const hits = results.map((hit) => shape(hit, detailed, explain));
  const shown = fitting(hits, budget);
  const left = hits.length - shown.length;
  const cut = left > 0 ? [`${left} more results did not fit: ask for fewer, or concise ones.`] : [];
  const answer = { results: shown, notes: [...notes, ...cut] };
  return maxTokens === undefined ? answer : withinTokens(answer, maxTokens);
}

/**
 * The same search for a person: of each hit everything, but only those hits and passages that an agent's concise answer
 * of at most `maxTokens` would hold, with its notes.
 */
export function sizedAsForAgents(response: SearchResponse, maxTokens: number): SearchResponse {
  const { results, notes } = agentAnswer(response, { detailed: false, explain: false, maxTokens });
  const given = new Map(results.map((hit) => [hit.id, hit]));
  const shown = response.results.flatMap((hit) => {
    const there = given.get(hit.id);
    if (there === undefined) return [];
    const kept = new Set(there.passages?.map(placeOf));
    const passages = hit.passages?.filter((passage) => kept.has(placeOf(passage)));
    return [{ ...hit, passages: kept.size === 0 ? undefined : passages }];
  });
  return { ...response, results: shown, notes };
}

/** What tells a passage from the others of its hit. */
const placeOf = ({ id, lines }: Record<string, unknown>) => JSON.stringify([id, lines]);

function shape(hit: SearchHit, detailed: boolean, explain: boolean): AgentHit {
  const { id, integrationArtifactId, integration, url, artifactDate, lines, passages, alike } = hit;
  const { account, kind, author, why } = hit;
  return {
    id,
    integrationArtifactId,
    integration,
    title: plainLine(hit.title),
    url,
    artifactDate,
    // Unrounded where its parts are shown, so that they add up to it.
    score: explain ? hit.score : Math.round(hit.score * 10_000) / 10_000,
    snippet: clip(visibleText(hit.snippet), longestSnippet),
    lines,
    ...(passages === undefined
      ? {}
      : { passages: passages.map((passage) => ({ ...passage, text: visibleText(passage.text) })) }),
    ...(alike === undefined ? {} : { alike: alike.map((one) => ({ ...one, title: plainLine(one.title) })) }),
    ...(detailed ? { account, kind, author } : {}),
    ...(explain && why !== undefined ? { why: detailed ? why : telling(why) } : {}),
  };
}

/** The parts that are not nothing: they add up to the same. */
function telling(why: readonly LegTrace[]): LegTrace[] {
  return why.filter(({ contribution }) => contribution !== 0);
}
