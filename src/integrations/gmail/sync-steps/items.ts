/** A thread on its way into the database, and which threads are to be read. */
import type { Choice } from "../models/labels";
import type { Mail } from "../models/mail";
import type { Thread } from "../models/models";

export interface ThreadItem {
  id: string;
  /** Of the last change that this item knows of. */
  historyId: string;
  /** Where it was read already. */
  thread?: Thread;
  /** What is shown of it, once it was rendered. */
  shown?: { mails: readonly Mail[]; url: string };
}

/** Whether the settings want a thread. What somebody answered is no bulk, whatever it began as. */
export function isChosen(mails: readonly Mail[], { labels, leaveOut, bulk, since }: Choice): boolean {
  const has = (mail: Mail, ids: readonly string[]) => mail.labels.some((id) => ids.includes(id));
  const isNew = ({ at }: Mail) => since === undefined || at === undefined || Date.parse(at) >= since;
  if (!mails.some((mail) => !has(mail, bulk) && isNew(mail))) return false;
  if (labels !== undefined && !mails.some((mail) => has(mail, labels))) return false;
  return !mails.some((mail) => has(mail, leaveOut));
}
