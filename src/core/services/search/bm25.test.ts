import { describe, expect, test } from "bun:test";
import { analyse, termHash } from "@/core/services/index/analyse";
import { analyseChunk, packTerms, unpackTerms } from "@/core/services/index/terms";
import { idf, WordScorer, type WordScores } from "./bm25";
import { parseQuery } from "./query";

const weights = { title: 2, heading: 1 };
const norm = { k1: 1.2, b: 0.75 };
const emptyTerms = { title: 0, heading: 0, hashes: new Uint32Array() };

/** Scores a text for a query in which every word is as rare as any; the mean length is 10 words. */
function score(query: string, text: string, title = ""): WordScores {
  return scoreAs(query, text, { title });
}

interface As {
  title?: string;
  isTalk?: boolean;
  rarities?: Readonly<Record<string, number>>;
}

/** The same for talk, or for words that are rarer than others, by stem. */
function scoreAs(query: string, text: string, { title = "", isTalk = false, rarities = {} }: As): WordScores {
  const parsed = parseQuery(query);
  const terms = parsed.terms.map((term) => {
    const rarity = rarities[term.stem] ?? 1;
    return { ...term, rarity, weight: term.count * rarity, isNumber: /\d/.test(term.stem) };
  });
  const scorer = new WordScorer(terms, parsed.pairs, weights, parsed.times);
  const chunk = analyseChunk(analyse(title), null, text);
  const stems = unpackTerms(packTerms(chunk, "stem"));
  const exact = unpackTerms(packTerms(chunk, "exact"));
  return scorer.score({ stems, exact, isTalk }, norm, 10);
}

describe("BM25 over stems", () => {
  test("is 0 without a match", () => {
    expect(score("gamma", "alpha beta")).toEqual({
      words: 0,
      exact: 0,
      pairs: 0,
      window: 0,
      time: 0,
      numbers: 0,
    });
  });

  test("equals the formula", () => {
    const expected = (2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 4) / 10));
    expect(score("alpha", "alpha alpha beta gamma").words).toBeCloseTo(expected, 10);
  });

  test("prefers the shorter of two texts that match alike", () => {
    expect(score("alpha", "alpha beta").words).toBeGreaterThan(
      score("alpha", "alpha beta gamma delta").words,
    );
  });

  test("counts a word in the title more than one in the text", () => {
    const inTitle = score("alpha", "beta", "alpha").words;
    expect(inTitle).toBeGreaterThan(score("alpha", "alpha", "beta").words);
  });

  test("tells what each term has in it", () => {
    const terms = parseQuery("alpha beta gamma").terms.map((term) => ({ ...term, rarity: 1, weight: 1 }));
    const chunk = analyseChunk([], null, "alpha alpha gamma");
    const stems = unpackTerms(packTerms(chunk, "stem"));
    const parts = new Float64Array(terms.length);
    const { words } = new WordScorer(terms, [], weights).score(
      { stems, exact: stems, isTalk: true },
      norm,
      10,
      parts,
    );
    expect(parts[1]).toBe(0);
    expect(parts[0]).toBeGreaterThan(parts[2] ?? Number.NaN);
    expect((parts[0] ?? 0) + (parts[2] ?? 0)).toBeCloseTo(words, 12);
  });

  test("counts a word that the query repeats as often", () => {
    expect(score("alpha alpha beta", "alpha").words).toBeCloseTo(2 * score("alpha beta", "alpha").words, 10);
  });
});

describe("another form of a word", () => {
  const scoreForm = (text: string) => {
    const forms = [{ stemHash: termHash("gamma"), likeness: 0.5 }];
    const { terms, pairs } = parseQuery("alpha beta");
    const scored = terms.map((term) => ({
      ...term,
      rarity: 1,
      weight: 1,
      ...(term.stem === "alpha" && { forms }),
    }));
    const chunk = analyseChunk([], null, text);
    const stems = unpackTerms(packTerms(chunk, "stem"));
    const exact = unpackTerms(packTerms(chunk, "exact"));
    return new WordScorer(scored, pairs, weights).score({ stems, exact, isTalk: false }, norm, 10);
  };

  test("counts as that word, in part, and not as written", () => {
    const damping = 1.2 * (0.25 + (0.75 * 2) / 10);
    expect(scoreForm("gamma delta").words).toBeCloseTo((0.5 * 2.2) / (0.5 + damping), 10);
    expect(scoreForm("gamma delta").exact).toBe(0);
  });

  test("beside the word itself adds to how often that is there, and makes no second word", () => {
    const damping = 1.2 * (0.25 + (0.75 * 2) / 10);
    expect(scoreForm("alpha gamma").words).toBeCloseTo((1.5 * 2.2) / (1.5 + damping), 10);
    expect(scoreForm("alpha gamma").window).toBe(1);
    expect(scoreForm("gamma beta")).toMatchObject({ window: 2, pairs: 1 });
  });

  test("may be one of very many", () => {
    const forms = Array.from({ length: 200 }, (_, index) => ({ stemHash: index + 1, likeness: 0.5 }));
    const term = { stemHash: 1_000, exactHashes: [], rarity: 1, weight: 1, forms };
    const chunk = { stems: { title: 0, heading: 0, hashes: Uint32Array.of(200, 201) }, exact: emptyTerms };
    const { words } = new WordScorer([term], [], weights).score({ ...chunk, isTalk: false }, norm, 2);
    expect(words).toBeCloseTo((0.5 * 2.2) / (0.5 + 1.2), 10);
  });
});

