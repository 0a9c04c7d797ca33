/** What changed after a change, by Gmail's own list: each thread it names is read as it is now. */
import { ItemError } from "@/core/models/errors";
import { MissingError, RequestRefusedError, TooLargeError } from "@/core/services/http/errors";
import type { ItemNotice, Page } from "@/core/services/sync/stream";
import type { GmailApi } from "../api/gmail-api";
import { type Choice, NEVER, UNREAD } from "../models/labels";
import { mailsOf } from "../models/mail";
import type { Change } from "../models/models";
import type { ThreadItem } from "./items";

export type ThreadPage = Required<Pick<Page<ThreadItem>, "items" | "removed" | "failures">>;

export interface ChangedThreads {
  threads: ThreadPage;
  /** After which change the next question goes on. */
  from: string;
  /** Whether a thread may have left a listing meanwhile: what stood behind it moved up. */
  left: boolean;
}

/** @throws MissingError when Gmail no longer knows the change. */
export async function* changedThreads(
  api: GmailApi,
  choice: Choice,
  start: string,
): AsyncGenerator<ChangedThreads> {
  let from = start;
  const read = new Map<string, bigint>();
  let token: string | undefined;
  do {
    const answer = await api.history(start, token);
    const changes = answer.history;
    const named = new Map<string, bigint>();
    for (const change of changes)
      for (const id of threadsOf(change))
        if ((read.get(id) ?? -1n) < BigInt(change.id)) named.set(id, BigInt(change.id));
    const threads = await readThreads(api, [...named.keys()]);
    for (const item of threads.items) {
      // The list knows best that something changed, whatever the thread says of itself.
      const seen = largest(BigInt(item.historyId), named.get(item.id) ?? 0n);

      item.historyId = String(seen);
      read.set(item.id, seen);
    }
    token = answer.nextPageToken || undefined;
    // Within the list a record's own id is a place to go on from, and does not end as page tokens do.
    from = token === undefined ? answer.historyId : (changes.at(-1)?.id ?? from);
    yield { threads, from, left: changes.some((change) => takesAway(change, choice)) };
  } while (token !== undefined);
}

const largest = (a: bigint, b: bigint) => (a > b ? a : b);

/** Threads by their ids. One that shows nothing any more is gone. */
export async function readThreads(api: GmailApi, ids: readonly string[]): Promise<ThreadPage> {
  const page = {
    items: [] as ThreadItem[],
    removed: [] as { key: string; state: "gone" }[],
    failures: [] as ItemNotice[],
  };
  await Promise.all(
    ids.map(async (id) => {
      try {
        const thread = await api.thread(id);
        if (mailsOf(thread).length === 0) page.removed.push({ key: id, state: "gone" });
        else page.items.push({ id, historyId: thread.historyId, thread });
      } catch (error) {
        if (error instanceof MissingError) page.removed.push({ key: id, state: "gone" });
        else if (isOfOne(error)) page.failures.push({ key: id, reason: error.message });
        else throw error;
      }
    }),
  );
  return page;
}

function isOfOne(error: unknown): error is Error {
  return [ItemError, TooLargeError, RequestRefusedError].some((kind) => error instanceof kind);
}

/** Threads in which something changed that shows. Whether a message was looked at does not. */
function threadsOf({ messagesAdded, messagesDeleted, labelsAdded, labelsRemoved }: Change): string[] {
  const labels = [...labelsAdded, ...labelsRemoved].filter(({ labelIds }) =>
    labelIds.some((id) => id !== UNREAD),
  );
  return [...messagesAdded, ...messagesDeleted, ...labels].map(({ message }) => message.threadId);
}

function takesAway(change: Change, { labels, bulk }: Choice): boolean {
  const some = (list: Change["labelsAdded"], ids: readonly string[]) =>
    list.some(({ labelIds }) => labelIds.some((id) => ids.includes(id)));
  return (
    change.messagesDeleted.length > 0 ||
    some(change.labelsAdded, [...NEVER, ...bulk]) ||
    some(change.labelsRemoved, labels ?? [])
  );
}
