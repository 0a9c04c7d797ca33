import { and, desc, eq, gte, lt, lte, ne, type SQL } from "drizzle-orm";
import { auditEvent } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { redactText } from "@/lib/redact";
import { isoNow } from "@/lib/time";
import type { AuditFilter, AuditLog } from "./types";

/** Lines that are kept, apart for what was done and for what was refused: a flood of refusals buries nothing. */
const KEPT = 50_000;
/** Looking for lines that are too many costs a little, so it is done now and then. */
const PRUNE_EVERY = 100;
const LONGEST_TEXT = 200;

/** The audit log. `kept` lines of each kind, the newest. */
export function createAuditLog(db: Db, log: Logger, kept: number = KEPT): AuditLog {
  let sincePruned = 0;
  return {
    record: async ({ actor, action, target = null, outcome, address = null, requestId = null }) => {
      try {
        await db.insert(auditEvent).values({
          time: isoNow(),
          actor: clean(actor),
          action: clean(action),
          target: target === null ? null : clean(target),
          outcome,
          address,
          requestId,
        });
        if (++sincePruned >= Math.min(PRUNE_EVERY, kept)) {
          sincePruned = 0;
          await prune(db, kept);
        }
      } catch (error) {
        log.error("A line of the audit log could not be written.", { action, outcome, error });
      }
    },
    list: async (filter) => {
      const where = conditionOf(filter);
      const events = await db
        .select()
        .from(auditEvent)
        .where(where)
        .orderBy(desc(auditEvent.id))
        .limit(filter.limit ?? 100)
        .offset(filter.offset ?? 0);
      return { events, total: await db.$count(auditEvent, where) };
    },
  };
}

/** Names come from outside: bounded, on one line, and without anything that looks like a secret. */
function clean(text: string): string {
  return redactText(text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")).slice(0, LONGEST_TEXT);
}

function conditionOf({ action, actor, outcome, since, beforeId }: AuditFilter): SQL | undefined {
  const conditions: SQL[] = [];
  if (action !== undefined) conditions.push(eq(auditEvent.action, action));
  if (actor !== undefined) conditions.push(eq(auditEvent.actor, actor));
  if (outcome !== undefined) conditions.push(eq(auditEvent.outcome, outcome));
  if (since !== undefined) conditions.push(gte(auditEvent.time, since));
  if (beforeId !== undefined) conditions.push(lt(auditEvent.id, beforeId));
  return and(...conditions);
}

async function prune(db: Db, kept: number): Promise<void> {
  for (const kind of [eq(auditEvent.outcome, "ok"), ne(auditEvent.outcome, "ok")]) {
    const [oldest] = await db
      .select({ id: auditEvent.id })
      .from(auditEvent)
      .where(kind)
      .orderBy(desc(auditEvent.id))
      .limit(1)
      .offset(kept);
    if (oldest !== undefined) await db.delete(auditEvent).where(and(kind, lte(auditEvent.id, oldest.id)));
  }
}
