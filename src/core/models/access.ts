/** Who may do what: scopes, callers, and what the access routes take and answer. Never a secret but a new token. */
import { z } from "zod";

/** Each scope includes the ones before it. */
export const scopes = ["read", "sync", "admin"] as const;
export type Scope = (typeof scopes)[number];
export const scopeSchema = z.enum(scopes);

/** Whether somebody with the scope `held` may do what takes `needed`. */
export function allows(held: Scope, needed: Scope): boolean {
  return scopes.indexOf(held) >= scopes.indexOf(needed);
}

/** Somebody who was let in. */
export interface Caller {
  /** `local`: this machine, while no login is set up; `owner`: logged in on the page; the rest by what was sent. */
  kind: "local" | "owner" | "token" | "oauth";
  scope: Scope;
  /** Who it is in the audit log, e.g. `token ci (a1b2c3d4)`. */
  actor: string;
}

/** Shortest and longest password. The upper bound keeps hashing cheap for strangers to ask for. */
export const passwordLengths = { shortest: 12, longest: 512 } as const;
const takenPassword = z.string().min(1).max(passwordLengths.longest);
export const loginBodySchema = z.strictObject({ password: takenPassword });
export const passwordBodySchema = z.strictObject({
  password: z.string().min(passwordLengths.shortest).max(passwordLengths.longest).describe("The new one"),
  oldPassword: takenPassword.optional().describe("The one until now, where there is one"),
});

/** Answer of `GET /api/session`. */
export const sessionAnswerSchema = z.object({
  loginNeeded: z.boolean(),
  /** Whether there is a password to log in with. */
  passwordSet: z.boolean(),
  caller: z
    .object({ kind: z.enum(["local", "owner", "token", "oauth"]), scope: scopeSchema })
    .nullable()
    .describe("Null for somebody who has to log in first"),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

export const loggedInSchema = z.object({ scope: scopeSchema, expiresAt: z.string() });

/** An API token as it may be shown: never the token itself. */
export const accessTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: scopeSchema,
  /** Its first and last characters, to tell it by. */
  hint: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

export const tokenBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(100).describe("What it is for"),
  scope: scopeSchema,
  expiresAt: z.iso.datetime().optional().describe("UTC; default: it does not expire"),
});
export type TokenInput = z.infer<typeof tokenBodySchema>;

export const tokensAnswerSchema = z.object({ tokens: z.array(accessTokenSchema) });
/** The only answer that holds a token, once. */
export const newTokenSchema = accessTokenSchema.extend({ token: z.string() });

export const auditOutcomes = ["ok", "refused", "failed"] as const;

/** One line of the audit log. */
export const auditEventSchema = z.object({
  id: z.number().int(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  outcome: z.enum(auditOutcomes),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
export const auditAnswerSchema = z.object({ events: z.array(auditEventSchema), total: z.number().int() });
