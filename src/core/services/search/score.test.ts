import { expect, test } from "bun:test";
import { chunkOf } from "@test/scored-chunks";
import { noScores, scoreLegs } from "./score";

test("a passage whose vector points away from the query loses nothing by it", () => {
  const candidates = [1, 2].map((no) => {
    const { candidate } = chunkOf(no, {});
    return { candidate: { ...candidate, rowId: no }, title: 0, found: { ...noScores }, parts: undefined };
  });
  const chunks = new Map([
    [1, -0.2],
    [2, 0.4],
  ]);
  const cosines = { chunks, keyPoints: new Map<number, number>(), questions: new Map<number, number>() };
  const scored = scoreLegs({ candidates, fieldScores: new Map(), cosines });
  expect(scored.map(({ raw }) => raw.vector)).toEqual([0, 0.4]);
});
