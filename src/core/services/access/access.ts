import type { Caller } from "@/core/models/access";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { createAuditLog } from "./audit";
import { createLoginLimiter, type LimiterOptions } from "./login-limiter";
import { createOwnerPassword } from "./password";
import { createSessions } from "./sessions";
import { createTokens, hasAdminToken, hasUnrevokedToken } from "./tokens";
import type { Access } from "./types";

export interface AccessDeps {
  db: Db;
  log: Logger;
  /** Who a token of another issuer stands for; undefined when none is configured. */
  verifyForeign?: ((token: string) => Promise<Caller | undefined>) | undefined;
  limits?: Partial<LimiterOptions>;
}

/** Password, sessions, tokens and the audit log of one database. */
export function createAccess({ db, log, verifyForeign, limits }: AccessDeps): Access {
  const password = createOwnerPassword(db, createLoginLimiter(limits));
  const tokens = createTokens(db);
  const sessions = createSessions(db);
  return {
    password,
    tokens,
    sessions,
    logIn: async (text, address, replaces) => {
      const before = await password.stamp();
      if (!(await password.check(text, address))) return undefined;
      const session = await sessions.start(replaces);
      if ((await password.stamp()) === before) return session;
      // Whoever changed the password has ended every session there was by then, which this one may not have been yet.
      await sessions.end(session.id);
      return undefined;
    },
    audit: createAuditLog(db, log),
    isGuarded: async () => (await password.isSet()) || (await hasUnrevokedToken(db)),
    hasAdmin: async () => (await password.isSet()) || (await hasAdminToken(db)),
    bearer: async (text) => {
      const token = await tokens.use(text);
      if (token !== undefined) {
        return { kind: "token", scope: token.scope, actor: `token ${token.name} (${token.id})` };
      }
      return text.startsWith("eyJ") ? verifyForeign?.(text) : undefined;
    },
  };
}
