import { randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { accessToken } from "@/core/db/schema";
import { type AccessToken, accessTokenSchema } from "@/core/models/access";
import type { Db } from "@/core/models/database";
import { InputError, NotFoundError } from "@/core/models/errors";
import { isoNow } from "@/lib/time";
import { hashOf, hintOf, looksLikeToken, randomToken, sameHash } from "./secrets";
import type { Tokens } from "./types";

/** A token's last use is written down at most this often. */
const NOTED_EVERY_MS = 60_000;

const columns = {
  id: accessToken.id,
  name: accessToken.name,
  scope: accessToken.scope,
  hint: accessToken.hint,
  createdAt: accessToken.createdAt,
  expiresAt: accessToken.expiresAt,
  revokedAt: accessToken.revokedAt,
  lastUsedAt: accessToken.lastUsedAt,
};

/** API tokens. `now` is the clock, so that tests can pass time. */
export function createTokens(db: Db, now: () => Date = () => new Date()): Tokens {
  return {
    create: async ({ name, scope, expiresAt }) => {
      if (expiresAt !== undefined && Date.parse(expiresAt) <= now().getTime()) {
        const message = "takes a time in the future";
        throw new InputError(`expiresAt ${message}.`, [{ field: "expiresAt", message }]);
      }
      const token = randomToken();
      const [row] = await db
        .insert(accessToken)
        .values({
          id: randomBytes(6).toString("hex"),
          name: name.trim(),
          scope,
          hash: hashOf(token),
          hint: hintOf(token),
          createdAt: isoNow(now()),
          expiresAt: expiresAt === undefined ? null : isoNow(new Date(expiresAt)),
        })
        .returning(columns);
      if (row === undefined) throw new Error("The stored token did not come back from the database.");
      return { ...row, token };
    },
    list: () => db.select(columns).from(accessToken).orderBy(desc(accessToken.createdAt), accessToken.id),
    revoke: async (id) => {
      const [revoked] = await db
        .update(accessToken)
        .set({ revokedAt: isoNow(now()) })
        .where(and(eq(accessToken.id, id), isNull(accessToken.revokedAt)))
        .returning(columns);
      const row = revoked ?? (await db.select(columns).from(accessToken).where(eq(accessToken.id, id))).at(0);
      if (row === undefined) throw unknownToken();
      return row;
    },
    use: async (token) => {
      if (!looksLikeToken(token)) return undefined;
      const hash = hashOf(token);
      const found = await db
        .select({ ...columns, hash: accessToken.hash })
        .from(accessToken)
        .where(eq(accessToken.hash, hash));
      const row = found.find((candidate) => sameHash(candidate.hash, hash));
      if (row === undefined || !isLiving(row, now())) return undefined;
      await noteUse(db, row, now());
      return accessTokenSchema.parse(row);
    },
  };
}

function isLiving({ revokedAt, expiresAt }: AccessToken, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now.getTime());
}

async function noteUse(db: Db, { id, lastUsedAt }: AccessToken, now: Date): Promise<void> {
  if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < NOTED_EVERY_MS) return;
  await db
    .update(accessToken)
    .set({ lastUsedAt: isoNow(now) })
    .where(eq(accessToken.id, id));
}

/** Whether any token was made and not revoked; one that has expired counts, so that time alone opens nothing. */
export async function hasUnrevokedToken(db: Db): Promise<boolean> {
  const rows = await db
    .select({ id: accessToken.id })
    .from(accessToken)
    .where(isNull(accessToken.revokedAt))
    .limit(1);
  return rows.length > 0;
}

/** Whether a living token may do everything. */
export async function hasAdminToken(db: Db, now: Date = new Date()): Promise<boolean> {
  const living = or(isNull(accessToken.expiresAt), gt(accessToken.expiresAt, isoNow(now)));
  const rows = await db
    .select({ id: accessToken.id })
    .from(accessToken)
    .where(and(isNull(accessToken.revokedAt), living, eq(accessToken.scope, "admin")))
    .limit(1);
  return rows.length > 0;
}

function unknownToken(): NotFoundError {
  const action = "stoneturner token list shows those there are.";
  return new NotFoundError("There is no token with that id.", { action });
}
