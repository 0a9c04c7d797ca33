import type { EmbeddingModel, EmbedManyResult } from "ai";
import { z } from "zod";
import { PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import type { Embedder } from "@/core/services/index/embedder";
import { consequenceOf } from "@/core/services/insights/llm-errors";
import { type Bottleneck, aiGatewayBottleneck } from "@/core/services/rate-limiter";
import { retry, sleep } from "@/lib/utils";

export interface RemoteModel {
  /** As it stands in EMBEDDING_MODEL; with the dimension it names the index version. */
  name: string;
  model: EmbeddingModel;
  bottleneck?: Bottleneck;
  /** Told the tokens that the provider says a call used. */
  onTokens?: ((tokens: number) => void) | undefined;
  /** How long one call may take, in milliseconds. Default 60,000. */
  timeoutMs?: number;
  /** Wait before the second of three calls, in milliseconds; doubles. Default 1,000. */
  baseDelayMs?: number;
}

const hints = {
  key: "Check AI_GATEWAY_API_KEY or EMBEDDING_API_KEY.",
  model: "Check EMBEDDING_MODEL and EMBEDDING_BASE_URL, and the account's credit.",
};

const ATTEMPTS = 3;
/** Longest wait that a provider may ask for within a call; above it the work is put off. */
const SHORT_WAIT_MS = 20_000;

/**
 * An embedding model behind an API. One text is embedded to learn the dimension.
 *
 * @throws AuthError, RateLimitedError, TransientError or PermanentError, by what follows from it, when it cannot be
 * reached or does not embed.
 */
export async function openRemoteEmbedder(remote: RemoteModel, signal?: AbortSignal): Promise<Embedder> {
  const [probe] = await ask(remote, ["dimension"], signal);
  if (probe === undefined || probe.length === 0)
    throw new PermanentError(`The embedding model ${remote.name} gave no vector.`);
  return {
    id: `${remote.name}#${probe.length}`,
    dimension: probe.length,
    embed: async (texts, kind, abort) => (await ask(remote, texts, abort, kind === "query")).map(toUnit),
  };
}

/** Vectors as the provider gives them. Tries again when it stumbles; waiting holds no place in the gate. */
function ask(
  remote: RemoteModel,
  texts: readonly string[],
  signal?: AbortSignal,
  isAwaited = false,
): Promise<number[][]> {
  const { model, name, bottleneck = aiGatewayBottleneck, timeoutMs = 60_000, baseDelayMs = 1_000 } = remote;
  const call = async () => {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    const abortSignal = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    // Some models refuse an empty text; a blank stands for it.
    const values = texts.map((text) => (text.trim() === "" ? " . " : text.toWellFormed()));
    // Loaded with the first text: most installations ask no such model.
    const { embedMany } = await import("ai");
    const answer = await embedMany({ model, values, maxRetries: 0, abortSignal });
    remote.onTokens?.(answer.usage.tokens);
    return inOrder(answer.embeddings, answer.responses);
  };
  const turn = async (attempt: number) => {
    try {
      return await bottleneck.schedule(call, isAwaited);
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      const consequence = consequenceOf(error, name, hints);
      if (attempt < ATTEMPTS && isShortWait(consequence))
        await sleep(consequence.retryAt.getTime() - Date.now(), signal);
      throw consequence;
    }
  };
  return retry(turn, {
    attempts: ATTEMPTS,
    baseDelayMs,
    shouldRetry: (error) => error instanceof TransientError || isShortWait(error),
    ...(signal === undefined ? {} : { signal }),
  });
}

const placesSchema = z.object({ data: z.array(z.object({ index: z.number().int() })) });

/** Vectors in the order of their texts: an endpoint may give them in another, and says by numbers which is whose. */
function inOrder(vectors: number[][], responses: EmbedManyResult["responses"]): number[][] {
  // Our calls are small enough to go out as one.
  const places = responses?.length === 1 ? placesSchema.safeParse(responses[0]?.body).data?.data : undefined;
  if (places?.length !== vectors.length) return vectors;
  const ordered: number[][] = [];
  for (const [at, { index }] of places.entries()) ordered[index] = vectors[at] ?? [];
  // Some number them otherwise, or all alike.
  return ordered.length === vectors.length && Object.keys(ordered).length === vectors.length
    ? ordered
    : vectors;
}

function isShortWait(error: unknown): error is RateLimitedError {
  return error instanceof RateLimitedError && error.retryAt.getTime() - Date.now() < SHORT_WAIT_MS;
}

/** At length 1, as they are stored. What is not finite stays so, and is refused by who asked. */
function toUnit(numbers: readonly number[]): Float32Array {
  const vector = Float32Array.from(numbers);
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return vector.map((value) => value / length);
}
