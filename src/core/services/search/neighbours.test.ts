import { describe, expect, test } from "bun:test";
import { chunkOf } from "@test/scored-chunks";
import type { Candidate } from "./load-candidates";
import { addNeighbours, spreadCharacters } from "./neighbours";

describe("neighbours", () => {
  const at = (no: number, position: number, words: number, rest: Partial<Candidate> = {}) =>
    chunkOf(no, { words }, { container: "c/", position, ...rest });

  test("lend their words to the messages around", () => {
    const scored = [at(1, 1, 4), at(2, 2, 0), at(3, 3, 2)];
    addNeighbours(scored);
    expect(scored.map(({ raw }) => raw.neighbours)).toEqual([1, 6, 2]);
  });

  test("do not reach into another container, account or far away", () => {
    const scored = [
      at(1, 1, 4),
      at(2, 2, 0, { container: "d/" }),
      at(3, 3, 1, { source: "x" }),
      at(4, 50, 1),
    ];
    addNeighbours(scored);
    expect(scored.map(({ raw }) => raw.neighbours)).toEqual([0, 0, 0, 0]);
  });

  test("are for conversations and transcripts alone, and never the artifact itself", () => {
    const scored = [at(1, 1, 4, { kind: "document" }), at(2, 2, 4, { kind: "document" })];
    const parts = [at(3, 1, 4), at(3, 1, 4, { ordinal: 1 })];
    addNeighbours([...scored, ...parts]);
    expect([...scored, ...parts].map(({ raw }) => raw.neighbours)).toEqual([0, 0, 0, 0]);
  });
});

describe("characters of an exchange", () => {
  const part = (no: number, position: number, characters: number, rest: Partial<Candidate> = {}) =>
    chunkOf(no, { characters }, { container: "c/", lines: 9, position, ...rest });
  const spread = (...parts: ReturnType<typeof part>[]) => {
    spreadCharacters(parts, 0.5);
    return parts.map(({ raw }) => raw.characters);
  };

  test("come in part from the exchanges right before and after it", () => {
    expect(spread(part(1, 1, 4), part(2, 2, 2), part(3, 3, 8))).toEqual([2.5, 4, 4.5]);
  });

  test("are taken from what was scored, not from what was spread already", () => {
    expect(spread(part(3, 3, 8), part(2, 2, 0), part(1, 1, 0))).toEqual([4, 2, 0]);
  });

  test("remain where nothing stands beside it", () => {
    expect(spread(part(1, 1, 4), part(2, 9, 2), part(3, 9, 6, { container: "d/" }))).toEqual([4, 2, 6]);
    expect(spread(part(1, 1, 4), part(1, 1, 2, { ordinal: 1 }))).toEqual([4, 2]);
  });

  test("remain where it is one message, or no talk", () => {
    expect(spread(part(1, 1, 4, { lines: 3 }), part(2, 2, 2))).toEqual([4, 2]);
    expect(spread(part(1, 1, 4, { kind: "document" }), part(2, 2, 2, { kind: "document" }))).toEqual([4, 2]);
  });
});
