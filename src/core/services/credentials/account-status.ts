import { and, eq } from "drizzle-orm";
import { integrationCredential } from "@/core/db/schema";
import type { PublicCredential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import { isoNow } from "@/lib/time";

export interface AccountStatus {
  status: PublicCredential["status"];
  /** In plain words; kept of an account that is not connected. */
  reason: string | null;
}

/** Says of a connected account how it is, if there is such an account. */
export async function setAccountStatus(
  db: Db,
  { integration, account }: { integration: string; account: string },
  { status, reason }: AccountStatus,
): Promise<void> {
  await db
    .update(integrationCredential)
    .set({ status, statusReason: status === "connected" ? null : reason, updatedAt: isoNow() })
    .where(
      and(eq(integrationCredential.integration, integration), eq(integrationCredential.account, account)),
    );
}
