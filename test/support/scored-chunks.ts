/** Chunks as scoring leaves them, for tests of what is made of their scores. */
import type { Candidate } from "@/core/services/search/load-candidates";
import { type LegScores, noScores, type ScoredChunk } from "@/core/services/search/score";

const terms = { title: 0, heading: 0, hashes: new Uint32Array(10) };

/** A chunk of artifact `no` with these raw scores. */
export function chunkOf(no: number, raw: Partial<LegScores>, rest: Partial<Candidate> = {}): ScoredChunk {
  const candidate: Candidate = {
    rowId: no * 10,
    no,
    ordinal: 0,
    kind: "conversation",
    title: "",
    artifactWords: 10,
    lines: 1,
    source: "chat\ndefault",
    container: null,
    position: null,
    stems: terms,
    exact: terms,
    ...rest,
  };
  return { candidate, raw: { ...noScores, ...raw } };
}
