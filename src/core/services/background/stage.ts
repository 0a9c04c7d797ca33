import { messageOf } from "@/core/models/errors";
import { sleep } from "@/lib/utils";
import { StageDrain } from "./stage-drain";
import { DEFAULT_BUDGET, StageLedger } from "./stage-ledger";
import type { BackgroundStage, StageOptions, StageOutcome } from "./stage-types";

/**
 * A durable queue of background work on artifacts by something that costs, is slow or may be away: a language model, an
 * embedding provider. Syncs neither wait for it nor know of it. It keeps to a budget an integration, gives up what
 * cannot be done, waits longer and longer while the worker is away, and catches up afterwards, through any restart.
 */
export function createBackgroundStage<Position>(options: StageOptions<Position>): BackgroundStage {
  const { db, log, name, worker, budget = DEFAULT_BUDGET, pollMs = 60_000, now = Date.now } = options;
  const ledger = new StageLedger(db, name, worker, budget, now);
  let draining: Promise<StageOutcome> | undefined;
  // A budget opens again with an hour: until then, nobody looks through what waits for what may not be done.
  let spent: { hour: string; integrations: readonly string[] } = { hour: "", integrations: [] };
  let running: { abort: AbortController; done: Promise<void> } | undefined;

  const run = async (signal?: AbortSignal): Promise<StageOutcome> => {
    const hour = new Date(now()).toISOString().slice(0, 13);
    const known = spent.hour === hour ? spent.integrations : [];
    const outcome = await new StageDrain(options, ledger, { signal, spent: known }).run();
    spent = { hour, integrations: outcome.overBudget };
    return outcome;
  };
  const drain = (signal?: AbortSignal): Promise<StageOutcome> => {
    draining ??= run(signal).finally(() => {
      draining = undefined;
    });
    return draining;
  };
  const work = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await drain(signal);
        await sleep(pollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.error("Background work stumbled; it goes on in a while.", {
          stage: name,
          error: messageOf(error),
        });
        await sleep(pollMs, signal).catch(() => undefined);
      }
    }
  };
  return {
    drain,
    start: () => {
      if (running !== undefined) return;
      const abort = new AbortController();
      running = { abort, done: work(abort.signal) };
    },
    stop: async () => {
      running?.abort.abort();
      await running?.done;
      running = undefined;
    },
  };
}
