import { and, eq, gte, inArray, lt } from "drizzle-orm";
import { removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { hashJson } from "@/lib/hash";
import { gongCall, gongParty, gongTopic, gongUser, gongWorkspace } from "./schema";

/** All rows of one call. */
export interface CallRows {
  call: typeof gongCall.$inferInsert;
  parties: (typeof gongParty.$inferInsert)[];
  topics: (typeof gongTopic.$inferInsert)[];
}

/** Writes calls with their participants and topics; what was stored of the same calls is replaced. */
export async function saveCalls(tx: Db, account: string, calls: readonly CallRows[]): Promise<void> {
  const ids = calls.map(({ call }) => call.callId);
  await removeCalls(tx, account, ids);
  await upsertRows(
    tx,
    gongCall,
    calls.map(({ call }) => call),
  );
  await upsertRows(
    tx,
    gongParty,
    calls.flatMap(({ parties }) => parties),
  );
  await upsertRows(
    tx,
    gongTopic,
    calls.flatMap(({ topics }) => topics),
  );
}

export async function removeCalls(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  for (const table of [gongCall, gongParty, gongTopic])
    await removeOwnRows(tx, table, table.callId, account, ids);
}

/** What is stored of these calls, to tell which need their transcript read again. */
export async function knownCalls(
  db: Db,
  account: string,
  ids: readonly string[],
): Promise<Map<string, typeof gongCall.$inferSelect>> {
  const where = inArray(gongCall.callId, [...ids]);
  const rows = await rowsOfAccount(db, gongCall, account, { where });
  return new Map(rows.map((row) => [row.callId, row]));
}

/** Ids of stored calls that started within a window: from `from` on, before `to`, ISO-8601 UTC. */
export async function callsWithin(
  db: Db,
  account: string,
  { from, to, workspaceId }: { from: string; to: string; workspaceId?: string | undefined },
): Promise<string[]> {
  const where = and(
    gte(gongCall.started, from),
    lt(gongCall.started, to),
    workspaceId === undefined ? undefined : eq(gongCall.workspaceId, workspaceId),
  );
  const rows = await rowsOfAccount(db, gongCall, account, { where });
  return rows.map(({ callId }) => callId);
}

export interface Directory {
  users: (typeof gongUser.$inferInsert)[];
  workspaces: (typeof gongWorkspace.$inferInsert)[];
}

/** Users and workspaces as stored. */
export async function readDirectory(db: Db, account: string): Promise<Directory> {
  return {
    users: await rowsOfAccount(db, gongUser, account),
    workspaces: await rowsOfAccount(db, gongWorkspace, account),
  };
}

/** Replaces the stored users and workspaces; writes nothing when they are the same. */
export async function saveDirectory(db: Db, account: string, directory: Directory): Promise<void> {
  if (hashJson(await readDirectory(db, account)) === hashJson(directory)) return;
  await db.transaction(async (tx) => {
    await tx.delete(gongUser).where(eq(gongUser.account, account));
    await tx.delete(gongWorkspace).where(eq(gongWorkspace.account, account));
    await upsertRows(tx, gongUser, directory.users);
    await upsertRows(tx, gongWorkspace, directory.workspaces);
  });
}
