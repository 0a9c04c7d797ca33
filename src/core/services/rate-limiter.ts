import PQueue from "p-queue";

/** Runs jobs no faster than a provider should be asked. */
export interface Bottleneck {
  /** @param isAwaited somebody waits for it right now, as for a question's vector: it goes before all other work. */
  schedule: <Result>(job: () => Promise<Result>, isAwaited?: boolean) => Promise<Result>;
}

interface Pace {
  concurrency: number;
  spacingMs: number;
}

/**
 * At most `concurrency` jobs at once, and at most one start every `spacingMs` milliseconds. What is awaited has as many
 * places of its own: the others may be held for a minute each by what takes its time.
 */
export function createBottleneck({ concurrency, spacingMs }: Pace): Bottleneck {
  const gate = () => new PQueue({ concurrency, interval: spacingMs, intervalCap: 1 });
  const [others, awaited] = [gate(), gate()];
  return { schedule: (job, isAwaited = false) => (isAwaited ? awaited : others).add(job) };
}

/** The one gate for every call to a language or embedding model: `aiGatewayBottleneck.schedule(() => …)`. */
export const aiGatewayBottleneck: Bottleneck = createBottleneck({ concurrency: 5, spacingMs: 200 });
