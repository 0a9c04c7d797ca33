import { asc, eq, inArray, lt, or } from "drizzle-orm";
import { accessSession } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { DAY_MS, isoNow } from "@/lib/time";
import { hashOf, looksLikeSession, randomSecret, sameHash } from "./secrets";
import type { Sessions } from "./types";

/** A session ends after so long without a request, */
export const IDLE_MS = 7 * DAY_MS;
/** and after so long in any case. */
export const ABSOLUTE_MS = 30 * DAY_MS;
/** A session's use is written down at most this often. */
const NOTED_EVERY_MS = 60_000;
/** Browsers that may be logged in at once; the oldest session makes room. */
const MAX_SESSIONS = 100;

/** Logged-in browsers. `now` is the clock, so that tests can pass time. */
export function createSessions(db: Db, now: () => Date = () => new Date()): Sessions {
  const end = async (id: string) => {
    await db.delete(accessSession).where(eq(accessSession.idHash, hashOf(id)));
  };
  return {
    start: async (replaces) => {
      const id = randomSecret();
      const at = now();
      const expiresAt = isoNow(new Date(at.getTime() + ABSOLUTE_MS));
      await db.transaction(async (tx) => {
        if (replaces !== undefined)
          await tx.delete(accessSession).where(eq(accessSession.idHash, hashOf(replaces)));
        await clearOut(tx, at);
        const row = { idHash: hashOf(id), createdAt: isoNow(at), lastUsedAt: isoNow(at), expiresAt };
        await tx.insert(accessSession).values(row);
      });
      return { id, expiresAt };
    },
    use: async (id) => {
      if (!looksLikeSession(id)) return false;
      const idHash = hashOf(id);
      const found = await db.select().from(accessSession).where(eq(accessSession.idHash, idHash));
      const row = found.find((candidate) => sameHash(candidate.idHash, idHash));
      if (row === undefined) return false;
      const time = now().getTime();
      const idleFor = time - Date.parse(row.lastUsedAt);
      if (time >= Date.parse(row.expiresAt) || idleFor >= IDLE_MS) {
        await end(id);
        return false;
      }
      if (idleFor >= NOTED_EVERY_MS) {
        const lastUsedAt = isoNow(new Date(time));
        await db.update(accessSession).set({ lastUsedAt }).where(eq(accessSession.idHash, idHash));
      }
      return true;
    },
    end,
    endAll: () => endAllSessions(db),
  };
}

/** Logs every browser out. @returns how many sessions ended */
export async function endAllSessions(db: Db): Promise<number> {
  return (await db.delete(accessSession).returning({ idHash: accessSession.idHash })).length;
}

/** Removes what has ended, and the oldest where there would be too many. */
async function clearOut(tx: Db, at: Date): Promise<void> {
  const idle = lt(accessSession.lastUsedAt, isoNow(new Date(at.getTime() - IDLE_MS)));
  await tx.delete(accessSession).where(or(lt(accessSession.expiresAt, isoNow(at)), idle));
  const rest = await tx
    .select({ idHash: accessSession.idHash })
    .from(accessSession)
    .orderBy(asc(accessSession.lastUsedAt));
  const surplus = rest.slice(0, Math.max(0, rest.length - MAX_SESSIONS + 1)).map(({ idHash }) => idHash);
  if (surplus.length > 0) await tx.delete(accessSession).where(inArray(accessSession.idHash, surplus));
}
