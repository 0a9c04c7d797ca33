import { NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { App } from "./app";
import { cancelSyncs } from "./sync/cancel-syncs";

export interface Disconnected {
  /** Labels of the accounts that were forgotten. */
  disconnected: string[];
  /** What a person should know: permissions that could not be taken back at the provider. */
  notes: string[];
}

/**
 * Stops the accounts' syncs, which hold the credential in memory, and looks out for their changes no more. Takes
 * permissions back at the provider where that can be done, and forgets the credentials in any case. What was synced
 * stays.
 *
 * @throws NotFoundError for an account that is not connected.
 */
export async function disconnectAccounts(
  app: Pick<App, "credentials" | "db" | "log" | "oauth" | "runner">,
  integration: Integration,
  account: string | undefined,
): Promise<Disconnected> {
  const { integration: name } = integration.config;
  const stored = (await app.credentials.list(name)).map((entry) => entry.account);
  const wanted = stored.filter((entry) => account === undefined || entry === account);
  if (account !== undefined && wanted.length === 0) {
    throw new NotFoundError(`${name} has no account '${account}'.`, {
      action: `Connected: ${stored.join(", ") || "none"}.`,
    });
  }
  await cancelSyncs(app, name, account);
  const notes: string[] = [];
  for (const one of wanted) {
    const note = await app.oauth.revoke(integration, one);
    if (note === undefined) continue;
    notes.push(`${one}: ${note}`);
    app.log.warn("An account's permission was not taken back.", {
      integration: name,
      account: one,
      reason: note,
    });
  }
  await app.credentials.remove(name, account);
  app.runner.unwatch(name, account);
  // Of those that began meanwhile: one that begins from now on finds no credential.
  await cancelSyncs(app, name, account);
  return { disconnected: wanted, notes };
}
