import type { AuditEvent, Scope } from "@/core/models/access";
import { index, serial, table, text, uniqueIndex } from "@/core/db/table";

/** The owner's password as an argon2id hash. One row at most. */
export const accessOwner = table("accessOwner", {
  id: text().primaryKey(),
  passwordHash: text().notNull(),
  updatedAt: text().notNull(),
});

/** Logged-in browsers. The cookie's value is known to the browser alone; its hash is the key here. */
export const accessSession = table("accessSession", {
  idHash: text().primaryKey(),
  createdAt: text().notNull(),
  lastUsedAt: text().notNull(),
  /** When it ends, used or not. */
  expiresAt: text().notNull(),
});

/** API tokens by their hash; the token itself is shown once and kept nowhere. */
export const accessToken = table(
  "accessToken",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    hash: text().notNull(),
    /** First and last characters, for people to tell it by. */
    hint: text().notNull(),
    scope: text().$type<Scope>().notNull(),
    createdAt: text().notNull(),
    expiresAt: text(),
    revokedAt: text(),
    lastUsedAt: text(),
  },
  (t) => [uniqueIndex("accessToken_hash").on(t.hash)],
);

/** Who did what to access and secrets. Rows are added, never changed; the oldest go when there are too many. */
export const auditEvent = table(
  "auditEvent",
  {
    id: serial().primaryKey(),
    time: text().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    target: text(),
    outcome: text().$type<AuditEvent["outcome"]>().notNull(),
    address: text(),
    requestId: text(),
  },
  (t) => [index("auditEvent_action").on(t.action), index("auditEvent_outcome").on(t.outcome)],
);
