/** An answer is not taken at its word that much is gone: without the right to read, a channel looks just as empty. */
import { TransientError } from "@/core/models/errors";

/** So many deletions on one page are looked into. */
const MANY = 50;

export interface MissingMessages {
  /** Ids that are stored and not on the page, rising. */
  gone: readonly string[];
  /** Whether a message would be read at all. */
  isRead: (id: string) => boolean;
  /** Whether the page held nothing at all. */
  isEmpty: boolean;
  /** Asks the source for one message by itself. */
  isThere: (id: string) => Promise<boolean>;
  /** The service and the channel, as people call them. */
  service: string;
  channel: string;
}

/**
 * Asks for one of the missing messages where many are missing, or all.
 *
 * @throws TransientError when it is still there; and whatever asking for it throws.
 */
export async function believeGone(missing: MissingMessages): Promise<void> {
  const { gone, isRead, isEmpty, isThere, service, channel } = missing;
  const suspect = gone.findLast(isRead);
  if (suspect === undefined || (!isEmpty && gone.length < MANY)) return;
  if (!(await isThere(suspect))) return;
  throw new TransientError(`${service} left out messages of #${channel} that are still there.`, {
    action: "Nothing was removed; the next sync asks again.",
  });
}
