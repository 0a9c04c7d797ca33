/** Rows of threads, their messages, and labels. */
import { removeOwnRows, rowsOfAccount, saveOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { hashJson } from "@/lib/hash";
import { choosable } from "../models/labels";
import type { Mail, Person } from "../models/mail";
import type { Label } from "../models/models";
import { subjectOf } from "../render/thread";
import type { ThreadItem } from "../sync-steps/items";
import { gmailLabel, gmailMessage, gmailThread } from "./schema";

export async function saveThreads(tx: Db, account: string, items: readonly ThreadItem[]): Promise<void> {
  const known = items.flatMap(({ id, shown }) => (shown === undefined ? [] : [{ id, ...shown }]));
  const threads = known.map(({ id, mails, url }) => ({ account, ...threadRow(id, mails), url }));
  await saveOwnRows(tx, gmailThread, gmailThread.threadId, threads);
  // Messages that were taken out of a thread have no row any more.
  await removeMessages(
    tx,
    account,
    known.map(({ id }) => id),
  );
  const messages = known.flatMap(({ id, mails }) =>
    mails.map((mail) => ({ account, ...messageRow(id, mail) })),
  );
  await saveOwnRows(tx, gmailMessage, gmailMessage.messageId, messages);
}

export async function removeThreads(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  await removeOwnRows(tx, gmailThread, gmailThread.threadId, account, ids);
  await removeMessages(tx, account, ids);
}

const removeMessages = (tx: Db, account: string, threads: readonly string[]) =>
  removeOwnRows(tx, gmailMessage, gmailMessage.threadId, account, threads);

/** Labels as they are called now; nothing is written where that is what is there. */
export async function saveLabels(tx: Db, account: string, labels: readonly Label[]): Promise<void> {
  const rows = choosable(labels).map(({ id, name, own }) => ({ account, labelId: id, name, own }));
  const before = new Map(
    (await rowsOfAccount(tx, gmailLabel, account)).map((row) => [row.labelId, hashJson(row)]),
  );
  const changed = rows.filter((row) => before.get(row.labelId) !== hashJson(row));
  const there = new Set(rows.map(({ labelId }) => labelId));
  await saveOwnRows(tx, gmailLabel, gmailLabel.labelId, changed);
  await removeOwnRows(
    tx,
    gmailLabel,
    gmailLabel.labelId,
    account,
    [...before.keys()].filter((id) => !there.has(id)),
  );
}

const isSent = ({ labels }: Mail) => labels.includes("SENT");
const addresses = (people: readonly Person[]) => people.map(({ name, address }) => address || name);

function threadRow(id: string, mails: readonly Mail[]) {
  const last = mails.at(-1);
  return {
    threadId: id,
    subject: subjectOf(mails),
    messages: mails.length,
    firstAt: mails[0]?.at ?? null,
    lastAt: last?.at ?? null,
    lastFrom: last?.from?.address ?? null,
    lastSent: last !== undefined && isSent(last),
  };
}

function messageRow(threadId: string, mail: Mail): Omit<typeof gmailMessage.$inferInsert, "account"> {
  return {
    messageId: mail.id,
    threadId,
    at: mail.at ?? null,
    fromName: mail.from?.name || null,
    fromAddress: mail.from?.address || null,
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    sent: isSent(mail),
    labels: mail.labels.filter((label) => label !== "UNREAD" && label !== "SENT"),
    attachments: mail.attachments.map(({ name }) => name),
  };
}
