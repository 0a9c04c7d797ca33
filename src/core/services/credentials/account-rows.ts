/** Rows of connected accounts: what may be shown of them, and how one is named in a query. */
import { and, asc, eq, type SQL } from "drizzle-orm";
import { integrationCredential } from "@/core/db/schema";
import type { PublicCredential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";

export const publicColumns = {
  id: integrationCredential.id,
  integration: integrationCredential.integration,
  account: integrationCredential.account,
  status: integrationCredential.status,
  statusReason: integrationCredential.statusReason,
  baseUrl: integrationCredential.baseUrl,
  options: integrationCredential.options,
  createdAt: integrationCredential.createdAt,
  updatedAt: integrationCredential.updatedAt,
};

/** Connected accounts without their secrets, of one integration or of all. */
export function listAccounts(
  db: Db,
  integration?: string,
): Promise<(PublicCredential & { integration: string })[]> {
  return db
    .select(publicColumns)
    .from(integrationCredential)
    .where(integration === undefined ? undefined : eq(integrationCredential.integration, integration))
    .orderBy(asc(integrationCredential.integration), asc(integrationCredential.account));
}

/** One account of an integration, or all of them. */
export function ofAccount(integration: string, account: string | undefined): SQL | undefined {
  const own = eq(integrationCredential.integration, integration);
  return account === undefined ? own : and(own, eq(integrationCredential.account, account));
}
