import { eq } from "drizzle-orm";
import { integrationCredential } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { ConflictError, NotFoundError } from "@/core/models/errors";
import { startAnew } from "@/core/services/sync/start-anew";
import { isoNow } from "@/lib/time";
import { credentialId } from "./credential-id";
import type { SealedRecords } from "./sealed-records";

/**
 * Gives what an account is connected with to a new account. The old one keeps its label and what was synced, and leads
 * nowhere until it is connected again.
 *
 * @param place of the integration's accounts the one to take from, and a label that none of them has.
 * @throws NotFoundError without such an account, ConflictError when the label is taken or the secret does not open.
 */
export async function moveCredential(
  db: Db,
  records: SealedRecords,
  { integration, from, to }: { integration: string; from: string; to: string },
): Promise<void> {
  const [oldId, newId] = [credentialId(integration, from), credentialId(integration, to)];
  const record = await records.read(oldId);
  if (record === "unreadable")
    throw new ConflictError("The stored secret does not open.", { action: "Connect the account again." });
  // Secrets first: a crash in between leaves a secret that nobody refers to, never an account without its secret.
  if (record !== undefined) await records.write(newId, record.part);
  await db.transaction(async (tx) => {
    const ofId = (id: string) => eq(integrationCredential.id, id);
    const [row] = await tx.select().from(integrationCredential).where(ofId(oldId));
    if (row === undefined) throw new NotFoundError(`${integration} has no account '${from}'.`);
    if ((await tx.$count(integrationCredential, ofId(newId))) > 0)
      throw new ConflictError(`${integration} has an account '${to}' already.`, {
        action: "Take another name.",
      });
    const now = isoNow();
    const moved = { ...row, id: newId, account: to, status: "connected" as const, statusReason: null };
    await tx.insert(integrationCredential).values({ ...moved, createdAt: now, updatedAt: now });
    await startAnew(tx, { integration, account: from }, `What '${from}' led to is kept as '${to}' now.`);
    const left = { status: "needs_reconnect" as const, options: {}, baseUrl: null, expiresAt: null };
    await tx
      .update(integrationCredential)
      .set({
        ...left,
        scopes: null,
        statusReason: `Connect '${from}' again as it was to go on syncing it. What was synced stays searchable.`,
        updatedAt: now,
      })
      .where(ofId(oldId));
  });
  await records.remove([oldId]);
}
