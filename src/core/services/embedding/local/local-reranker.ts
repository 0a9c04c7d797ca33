import { messageOf, TransientError } from "@/core/models/errors";
import type { Reranker } from "@/core/services/search/reranker";
import { folderOf, type LocalModel } from "./local-embedder";
import { ModelThread } from "./model-thread";

/** How long a search waits for the reranker, in milliseconds. */
const WAIT_MS = 5_000;
/** How long one that did not answer is left alone, so that not every search waits for it again. */
const REST_MS = 15_000;

export type LocalReranker = Reranker & { close: () => Promise<void> };

/**
 * A cross-encoder that runs on this machine, in a thread that starts with the first search. One from the hub is fetched
 * once, which goes on when the search that began it does not wait any longer.
 */
export function localReranker(local: Omit<LocalModel, "name">, waitMs = WAIT_MS): LocalReranker {
  let opening: Promise<ModelThread> | undefined;
  let restsUntil = 0;
  let answeredAt = 0;
  const open = async () => {
    const folder = await folderOf({ ...local, otherwise: "unset RERANK_MODEL" });
    const thread = new ModelThread({ folder, modelsFolder: local.modelsFolder });
    await thread.open();
    return thread;
  };
  const opened = (): Promise<ModelThread> => {
    if (Date.now() < restsUntil) throw new TransientError("The reranker did not answer a moment ago.");
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      restsUntil = Date.now() + REST_MS;
      local.log?.warn("The model in RERANK_MODEL cannot be opened; searches are ranked without it.", {
        reason: messageOf(error),
      });
      throw error;
    });
    return opening;
  };
  return {
    score: async (question, passages, signal) => {
      if (passages.length === 0) return [];
      const started = performance.now();
      const timeout = AbortSignal.timeout(waitMs);
      const stop = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      try {
        const thread = await Promise.race([opened(), aborted(stop)]);
        const scores = await thread.score(question, passages, stop);
        answeredAt = performance.now();
        return scores;
      } catch (error) {
        if (!timeout.aborted || signal?.aborted === true) throw error;
        // Where it answered others meanwhile, there were only too many of them at once.
        if (answeredAt < started) restsUntil = Date.now() + REST_MS;
        throw new TransientError(`The reranker did not answer within ${waitMs / 1_000} seconds.`, {
          cause: error,
        });
      }
    },
    close: async () => {
      // One that never opened has nothing to close.
      await opening?.then((thread) => thread.close()).catch(() => undefined);
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return promise;
}
