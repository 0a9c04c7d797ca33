/**
 * Who runs when. Statements are tried one after the other, and quick ones are over before anybody notices. One that
 * takes longer goes on in a lane of its own. There is one such lane: a second slow one makes room for whoever waits
 * behind it, and runs anew once the lane is free. So slow ones wait for each other, and quick ones for no slow one's end.
 */
import { CancelledError, ConflictError } from "@/core/models/errors";

/** Ends early when `signal` is aborted. Says when it has really begun: time before that counts for nothing. */
export type Work<Result> = (signal: AbortSignal, begun: () => void) => Promise<Result>;

export interface Lanes {
  /** @throws ConflictError for what waited too long for its turn, and at once where too much waits. */
  run: <Result>(work: Work<Result>, signal?: AbortSignal) => Promise<Result>;
}

interface Limits {
  /** How long something runs before it counts as slow, in milliseconds. */
  quickMs: number;
  /** How long something may wait for its turn, in milliseconds. */
  longestWaitMs: number;
  /** How many may wait, so that what they hold in memory is bounded. */
  longestQueue: number;
}

interface Turn {
  /** Never rejects. What it gives tells the caller how it ended; there is nothing to tell of what is to run anew. */
  begin: (begun: () => void) => Promise<(() => void) | undefined>;
  refuse: () => void;
  /** Stops it, to be begun anew. */
  makeRoom: () => void;
  slow: boolean;
  askedAt: number;
}

export function createTwoLanes(limits: Limits): Lanes {
  const untried: Turn[] = [];
  const slowOnes: Turn[] = [];
  let quickLane: Turn | undefined;
  let slowLane: Turn | undefined;

  /** Never rejects. */
  const bringToEnd = async (turn: Turn): Promise<void> => {
    let timer: Timer | undefined;
    const grewSlow = () => {
      turn.slow = true;
      fill();
    };
    const begun = () => void (timer ??= turn.slow ? undefined : setTimeout(grewSlow, limits.quickMs));
    const tell = await turn.begin(begun);
    clearTimeout(timer);
    if (quickLane === turn) quickLane = undefined;
    if (slowLane === turn) slowLane = undefined;
    if (tell === undefined) slowOnes.push(turn);
    fill();
    // Last: whoever is told may ask again at once, and finds the lanes as they are.
    tell?.();
  };

  const begin = (turn: Turn): Turn => {
    void bringToEnd(turn);
    return turn;
  };

  /** The first that has not waited too long. */
  const takeFrom = (waiting: Turn[]): Turn | undefined => {
    for (;;) {
      const turn = waiting.shift();
      if (turn === undefined || performance.now() - turn.askedAt <= limits.longestWaitMs) return turn;
      turn.refuse();
    }
  };

  const fill = (): void => {
    if (slowLane === undefined && quickLane?.slow === true) [slowLane, quickLane] = [quickLane, undefined];
    const slow = slowLane === undefined ? takeFrom(slowOnes) : undefined;
    if (slow !== undefined) slowLane = begin(slow);
    if (quickLane?.slow === true && untried.length > 0) quickLane.makeRoom();
    const fresh = quickLane === undefined ? takeFrom(untried) : undefined;
    if (fresh !== undefined) quickLane = begin(fresh);
  };

  return {
    run: (work, signal) => {
      if (untried.length + slowOnes.length >= limits.longestQueue) throw tooMany();
      const { turn, promise } = createTurn(work, signal);
      untried.push(turn);
      fill();
      return promise;
    },
  };
}

function createTurn<Result>(
  work: Work<Result>,
  signal?: AbortSignal,
): { turn: Turn; promise: Promise<Result> } {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let room = new AbortController();
  const turn: Turn = {
    askedAt: performance.now(),
    slow: false,
    refuse: () => reject(tooMany()),
    makeRoom: () => room.abort(),
    begin: async (begun) => {
      room = new AbortController();
      const either = signal === undefined ? room.signal : AbortSignal.any([signal, room.signal]);
      try {
        if (signal?.aborted === true) throw new CancelledError("The query was cancelled.");
        const result = await work(either, begun);
        return () => resolve(result);
      } catch (error) {
        const isGivenUp = signal?.aborted === true;
        return room.signal.aborted && !isGivenUp ? undefined : () => reject(error);
      }
    },
  };
  return { turn, promise };
}

function tooMany(): ConflictError {
  return new ConflictError("Too many queries are waiting.", { action: "Try again in a few seconds." });
}
