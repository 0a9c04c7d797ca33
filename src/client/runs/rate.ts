/** How fast a run goes, from what was seen of it while the page was open. */

export interface Sample {
  /** Milliseconds. */
  at: number;
  seen: number;
}

/** Time that counts for the rate, in milliseconds. */
const span = 30_000;

/** Adds what is seen now; what is older than half a minute goes. */
export function withSample(samples: readonly Sample[], now: Sample): Sample[] {
  return [...samples.filter((one) => now.at - one.at <= span && one.seen <= now.seen), now];
}

/** Items a second over the samples, or undefined when they say nothing yet. */
export function itemsPerSecond(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const seconds = (last.at - first.at) / 1000;
  return seconds < 2 || last.seen === first.seen ? undefined : (last.seen - first.seen) / seconds;
}

/** "12 a second, about 3 minutes left"; empty while nothing is known. */
export function rateWords(rate: number | undefined, left: number | undefined): string {
  if (rate === undefined) return "";
  const speed = rate >= 1 ? `${Math.round(rate)} a second` : `${Math.max(1, Math.round(rate * 60))} a minute`;
  if (left === undefined || left <= 0) return speed;
  const seconds = left / rate;
  if (seconds < 60) return `${speed}, less than a minute left`;
  const minutes = Math.round(seconds / 60);
  const time = minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `${speed}, about ${time} left`;
}
