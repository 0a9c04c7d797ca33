import type { PublicCredential } from "@/core/models/credential";
import { ConflictError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { App } from "./app";
import { cancelSyncs } from "./sync/cancel-syncs";
import { connectedAnew } from "./sync/full-pass";

/**
 * The way out for a person who connected an account anew and reached another one by it: what it leads to now becomes an
 * account of its own, `newAccount`, and is read; what was synced of the one before stays as it is, under its old label,
 * until that is connected again.
 *
 * @throws ConflictError when the account was not connected anew since it was last read as a whole, or the label is
 *   taken; NotFoundError without such an account.
 */
export async function keepBoth(
  app: Pick<App, "credentials" | "db" | "runner">,
  integration: Integration,
  { account, newAccount }: { account: string; newAccount: string },
): Promise<{ connected: PublicCredential; runId: string }> {
  const { integration: name } = integration.config;
  const stored = await app.credentials.list(name);
  const known = stored.find((entry) => entry.account === account);
  const leadsNowhere = known?.status === "needs_reconnect";
  if (
    leadsNowhere ||
    (known !== undefined && (await connectedAnew(app.db, { integration: name, account })) === undefined)
  ) {
    throw new ConflictError(`'${account}' was not connected anew since it was last read as a whole.`, {
      action: "To add another account, connect it under a name of its own.",
    });
  }
  await cancelSyncs(app, name, account);
  await app.credentials.move(name, account, newAccount);
  const request = { integration: name, account: newAccount, mode: "full", trigger: "manual" } as const;
  const [started] = await app.runner.start(request);
  const connected = (await app.credentials.list(name)).find((entry) => entry.account === newAccount);
  if (started === undefined || connected === undefined)
    throw new ConflictError(`'${newAccount}' was disconnected meanwhile.`, { action: "Connect it again." });
  return { connected, runId: started.runId };
}
