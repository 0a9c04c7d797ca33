import { expect, test } from "bun:test";
import { levelCallCosines } from "./call-cosines";
import { chunkOf } from "@test/scored-chunks";

test("a passage of a call takes half of its cosine from the call's mean", () => {
  const scored = [
    chunkOf(1, { vector: 0.9 }, { kind: "transcript" }),
    chunkOf(1, { vector: 0.1 }, { kind: "transcript", ordinal: 1 }),
    chunkOf(2, { vector: 0.7 }, { kind: "transcript" }),
  ];
  levelCallCosines(scored);
  const found = scored.map(({ raw }) => Number(raw.vector.toFixed(3)));
  expect(found).toEqual([0.7, 0.3, 0.7]);
});

test("passages of other texts keep theirs", () => {
  const scored = [
    chunkOf(1, { vector: 0.9 }, { kind: "document" }),
    chunkOf(1, { vector: 0.1 }, { kind: "document", ordinal: 1 }),
  ];
  levelCallCosines(scored);
  expect(scored.map(({ raw }) => raw.vector)).toEqual([0.9, 0.1]);
});
