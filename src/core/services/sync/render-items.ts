import PQueue from "p-queue";
import type { RenderedArtifact } from "@/core/models/artifact";
import {
  AuthError,
  CancelledError,
  CursorExpiredError,
  messageOf,
  PermanentError,
  RateLimitedError,
  TransientError,
} from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import {
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  TooLargeError,
} from "@/core/services/http/errors";
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

/** An item that was listed, but was gone, or not ours to see, when it was to be read. */
export type LostItem = FailedItem & { state: "gone" | "hidden" };

/** So many items at once, and every one of them refused: that says something of the source, not of the items. */
const ALL_LOST_FROM = 5;

/**
 * Renders items, a few at once. An item's own failure is collected, as is one that is gone or hidden; an error that
 * stops the sync is thrown.
 */
export async function renderAll<Item>(
  context: SyncContext,
  stream: Stream<Item>,
  changed: readonly (readonly [string, Item])[],
): Promise<{ rendered: Rendered<Item>[]; failures: FailedItem[]; lost: LostItem[] }> {
  if (changed.length > 0)
    await stream.prepare?.(
      changed.map(([, item]) => item),
      context,
    );
  const queue = new PQueue({ concurrency: RENDERINGS_AT_ONCE });
  const rendered: Rendered<Item>[] = [];
  const failures: FailedItem[] = [];
  const lost: LostItem[] = [];
  const jobs = changed.map(([key, item]) => async () => {
    context.signal.throwIfAborted();
    const version = stream.version(item);
    try {
      rendered.push({ item, key, version, artifact: await renderOne(context, stream, item) });
    } catch (error) {
      if ((stopsTheSync(error) && !isOfOneItem(error)) || context.signal.aborted) throw error;
      const notice = { key, version, reason: messageOf(error) };
      if (error instanceof MissingError) lost.push({ ...notice, state: "gone" });
      else if (error instanceof ForbiddenError) lost.push({ ...notice, state: "hidden" });
      else failures.push(notice);
    }
  });
  await Promise.all(jobs.map((job) => queue.add(job)));
  if (lost.length >= ALL_LOST_FROM && lost.length === changed.length) throw allLost(lost);
  return { rendered, failures, lost };
}

function allLost(lost: readonly LostItem[]): AuthError | PermanentError {
  const reason = lost[0]?.reason ?? "";
  if (lost.every((item) => item.state === "hidden")) {
    return new AuthError(`The source lists items but lets none of them be read. ${reason}`);
  }
  return new PermanentError(`The source lists items but none of them can be read. ${reason}`, {
    action: "Nothing was removed. The source's API may have changed.",
  });
}

function renderOne<Item>(context: SyncContext, stream: Stream<Item>, item: Item) {
  return retry(async () => stream.render(item, context), {
    attempts: 3,
    baseDelayMs: 200,
    signal: context.signal,
    shouldRetry: (error) => error instanceof TransientError,
  });
}

/** Refusals that speak of the item that was asked for, though they are final. */
function isOfOneItem(error: unknown): boolean {
  return [MissingError, ForbiddenError, TooLargeError, RequestRefusedError].some(
    (kind) => error instanceof kind,
  );
}

function stopsTheSync(error: unknown): boolean {
  return [
    AuthError,
    RateLimitedError,
    TransientError,
    PermanentError,
    CancelledError,
    CursorExpiredError,
  ].some((kind) => error instanceof kind);
}
