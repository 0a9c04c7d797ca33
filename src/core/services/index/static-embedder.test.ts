import { describe, expect, test } from "bun:test";
import { familiarityOf, staticEmbedder } from "./static-embedder";

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

async function cosine(first: string, second: string): Promise<number> {
  const [a, b] = await staticEmbedder.embed([first, second], "document");
  return dot(a ?? new Float32Array(), b ?? new Float32Array());
}

describe("the table that comes with the program", () => {
  test("gives each text a vector of its dimension and length 1, in order", async () => {
    const vectors = await staticEmbedder.embed(["a first text", "", "another"], "document");
    expect(vectors.map((vector) => vector.length)).toEqual([256, 256, 256]);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    const [alone] = await staticEmbedder.embed(["another"], "query");
    expect(alone).toEqual(vectors[2] ?? new Float32Array());
  });

  test("knows what is alike though no word is shared", async () => {
    const question = "How much do employees earn?";
    expect(await cosine(question, "Salaries of the staff")).toBeGreaterThan(0.4);
    expect(await cosine(question, "The weather was cold")).toBeLessThan(0.2);
    expect(await cosine("a car", "an automobile")).toBeGreaterThan(await cosine("a car", "an apple"));
  });

  test("takes accents, case and punctuation for nothing", async () => {
    expect(await cosine("Café, RÉSUMÉ!", "cafe resume")).toBeCloseTo(1, 5);
  });

  test("has no say in other scripts and languages: nothing is near such a question", async () => {
    const passages = [
      "北京大学在哪里",
      "API 北京",
      "The keys are rotated each month.",
      "Der Schlüssel liegt im Büro.",
    ];
    const questions = ["北京大学在哪里", "छुट्टी का आवेदन किसे भेजें", "Wann verfallen die Resturlaubstage?"];
    const near = await staticEmbedder.embed(passages, "document");
    for (const question of await staticEmbedder.embed(questions, "query")) {
      for (const passage of near) expect(dot(question, passage)).toBe(0);
    }
  });

  test("sums any number of words without running over", async () => {
    const once = "the quick brown fox jumps over the lazy dog ";
    expect(await cosine(once, once.repeat(2_000))).toBeCloseTo(1, 4);
  });
});

test("a text's longer words tell how English it is", async () => {
  expect(await familiarityOf("How do I set up the printer?")).toBe(1);
  expect(await familiarityOf("Tulostimen asentaminen verkkoon")).toBe(0);
  expect(await familiarityOf("விலைப்பட்டியல் 請求書")).toBe(1);
});
