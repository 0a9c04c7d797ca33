import { expect, test } from "bun:test";
import { hashEmbedder } from "./hash-embedder";

async function similarity(one: string, other: string): Promise<number> {
  const [a, b] = await hashEmbedder.embed([one, other], "document");
  return (a ?? new Float32Array()).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0);
}

test("vectors have length 1 and the promised dimensions, whatever the text", async () => {
  for (const vector of await hashEmbedder.embed(["hello world", "", "北京", "!?"], "query")) {
    expect(vector.length).toBe(hashEmbedder.dimension);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  }
});

test("the same text gives the same vector", async () => {
  expect(await similarity("budget for travel", "budget for travel")).toBeCloseTo(1, 5);
});

test("texts that share words are nearer than texts that do not", async () => {
  const near = await similarity("the travel budget of the team", "who approves the travel budget");
  const far = await similarity("the travel budget of the team", "rotating keys in staging");
  expect(near).toBeGreaterThan(far + 0.2);
});