describe("BM25 over words as written", () => {
  test("tells the same word from another form of it", () => {
    expect(score("rotating", "rotating").exact).toBeGreaterThan(0);
    expect(score("rotating", "rotated").exact).toBe(0);
    expect(score("rotating", "rotated").words).toBeGreaterThan(0);
  });
});

describe("pairs", () => {
  test("are found where the words stand together, once", () => {
    expect(score("rotate keys", "rotate keys and rotate the keys").pairs).toBe(1);
  });

  test("are not found far apart or the other way round", () => {
    expect(score("rotate keys", "rotate one two three four five keys").pairs).toBe(0);
    expect(score("rotate keys", "keys rotate").pairs).toBe(0);
  });
});

describe("the window", () => {
  const far = Array.from({ length: 20 }, (_, index) => `w${index}x`).join(" ");

  test("holds the different words that stand within a sentence, each once", () => {
    expect(score("alpha beta gamma", "alpha beta alpha and gamma").window).toBe(3);
    expect(score("alpha beta gamma", `alpha alpha ${far} beta gamma`).window).toBe(2);
  });

  test("is the best of several, wherever it stands", () => {
    expect(score("alpha beta gamma", `alpha ${far} beta gamma alpha ${far} beta`).window).toBe(3);
  });

  test("is of the text alone", () => {
    expect(score("alpha beta", "other", "alpha beta").window).toBe(0);
  });
});

describe("the window of talk", () => {
  const rarities = { alpha: 4, beta: 1, gamma: 1 };
  const windowOf = (text: string, isTalk: boolean) =>
    scoreAs("alpha beta gamma", text, { isTalk, rarities }).window;

  test("is worth as much as any when it holds all", () => {
    expect(windowOf("alpha beta gamma", false)).toBe(6);
    expect(windowOf("alpha beta gamma", true)).toBeCloseTo(6, 10);
  });

  test("asks for the rare words, by their square", () => {
    expect(windowOf("beta gamma", false)).toBe(2);
    expect(windowOf("beta gamma", true)).toBeCloseTo((6 * 2) / 18, 10);
    expect(windowOf("alpha", true)).toBeCloseTo((6 * 16) / 18, 10);
  });

  test("is nothing where no word is rare", () => {
    const rarities = { alpha: 0, beta: 0 };
    expect(scoreAs("alpha beta", "alpha beta", { isTalk: true, rarities }).window).toBe(0);
  });

  test("leaves all else as it is in other texts", () => {
    const [talk, text] = [true, false].map((isTalk) =>
      scoreAs("alpha beta", "beta alpha", { isTalk, rarities }),
    );
    expect({ ...talk, window: 0, time: 0 }).toEqual({ ...text, window: 0, time: 0 });
  });
});

describe("the window that names a time", () => {
  const far = Array.from({ length: 20 }, (_, index) => `w${index}x`).join(" ");

  test("counts where the question asks for one", () => {
    expect(score("When did alpha meet beta", "On Monday alpha met beta").time).toBe(2);
    expect(score("When did alpha meet beta", "alpha met beta in May").time).toBe(2);
    expect(score("Where did alpha meet beta", "On Monday alpha met beta").time).toBe(0);
  });

  test("is the best of those alone that hold a time, in the text", () => {
    const text = `alpha beta gamma ${far} Monday alpha ${far} beta gamma ${far} 2024`;
    expect(score("When did alpha beta gamma end", text).time).toBe(1);
    expect(score("When did alpha beta gamma end", text).window).toBe(3);
    expect(score("When did alpha end", "alpha ended", "alpha in 2024").time).toBe(0);
  });
});

describe("the stretch with most of the numbers", () => {
  test("counts numbers, and words with one in them, alone", () => {
    expect(score("payment 6422 declined", "payment 6422 declined").numbers).toBe(1);
    expect(score("payment 6422 declined", "payment declined").numbers).toBe(0);
    expect(score("worker 12 9f31c", "9f31c in worker 12").numbers).toBe(2);
  });

  test("holds them close together", () => {
    const far = `12 ${"word ".repeat(40)} 9f31c`;
    expect(score("12 9f31c", far).numbers).toBe(1);
  });

  test("is nothing in talk, where a number is one word of many", () => {
    expect(scoreAs("at 6422", "at 6422", { isTalk: true }).numbers).toBe(0);
  });
});

describe("idf", () => {
  test("falls with frequency and never below 0", () => {
    const values = [0, 1, 10, 500, 1_000, 2_000].map((frequency) => idf(1_000, frequency));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });
});
