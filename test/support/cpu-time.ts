/**
 * How much processor time `work` takes in this process and its threads, in milliseconds. Where something must not take
 * long, this is measured and not the clock, which other programs hold up.
 */
export async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
