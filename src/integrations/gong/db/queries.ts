import { and, eq, gte, inArray, lt } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { excluded } from "@/core/db/excluded";
import type { Db } from "@/core/models/database";
import { hashJson } from "@/lib/hash";
import { batches } from "@/lib/batches";
import { gongCall, gongParty, gongTopic, gongUser, gongWorkspace } from "./schema";

const BATCH = 50;

/** All rows of one call. */
export interface CallRows {
  call: typeof gongCall.$inferInsert;
  parties: (typeof gongParty.$inferInsert)[];
  topics: (typeof gongTopic.$inferInsert)[];
}

/** Writes calls with their participants and topics; what was stored of the same calls is replaced. */
export async function saveCalls(tx: Db, account: string, calls: readonly CallRows[]): Promise<void> {
  for (const some of batches(calls, BATCH)) {
    const ids = some.map(({ call }) => call.callId);
    await tx
      .insert(gongCall)
      .values(some.map(({ call }) => call))
      .onConflictDoUpdate({ target: [gongCall.account, gongCall.callId], set: excluded(gongCall) });
    for (const table of [gongParty, gongTopic]) {
      await tx.delete(table).where(and(eq(table.account, account), inArray(table.callId, ids)));
    }
    for (const rows of batches(
      some.flatMap(({ parties }) => parties),
      BATCH,
    ))
      await tx.insert(gongParty).values(rows).onConflictDoNothing();
    for (const rows of batches(
      some.flatMap(({ topics }) => topics),
      BATCH,
    ))
      await tx.insert(gongTopic).values(rows).onConflictDoNothing();
  }
}

export async function removeCalls(tx: Db, account: string, ids: readonly string[]): Promise<void> {
  for (const some of batches(ids, 400)) {
    for (const table of [gongCall, gongParty, gongTopic])
      await tx.delete(table).where(and(eq(table.account, account), inArray(table.callId, some)));
  }
}

/** What is stored of these calls, to tell which need their transcript read again. */
export async function knownCalls(
  db: Db,
  account: string,
  ids: readonly string[],
): Promise<Map<string, { detailsHash: string; transcriptHash: string | null }>> {
  const columns = {
    callId: gongCall.callId,
    detailsHash: gongCall.detailsHash,
    transcriptHash: gongCall.transcriptHash,
  };
  const rows = await db
    .select(columns)
    .from(gongCall)
    .where(and(eq(gongCall.account, account), inArray(gongCall.callId, [...ids])));
  return new Map(rows.map(({ callId, ...known }) => [callId, known]));
}

/** Ids of stored calls that started within a window: from `from` on, before `to`, ISO-8601 UTC. */
export async function callsWithin(
  db: Db,
  account: string,
  { from, to, workspaceId }: { from: string; to: string; workspaceId?: string | undefined },
): Promise<string[]> {
  const within = [eq(gongCall.account, account), gte(gongCall.started, from), lt(gongCall.started, to)];
  if (workspaceId !== undefined) within.push(eq(gongCall.workspaceId, workspaceId));
  const rows = await db
    .select({ callId: gongCall.callId })
    .from(gongCall)
    .where(and(...within));
  return rows.map(({ callId }) => callId);
}

export interface Directory {
  users: (typeof gongUser.$inferInsert)[];
  workspaces: (typeof gongWorkspace.$inferInsert)[];
}

/** Users and workspaces as stored. */
export async function readDirectory(db: Db, account: string): Promise<Directory> {
  const of = (table: { account: PgColumn }) => eq(table.account, account);
  return {
    users: await db.select().from(gongUser).where(of(gongUser)).orderBy(gongUser.userId),
    workspaces: await db
      .select()
      .from(gongWorkspace)
      .where(of(gongWorkspace))
      .orderBy(gongWorkspace.workspaceId),
  };
}

/** Replaces the stored users and workspaces; writes nothing when they are the same. */
export async function saveDirectory(db: Db, account: string, directory: Directory): Promise<void> {
  if (hashJson(await readDirectory(db, account)) === hashJson(directory)) return;
  await db.transaction(async (tx) => {
    await tx.delete(gongUser).where(eq(gongUser.account, account));
    await tx.delete(gongWorkspace).where(eq(gongWorkspace.account, account));
    for (const rows of batches(directory.users, BATCH)) await tx.insert(gongUser).values(rows);
    for (const rows of batches(directory.workspaces, BATCH)) await tx.insert(gongWorkspace).values(rows);
  });
}
