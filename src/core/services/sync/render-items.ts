import PQueue from "p-queue";
import type { RenderedArtifact } from "@/core/models/artifact";
import {
  AuthError,
  CancelledError,
  messageOf,
  PermanentError,
  RateLimitedError,
  TransientError,
} from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { retry } from "@/lib/retry";
import type { ItemNotice, Stream } from "./stream";

/** How many items of a page are rendered at once. */
const RENDERINGS_AT_ONCE = 4;

export interface Rendered<Item> {
  item: Item;
  key: string;
  version: string;
  /** Null: there is nothing to show of this item. */
  artifact: RenderedArtifact | null;
}

export type FailedItem = ItemNotice & { version: string };

/** Renders items, a few at once. An item's own failure is collected; an error that stops the sync is thrown. */
export async function renderAll<Item>(
  context: SyncContext,
  stream: Stream<Item>,
  changed: readonly (readonly [string, Item])[],
): Promise<{ rendered: Rendered<Item>[]; failures: FailedItem[] }> {
  const queue = new PQueue({ concurrency: RENDERINGS_AT_ONCE });
  const rendered: Rendered<Item>[] = [];
  const failures: FailedItem[] = [];
  const jobs = changed.map(([key, item]) => async () => {
    context.signal.throwIfAborted();
    const version = stream.version(item);
    try {
      rendered.push({ item, key, version, artifact: await renderOne(context, stream, item) });
    } catch (error) {
      if (stopsTheSync(error) || context.signal.aborted) throw error;
      failures.push({ key, version, reason: messageOf(error) });
    }
  });
  await Promise.all(jobs.map((job) => queue.add(job)));
  return { rendered, failures };
}

function renderOne<Item>(context: SyncContext, stream: Stream<Item>, item: Item) {
  return retry(async () => stream.render(item, context), {
    attempts: 3,
    baseDelayMs: 200,
    signal: context.signal,
    shouldRetry: (error) => error instanceof TransientError,
  });
}

function stopsTheSync(error: unknown): boolean {
  return [AuthError, RateLimitedError, TransientError, PermanentError, CancelledError].some(
    (kind) => error instanceof kind,
  );
}
