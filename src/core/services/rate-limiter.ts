import PQueue from "p-queue";

/** Runs jobs no faster than a provider should be asked. */
export interface Bottleneck {
  schedule: <Result>(job: () => Promise<Result>) => Promise<Result>;
}

/** At most `concurrency` jobs at once, and at most one start every `spacingMs` milliseconds. */
export function createBottleneck(options: { concurrency: number; spacingMs: number }): Bottleneck {
  const queue = new PQueue({ concurrency: options.concurrency, interval: options.spacingMs, intervalCap: 1 });
  return { schedule: (job) => queue.add(job) };
}

/** The one gate for every call to a language or embedding model: `aiGatewayBottleneck.schedule(() => …)`. */
export const aiGatewayBottleneck: Bottleneck = createBottleneck({ concurrency: 5, spacingMs: 200 });
