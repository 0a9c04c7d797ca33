import { describe, expect, test } from "bun:test";
import { chunkOf } from "@test/scored-chunks";
import { explain, fuse, leaders } from "./fuse";
import type { ScoredChunk } from "./score";
import { defaultWeights, legNames } from "./weights";

describe("fuse", () => {
  test("ranks artifacts by their best chunk", () => {
    const scored = [
      chunkOf(1, { words: 1 }),
      chunkOf(2, { words: 3 }),
      chunkOf(1, { words: 4 }, { ordinal: 1 }),
    ];
    const ranked = fuse(scored, defaultWeights);
    expect(ranked.map(({ best }) => [best.candidate.no, best.candidate.ordinal])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test("scales each leg by its best, so no leg's units count", () => {
    const small = fuse([chunkOf(1, { words: 2, characters: 1 }), chunkOf(2, { words: 1 })], defaultWeights);
    const large = fuse(
      [chunkOf(1, { words: 200, characters: 100 }), chunkOf(2, { words: 100 })],
      defaultWeights,
    );
    expect(large.map(({ score }) => score)).toEqual(small.map(({ score }) => score));
  });

  test("takes a title for what it is: a better one elsewhere takes nothing from it, nor a worse one gives", () => {
    const scores = [0.1, 0.9].map(
      (title) =>
        fuse([chunkOf(1, { title: 0.5 }), chunkOf(2, { title })], defaultWeights).find(
          ({ best }) => best.candidate.no === 1,
        )?.score,
    );
    expect(scores[0]).toBe(0.5 * defaultWeights.legs.title);
    expect(scores[1]).toBe(scores[0]);
  });

  test("gives a passage that is not near little for being the nearest", () => {
    const [first] = fuse([chunkOf(1, { vector: 0.03 }), chunkOf(2, { vector: 0.01 })], defaultWeights);
    expect(first?.score).toBeCloseTo(0.1 * defaultWeights.legs.vector, 12);
    const [near] = fuse([chunkOf(1, { vector: 0.6 }), chunkOf(2, { vector: 0.5 })], defaultWeights);
    expect(near?.score).toBeCloseTo(defaultWeights.legs.vector, 12);
  });

  test("explains each score by contributions that sum to it", () => {
    const scored = [
      chunkOf(1, { words: 2, characters: 5, length: 0.4 }),
      chunkOf(2, { words: 3, neighbours: 2, fields: 1 }),
    ];
    for (const ranked of fuse(scored, defaultWeights)) {
      const why = explain(ranked, scored, defaultWeights);
      expect(why.map((trace) => trace.leg)).toEqual([...legNames]);
      expect(why.reduce((total, trace) => total + trace.contribution, 0)).toBeCloseTo(ranked.score, 12);
    }
  });

  test("gives a leg that found nothing no rank", () => {
    const scored = [chunkOf(1, { words: 2 })];
    const [ranked] = fuse(scored, defaultWeights);
    const why = ranked === undefined ? [] : explain(ranked, scored, defaultWeights);
    expect(why.find((trace) => trace.leg === "words")?.rank).toBe(1);
    expect(why.find((trace) => trace.leg === "pairs")?.rank).toBeNull();
  });
});

/** What the neighbours of the only chunk contribute. */
function neighboursOf(chunk: ScoredChunk): number {
  const [ranked] = fuse([chunk], defaultWeights);
  if (ranked === undefined) return Number.NaN;
  const why = explain(ranked, [chunk], defaultWeights);
  return why.find(({ leg }) => leg === "neighbours")?.contribution ?? Number.NaN;
}

test("what stands around counts more for a short message than for a long artifact, however short its passage", () => {
  const weightFor = (artifactWords: number) => {
    return neighboursOf(chunkOf(1, { neighbours: 1 }, { artifactWords }));
  };
  expect(weightFor(0)).toBe(defaultWeights.legs.neighbours);
  expect(weightFor(defaultWeights.neighbourWords)).toBe(defaultWeights.legs.neighbours / 2);
  expect(weightFor(10_000)).toBeLessThan(0.02);
});

test("what stands around counts less for an exchange of several messages than for one message as long", () => {
  const weightFor = (lines: number) => {
    return neighboursOf(chunkOf(1, { neighbours: 1 }, { artifactWords: 0, lines }));
  };
  expect(weightFor(3)).toBe(defaultWeights.legs.neighbours);
  expect(weightFor(4)).toBe(defaultWeights.legs.neighbours * defaultWeights.neighboursOfExchange);
});

/** What words beside the second chunk contribute, where the first has words of 4. */
function besideOf(beside: number, artifactWords = 0): number {
  const scored = [chunkOf(1, { words: 4 }), chunkOf(2, { words: 1, beside }, { artifactWords, lines: 9 })];
  const second = fuse(scored, defaultWeights).find(({ best }) => best.candidate.no === 2);
  const why = second === undefined ? [] : explain(second, scored, defaultWeights);
  return why.find(({ leg }) => leg === "beside")?.contribution ?? Number.NaN;
}

test("words that stand beside a message are measured by those that stand in one", () => {
  expect(besideOf(2)).toBe(defaultWeights.legs.beside / 2);
  expect(besideOf(1)).toBe(defaultWeights.legs.beside / 4);
});

test("words that stand beside it count for a passage as for a message, and hardly for a long artifact", () => {
  const { legs, besideWords } = defaultWeights;
  expect(besideOf(4, 150)).toBeGreaterThan(0.95 * legs.beside);
  expect(besideOf(4, besideWords)).toBe(legs.beside / 2);
  expect(besideOf(4, 2_000)).toBeLessThan(0.01 * legs.beside);
});

test("leaders are the chunks with the best scores so far", () => {
  const scored = [1, 5, 3].map((words, index) => chunkOf(index, { words }));
  expect(leaders(scored, defaultWeights, 2).map(({ candidate }) => candidate.no)).toEqual([1, 2]);
  expect(leaders(scored, defaultWeights, 9).length).toBe(3);
});
