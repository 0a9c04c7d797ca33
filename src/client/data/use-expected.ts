import { useState } from "react";

/**
 * What is shown at once after a press, before the server has said so: `actual` with what was asked for laid over it,
 * until the server's own word comes or the request fails.
 *
 * @param mark changes with the server's word, and nothing else
 */
export function useExpected<T extends object>(actual: T, mark: string) {
  const [expected, setExpected] = useState<{ mark: string; change: Partial<T> }>();
  return {
    shown: expected?.mark === mark ? { ...actual, ...expected.change } : actual,
    expect: (change: Partial<T>) => setExpected({ mark, change }),
    takeBack: () => setExpected(undefined),
  };
}
