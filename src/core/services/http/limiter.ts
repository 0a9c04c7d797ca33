/**
 * Paces requests per host and credential: how many at once, how far apart, and not at all while the provider asks to
 * wait. First come, first served. Who waits holds no slot and can leave at any time.
 */
import { RateLimitedError } from "@/core/models/errors";
import type { HostLimits } from "@/core/models/http";
import { type Clock, systemClock } from "./clock";

export const DEFAULT_LIMITS: HostLimits = { concurrency: 4, spacingMs: 0 };

export interface Limiter {
  /**
   * Runs `job` when its turn comes.
   * @throws RateLimitedError when the queue is paused for longer than anyone should sit and wait, and the signal's
   * reason when aborted while waiting.
   */
  run: <Result>(
    key: string,
    limits: HostLimits,
    job: () => Promise<Result>,
    signal?: AbortSignal,
  ) => Promise<Result>;
  /**
   * Lets nobody of this queue start before `until` (epoch milliseconds). An earlier time than the present one is ignored.
   * @returns how much longer the queue stands still by it, in milliseconds.
   */
  pause: (key: string, until: number) => number;
  /** Queues in memory; those with nothing to remember are dropped. */
  size: () => number;
}

interface Waiter {
  limits: HostLimits;
  start: () => void;
  fail: (error: Error) => void;
}

interface Queue {
  key: string;
  running: number;
  nextStart: number;
  pausedUntil: number;
  waiting: Waiter[];
  /** Ends the wait for the next start; undefined when nobody waits for a time. */
  alarm: AbortController | undefined;
}

/** A limiter for all clients that are handed it. `parkAfterMs`: longest pause that is waited for, a little over the wait that one request sits out itself. */
export function createLimiter({ clock = systemClock, parkAfterMs = 65_000 } = {}): Limiter {
  const queues = new Map<string, Queue>();
  const queueOf = (key: string): Queue => {
    const known = queues.get(key);
    if (known !== undefined) return known;
    const queue = { key, running: 0, nextStart: 0, pausedUntil: 0, waiting: [], alarm: undefined };
    queues.set(key, queue);
    return queue;
  };
  const pump = (queue: Queue): void => startWaiting(queue, queues, clock, parkAfterMs, pump);
  return {
    async run(key, limits, job, signal) {
      signal?.throwIfAborted();
      const queue = queueOf(key);
      await turn(queue, limits, pump, signal);
      try {
        return await job();
      } finally {
        queue.running--;
        pump(queue);
      }
    },
    pause(key, until) {
      const queue = queueOf(key);
      const added = Math.max(0, until - Math.max(queue.pausedUntil, clock.now()));
      queue.pausedUntil = Math.max(queue.pausedUntil, until);
      pump(queue);
      return added;
    },
    size: () => queues.size,
  };
}

/** Resolves when a slot was taken for this caller. */
function turn(
  queue: Queue,
  limits: HostLimits,
  pump: (queue: Queue) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      queue.waiting = queue.waiting.filter((other) => other !== waiter);
      reject(signal?.reason);
      pump(queue);
    };
    const waiter: Waiter = {
      limits,
      start: () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      },
      fail: (error) => {
        signal?.removeEventListener("abort", leave);
        reject(error);
      },
    };
    signal?.addEventListener("abort", leave, { once: true });
    queue.waiting.push(waiter);
    pump(queue);
  });
}

/** Starts everyone whose turn it is and sets the alarm for the next one. */
function startWaiting(
  queue: Queue,
  queues: Map<string, Queue>,
  clock: Clock,
  parkAfterMs: number,
  pump: (queue: Queue) => void,
): void {
  const now = clock.now();
  if (queue.pausedUntil - now > parkAfterMs) turnAway(queue);
  for (let first = queue.waiting[0]; first !== undefined; first = queue.waiting[0]) {
    if (queue.running >= first.limits.concurrency) break;
    if (Math.max(queue.nextStart, queue.pausedUntil) > now) break;
    queue.waiting.shift();
    queue.running++;
    queue.nextStart = now + first.limits.spacingMs;
    first.start();
  }
  const next = Math.max(queue.nextStart, queue.pausedUntil);
  if (queue.waiting.length === 0) {
    queue.alarm?.abort();
    queue.alarm = undefined;
    if (queue.running === 0 && next <= now && queues.get(queue.key) === queue) queues.delete(queue.key);
  } else if (next > now && queue.alarm === undefined) {
    setAlarm(queue, next - now, clock, pump);
  }
}

function setAlarm(queue: Queue, ms: number, clock: Clock, pump: (queue: Queue) => void): void {
  const alarm = new AbortController();
  queue.alarm = alarm;
  const ring = () => {
    if (queue.alarm !== alarm) return;
    queue.alarm = undefined;
    pump(queue);
  };
  clock.sleep(ms, alarm.signal).then(ring, ring);
}

function turnAway(queue: Queue): void {
  const retryAt = new Date(queue.pausedUntil);
  for (const waiter of queue.waiting.splice(0)) {
    waiter.fail(new RateLimitedError(`The source asked to wait until ${retryAt.toISOString()}.`, retryAt));
  }
}
