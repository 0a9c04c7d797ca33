import { and, eq, inArray, max } from "drizzle-orm";
import { type KeyedTable, removeOwnRows, saveOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import {
  githubClosing,
  githubComment,
  githubCommit,
  githubFile,
  githubLabel,
  githubRelease,
  githubThread,
} from "./schema";

/** All rows of one issue, pull request or discussion. */
export interface ThreadRows {
  thread: typeof githubThread.$inferInsert;
  labels: (typeof githubLabel.$inferInsert)[];
  comments: (typeof githubComment.$inferInsert)[];
  commits: (typeof githubCommit.$inferInsert)[];
  closing: (typeof githubClosing.$inferInsert)[];
}

const children = [githubLabel, githubComment, githubCommit, githubClosing] as const;

/** Writes threads with what hangs on them; what was stored of the same threads is replaced. */
export async function saveThreads(tx: Db, account: string, all: readonly ThreadRows[]): Promise<void> {
  await saveOwnRows(
    tx,
    githubThread,
    githubThread.threadId,
    all.map(({ thread }) => thread),
  );
  await removeChildren(
    tx,
    account,
    all.map(({ thread }) => thread.threadId),
  );
  const insert = async <Table extends KeyedTable>(table: Table, rows: readonly Table["$inferInsert"][]) => {
    for (const some of batches(rows, 50))
      await tx
        .insert(table)
        .values([...some])
        .onConflictDoNothing();
  };
  await insert(
    githubLabel,
    all.flatMap(({ labels }) => labels),
  );
  await insert(
    githubComment,
    all.flatMap(({ comments }) => comments),
  );
  await insert(
    githubCommit,
    all.flatMap(({ commits }) => commits),
  );
  await insert(
    githubClosing,
    all.flatMap(({ closing }) => closing),
  );
}

export async function removeThreads(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  await removeChildren(tx, account, ids);
  await removeOwnRows(tx, githubThread, githubThread.threadId, account, ids);
}

async function removeChildren(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  for (const table of children) await removeOwnRows(tx, table, table.threadId, account, ids);
}

type Keyed = "issue" | "discussion" | "release" | "file" | "wiki";

/** Keys of an account's stored items of a kind, by repository id. Issues and pull requests count as one kind. */
export async function storedKeys(db: Db, account: string, kind: Keyed): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id, key } of await keyRows(db, account, kind)) {
    const keys = found.get(id);
    if (keys === undefined) found.set(id, [key]);
    else keys.push(key);
  }
  return found;
}

function keyRows(db: Db, account: string, kind: Keyed): Promise<{ id: string; key: string }[]> {
  if (kind === "release")
    return db
      .select({ id: githubRelease.repositoryId, key: githubRelease.releaseId })
      .from(githubRelease)
      .where(eq(githubRelease.account, account));
  if (kind === "file" || kind === "wiki")
    return db
      .select({ id: githubFile.repositoryId, key: githubFile.fileId })
      .from(githubFile)
      .where(and(eq(githubFile.account, account), eq(githubFile.kind, kind)));
  const wanted = kind === "discussion" ? ["discussion"] : ["issue", "pull"];
  return db
    .select({ id: githubThread.repositoryId, key: githubThread.threadId })
    .from(githubThread)
    .where(and(eq(githubThread.account, account), inArray(githubThread.kind, wanted)));
}

/** When comments that are stored were last changed, by node id. */
export async function commentTimes(
  db: Db,
  account: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const times = new Map<string, string>();
  for (const some of batches(ids, 400)) {
    const rows = await db
      .select({ id: githubComment.commentId, at: max(githubComment.updatedAt) })
      .from(githubComment)
      .where(and(eq(githubComment.account, account), inArray(githubComment.commentId, some)))
      .groupBy(githubComment.commentId);
    for (const { id, at } of rows) times.set(id, at ?? "");
  }
  return times;
}

/** Titles under which threads are stored, by key. */
export async function storedTitles(
  db: Db,
  account: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const { threadId, title } = githubThread;
  const rows = await db
    .select({ threadId, title })
    .from(githubThread)
    .where(and(eq(githubThread.account, account), inArray(threadId, [...keys])));
  return new Map(rows.map((row) => [row.threadId, row.title]));
}

/** Pull requests that say they close these issues, named as `owner/name#12`. */
export async function closersOf(
  db: Db,
  account: string,
  issues: readonly string[],
): Promise<{ threadId: string; issue: string }[]> {
  const { threadId, issue } = githubClosing;
  const found: { threadId: string; issue: string }[] = [];
  for (const some of batches(issues, 400)) {
    const named = and(eq(githubClosing.account, account), inArray(issue, some));
    found.push(...(await db.select({ threadId, issue }).from(githubClosing).where(named)));
  }
  return found;
}
