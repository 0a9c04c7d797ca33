/**
 * What `ask` gives: asked for by whoever needs it first, and kept for those who come meanwhile and later. A failure is not
 * kept, so that whoever comes next asks anew.
 */
export function askedOnce<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
