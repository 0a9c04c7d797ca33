import { eq } from "drizzle-orm";
import { accessOwner } from "@/core/db/schema";
import { passwordLengths } from "@/core/models/access";
import type { Db } from "@/core/models/database";
import { InputError } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import { isoNow } from "@/lib/time";
import type { LoginLimiter } from "./login-limiter";
import { endAllSessions } from "./sessions";
import type { OwnerPassword } from "./types";

const OWNER = "owner";
/** OWASP's argon2id recommendation: 19 MiB, two passes. */
const HASHING = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/**
 * The owner's password. Changing or removing it ends every session. `stamp` is the stored hash, to tell whether the
 * password was changed meanwhile.
 */
export function createOwnerPassword(
  db: Db,
  limiter: LoginLimiter,
): OwnerPassword & { stamp: () => Promise<string | undefined> } {
  const read = async () => {
    const [row] = await db.select().from(accessOwner).where(eq(accessOwner.id, OWNER));
    return row?.passwordHash;
  };
  return {
    stamp: read,
    isSet: async () => (await read()) !== undefined,
    check: async (password, address) => {
      const holdBackMs = limiter.begin(address);
      const hash = await read();
      if (hash !== undefined && (await Bun.password.verify(password, hash))) {
        limiter.succeed(address);
        return true;
      }
      await sleep(holdBackMs);
      return false;
    },
    set: async (password) => {
      checkLength(password);
      const row = { passwordHash: await Bun.password.hash(password, HASHING), updatedAt: isoNow() };
      await db.transaction(async (tx) => {
        await tx
          .insert(accessOwner)
          .values({ id: OWNER, ...row })
          .onConflictDoUpdate({ target: accessOwner.id, set: row });
        await endAllSessions(tx);
      });
    },
    remove: () =>
      db.transaction(async (tx) => {
        const removed = await tx.delete(accessOwner).returning({ id: accessOwner.id });
        await endAllSessions(tx);
        return removed.length > 0;
      }),
  };
}

function checkLength(password: string): void {
  const { shortest, longest } = passwordLengths;
  if (password.length >= shortest && password.length <= longest) return;
  const message = `takes ${shortest} to ${longest} characters`;
  throw new InputError(`The password ${message}.`, [{ field: "password", message }]);
}
