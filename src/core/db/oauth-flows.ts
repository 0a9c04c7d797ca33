/** Connections through OAuth that are under way, in the secrets database. States and tickets are kept as hashes. */
import { z } from "zod";
import type { Db, SqlRow } from "@/core/models/database";
import { oauthStates } from "@/core/models/oauth";

const rowSchema = z.object({
  id: z.string(),
  integration: z.string(),
  state: z.enum(oauthStates),
  account: z.string().nullable(),
  message: z.string().nullable(),
  sealed: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type OAuthFlowRow = z.infer<typeof rowSchema>;

export interface OAuthFlowTable {
  add: (row: NewFlow) => Promise<void>;
  find: (id: string) => Promise<OAuthFlowRow | undefined>;
  /** Takes a ticket, once: the flow becomes `opened`. Undefined when it is unknown, used or too late at `now`. */
  takeTicket: (ticketHash: string, now: string) => Promise<OAuthFlowRow | undefined>;
  /** Lays down what the way back will be known by. */
  open: (id: string, opened: { stateHash: string; sealed: string }) => Promise<void>;
  /** Takes a state, once. Undefined when it is unknown, used or too late at `now`. */
  takeState: (stateHash: string, now: string) => Promise<OAuthFlowRow | undefined>;
  /** Ends a flow and forgets its secrets. */
  end: (id: string, ended: Pick<OAuthFlowRow, "state" | "account" | "message">) => Promise<void>;
  /** Forgets flows that expired before `time`. */
  clear: (time: string) => Promise<void>;
}

export type NewFlow = Pick<OAuthFlowRow, "id" | "integration" | "createdAt" | "expiresAt"> & {
  ticketHash: string;
  sealed: string;
};

/** Makes the table where it is missing. */
export async function openOAuthFlows({ raw }: Db): Promise<OAuthFlowTable> {
  await raw.run(`CREATE TABLE IF NOT EXISTS oauthFlow (
    id TEXT PRIMARY KEY, integration TEXT NOT NULL, state TEXT NOT NULL, account TEXT, message TEXT, sealed TEXT,
    ticketHash TEXT UNIQUE, stateHash TEXT UNIQUE, createdAt TEXT NOT NULL, expiresAt TEXT NOT NULL)`);
  const one = async (sql: string, params: string[]) => parsed((await raw.all(sql, params))[0]);
  return {
    add: async (row) => {
      await raw.run(
        `INSERT INTO oauthFlow (id, integration, state, sealed, ticketHash, createdAt, expiresAt)
         VALUES (?, ?, 'waiting', ?, ?, ?, ?)`,
        [row.id, row.integration, row.sealed, row.ticketHash, row.createdAt, row.expiresAt],
      );
    },
    find: (id) => one("SELECT * FROM oauthFlow WHERE id = ?", [id]),
    takeTicket: (hash, now) =>
      one(
        `UPDATE oauthFlow SET ticketHash = NULL, state = 'opened'
         WHERE ticketHash = ? AND state = 'waiting' AND expiresAt > ? RETURNING *`,
        [hash, now],
      ),
    open: async (id, { stateHash, sealed }) => {
      await raw.run("UPDATE oauthFlow SET stateHash = ?, sealed = ? WHERE id = ?", [stateHash, sealed, id]);
    },
    takeState: (hash, now) =>
      one(
        `UPDATE oauthFlow SET stateHash = NULL
         WHERE stateHash = ? AND state = 'opened' AND expiresAt > ? RETURNING *`,
        [hash, now],
      ),
    end: async (id, { state, account, message }) => {
      await raw.run(
        `UPDATE oauthFlow SET state = ?, account = ?, message = ?, sealed = NULL, ticketHash = NULL, stateHash = NULL
         WHERE id = ?`,
        [state, account, message, id],
      );
    },
    clear: async (time) => {
      await raw.run("DELETE FROM oauthFlow WHERE expiresAt < ?", [time]);
    },
  };
}

function parsed(row: SqlRow | undefined): OAuthFlowRow | undefined {
  return row === undefined ? undefined : rowSchema.parse(row);
}
