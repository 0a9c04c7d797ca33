import type { SearchHit, SearchResponse } from "@/core/models/search";
import { harmless, oneLine, styled } from "./text";

/** A search answer as lines for a person. */
export function formatResponse(response: SearchResponse, colour: boolean): string[] {
  const notes = response.notes.map((note) => styled(colour, "yellow", `Note: ${oneLine(note)}`));
  if (response.results.length === 0) {
    return ["Nothing found. 'stoneturner status' shows what is synced.", ...notes];
  }
  const took = `${response.results.length} in ${Math.round(response.timings["total"] ?? 0)} ms`;
  return [
    ...response.results.flatMap((hit, index) => formatHit(hit, index + 1, colour)),
    ...notes,
    styled(colour, "dim", took),
  ];
}

function formatHit(hit: SearchHit, rank: number, colour: boolean): string[] {
  const where = [hit.integration, hit.artifactDate?.slice(0, 10), `lines ${hit.lines.start}–${hit.lines.end}`]
    .filter((part) => part !== undefined)
    .join(" · ");
  const link = hit.url ?? hit.integrationArtifactId;
  return [
    `${String(rank).padStart(2)}. ${styled(colour, "bold", oneLine(hit.title))}`,
    `    ${styled(colour, "cyan", oneLine(where))}  ${styled(colour, "dim", oneLine(link))}`,
    ...(hit.passages === undefined ? highlighted(hit, colour) : passageLines(hit)).map(
      (line) => `    ${line}`,
    ),
    ...alikeLine(hit, colour),
    ...formatWhy(hit, colour),
    "",
  ];
}

/** Whole passages, each under its lines and, where it is a message of its own, its id. */
function passageLines(hit: SearchHit): string[] {
  return (hit.passages ?? []).flatMap(({ id, lines, text }) => [
    `— ${id === hit.id ? "" : `${oneLine(id)}, `}lines ${lines.start}–${lines.end}`,
    ...harmless(text).split("\n"),
  ]);
}

function alikeLine({ alike = [] }: SearchHit, colour: boolean): string[] {
  if (alike.length === 0) return [];
  const names = alike.map(({ integration, title, id }) => `${integration}: ${title === "" ? id : title}`);
  return [styled(colour, "dim", `    Reads the same: ${oneLine(names.join(" · "))}`)];
}

/** The snippet's lines, matches in bold. Cleaning keeps the length, so the positions stay right. */
function highlighted(hit: SearchHit, colour: boolean): string[] {
  const snippet = harmless(hit.snippet);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of hit.highlights.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(snippet.slice(at, start), styled(colour, "bold", snippet.slice(start, end)));
    at = end;
  }
  parts.push(snippet.slice(at));
  return parts
    .join("")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

function formatWhy(hit: SearchHit, colour: boolean): string[] {
  return (hit.why ?? []).map((leg) => {
    const rank = leg.rank === null ? "not found" : `rank ${leg.rank}`;
    const score = `${leg.contribution.toFixed(3)} of ${hit.score.toFixed(3)}`;
    return styled(colour, "dim", `    ${leg.leg}: ${rank}, ${score} (raw ${leg.raw.toFixed(3)})`);
  });
}
