/** Ids as Discord makes them: milliseconds since 2015 above 22 bits of counter. */
const EPOCH_MS = 1_420_070_400_000n;

/** A maker of ids: unique, and in the order of their times. */
export function snowflakes(): (ms: number) => string {
  let counter = 0n;
  return (ms) => {
    counter = (counter + 1n) & 0x3f_ffffn;
    return String(((BigInt(Math.floor(ms)) - EPOCH_MS) << 22n) | counter);
  };
}

/** Milliseconds since 1970 that an id was made at. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH_MS);
}

export function compareIds(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
