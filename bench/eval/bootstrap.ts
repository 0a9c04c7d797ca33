/** A difference of means with the range that holds 95 of 100 resampled ones. */
export interface Difference {
  mean: number;
  low: number;
  high: number;
}

/**
 * Paired bootstrap (Efron; for retrieval see Sakai 2006): the questions are drawn again with replacement, and both
 * settings are compared on the same draw. Collections count alike, however many questions they have.
 *
 * @param differences one list of differences a collection, one difference a question.
 */
export function pairedBootstrap(
  differences: readonly (readonly number[])[],
  rounds = 1_000,
  seed = 1,
): Difference {
  const lists = differences.filter((list) => list.length > 0);
  if (lists.length === 0) return { mean: 0, low: 0, high: 0 };
  const random = generator(seed);
  const means = Array.from({ length: rounds }, () =>
    average(lists.map((list) => average(list.map(() => list[Math.floor(random() * list.length)] ?? 0)))),
  ).sort((a, b) => a - b);
  return {
    mean: average(lists.map(average)),
    low: means[Math.floor(0.025 * rounds)] ?? 0,
    high: means[Math.ceil(0.975 * rounds) - 1] ?? 0,
  };
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** Marsaglia's xorshift: the same draws in every run. */
function generator(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
