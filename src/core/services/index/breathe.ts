/** Milliseconds of work before other work gets its turn. */
const longestStretch = 15;

/** Gives other work its turn when this has gone on for a while: call it between small pieces of work. */
export class Breather {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since < longestStretch) return;
    await Bun.sleep(0);
    this.since = performance.now();
  }
}
