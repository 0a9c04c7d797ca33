import { describe, expect, test } from "bun:test";
import { HashTable } from "./hash-table";
import { TokenTable } from "./token-table";
import { WordPieces } from "./word-pieces";

const ascii = (text: string) => new TextEncoder().encode(text);

/** A file of these pieces, each with its row. */
function fileOf(rows: Record<string, number[]>): ArrayBuffer {
  const words = Object.keys(rows).join("\n");
  const vocabulary = ascii(words.padEnd(Math.ceil(words.length / 4) * 4, "\n"));
  const values = Object.values(rows).flatMap((row) => row.map((value) => value + 128));
  const head = new Uint32Array([Object.keys(rows).length, 8, vocabulary.length]);
  return Uint8Array.from([...ascii("STET"), ...new Uint8Array(head.buffer), ...vocabulary, ...values]).buffer;
}

const alpha = [100, 0, 0, 0, 0, 0, 0, -100];
const beta = [0, 50, 0, 0, 0, 0, 0, 0];

describe("a token table", () => {
  test("is the mean of the pieces' rows, at length 1", () => {
    const vector = new TokenTable(fileOf({ alpha, beta })).embed("alpha beta beta", "document");
    const length = Math.hypot(100, 100, 100);
    const expected = [100, 100, 0, 0, 0, 0, 0, -100].map((value) => value / length);
    for (const [at, value] of expected.entries()) expect(vector[at]).toBeCloseTo(value, 6);
  });

  test("takes the extremes of a byte, a thousand times", () => {
    const vector = new TokenTable(fileOf({ low: Array(8).fill(-127), high: Array(8).fill(127) })); // prettier-ignore
    for (const [word, sign] of [
      ["low", -1],
      ["high", 1],
    ] as const) {
      // prettier-ignore
      const [first] = vector.embed(`${word} `.repeat(1_000), "document");
      expect(first).toBeCloseTo(sign / Math.sqrt(8), 6);
    }
  });

  test("keeps texts that it does not know apart from all others, and questions from those", () => {
    const table = new TokenTable(fileOf({ alpha: [1, 2, 3, 4, 5, 6, 0, 0] }));
    expect([...table.embed("北京", "document")]).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
    expect([...table.embed("北京", "query")]).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect([...table.embed("alpha unbekannte wörter", "query")]).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(table.embed("alpha unbekannte wörter", "document")[7]).toBe(0);
  });

  test("that is foreign or cut short is refused in plain words", () => {
    const whole = fileOf({ alpha, beta });
    expect(() => new TokenTable(new ArrayBuffer(3))).toThrow("first bytes");
    expect(() => new TokenTable(ascii("SQLite format 3 and more").buffer)).toThrow("first bytes");
    expect(() => new TokenTable(whole.slice(0, whole.byteLength - 4))).toThrow("install");
  });
});

describe("word pieces", () => {
  const pieces = new WordPieces(ascii("play\nplaying\n##ing\n##er\n##e\n##r\nred"), 7);
  const cut = (text: string) => {
    const found: number[] = [];
    pieces.each(text, (piece) => found.push(piece));
    return found;
  };

  test("are the longest that fit, from the start on", () => {
    expect(cut("playing player red")).toEqual([1, 0, 3, 6]);
    expect(cut("player player")).toEqual([0, 3, 0, 3]);
  });

  test("are none for a word of which a part is unknown, of another script, or endless", () => {
    expect(cut("playx 北京 прию red")).toEqual([6]);
    expect(cut(`${"red".repeat(1_000)} red`)).toEqual([6]);
  });

  test("do not mind case and accents", () => {
    expect(cut("RÉD, Plåyîng")).toEqual([6, 1]);
  });
});

test("a hash table tells pairs apart that share their first half", () => {
  const table = new HashTable(16);
  table.set(7, 1, 10);
  table.set(7, 2, 20);
  table.set(23, 1, 30);
  expect([table.get(7, 1), table.get(7, 2), table.get(23, 1), table.get(8, 1)]).toEqual([10, 20, 30, -1]);
  table.clear();
  expect(table.get(7, 1)).toBe(-1);
});
