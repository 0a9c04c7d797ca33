/** Milliseconds that a thread waits in a row at most: what takes longer goes on beside its work. */
const LONGEST_MS = 60;

/**
 * Counts what somebody waits for, such as searches, in memory that all threads of the process see, so that those which
 * work in the background let it pass (`Passing`). Whoever begins it ends it here, so a thread that dies holds up nobody.
 */
export class RightOfWay {
  readonly #underWay: Int32Array<SharedArrayBuffer>;

  /** @param shared what the process's other threads are given. */
  constructor(readonly shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#underWay = new Int32Array(shared);
  }

  /** Has background threads let `work` pass until it is over, however it ends. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    Atomics.add(this.#underWay, 0, 1);
    try {
      return await work();
    } finally {
      if (Atomics.sub(this.#underWay, 0, 1) === 1) Atomics.notify(this.#underWay, 0);
    }
  }
}

/** A background thread's side of it. */
export class Passing {
  readonly #underWay: Int32Array<SharedArrayBuffer>;
  #since = performance.now();

  /** @param shared of the process's `RightOfWay`. */
  constructor(shared: SharedArrayBuffer) {
    this.#underWay = new Int32Array(shared);
  }

  /**
   * Holds the calling thread while something is under way: for between small pieces of work. It waits no longer than it
   * has worked since it last did, so that half of the time is left to it however much is asked. Never on the thread that
   * answers: nothing else runs on the thread meanwhile.
   */
  readonly letPass = (): void => {
    let underWay = Atomics.load(this.#underWay, 0);
    if (underWay <= 0) return;
    const now = performance.now();
    const until = now + Math.min(LONGEST_MS, now - this.#since);
    for (let left = until - now; underWay > 0 && left > 0; left = until - performance.now()) {
      Atomics.wait(this.#underWay, 0, underWay, left);
      underWay = Atomics.load(this.#underWay, 0);
    }
    this.#since = performance.now();
  };
}
