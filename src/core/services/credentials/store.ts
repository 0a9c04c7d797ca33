import { and, asc, eq, type SQL } from "drizzle-orm";
import type { Config } from "@/core/config";
import { integrationCredential } from "@/core/db/schema";
import { openSecretsDatabase, type SecretsDatabase } from "@/core/db/secrets";
import type { Credential, CredentialInput, PublicCredential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import { AuthError, ConfigError, messageOf } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore } from "@/core/services/app";
import type { ServicesFactory } from "@/core/services/integration-services";
import { stableId } from "@/lib/hash";
import { isoNow } from "@/lib/time";
import { type MasterKey, seal, unseal } from "./cipher";
import { checkInput, cleanInput } from "./fields";
import { unlock } from "./master-key";
import { parseSealed, splitCredential } from "./sealed";

const MAX_LABEL = 500;
const unreadable = "The stored secret was changed or does not belong to this account.";

const publicColumns = {
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

/**
 * Opens the store of connected accounts: public parts in the main database, secrets encrypted in a file of their own.
 *
 * @throws ConfigError when the key is missing, malformed or not the one the secrets were encrypted with.
 */
export async function createCredentialStore(deps: {
  db: Db;
  config: Pick<Config, "secretsPath" | "encryptionKey" | "home">;
  log: Logger;
  services: ServicesFactory;
  /** Called when the key of a new secrets database is laid down. */
  onNewKey?: () => Promise<void>;
}): Promise<CredentialStore> {
  const secrets = await openSecrets(deps.config.secretsPath);
  try {
    const key = await unlock(deps.config, secrets, deps.onNewKey);
    const vault = new CredentialVault(deps.db, secrets, key, deps.log, deps.services);
    return {
      save: (integration, input, signal) => vault.save(integration, input, signal),
      list: (integration) => vault.list(integration),
      read: (integration, account) => vault.read(integration, account),
      setStatus: (...status) => vault.setStatus(...status),
      remove: (integration, account) => vault.remove(integration, account),
      close: () => secrets.close(),
    };
  } catch (error) {
    secrets.close();
    throw error;
  }
}

async function openSecrets(path: string): Promise<SecretsDatabase> {
  try {
    return await openSecretsDatabase(path);
  } catch (error) {
    throw new ConfigError(`The secrets database ${path} cannot be opened: ${messageOf(error)}.`, {
      action: "Restore it from a backup, or move it away and connect the accounts again.",
      cause: error,
    });
  }
}

class CredentialVault {
  constructor(
    private readonly db: Db,
    private readonly secrets: SecretsDatabase,
    private readonly key: MasterKey,
    private readonly log: Logger,
    private readonly services: ServicesFactory,
  ) {}

  async save(
    integration: Integration,
    given: CredentialInput,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<PublicCredential & { integration: string }> {
    const { config } = integration;
    const input = cleanInput(given);
    checkInput(config, input);
    const checked = await integration.connect?.(input, signal, this.services.for(config.integration));
    signal.throwIfAborted();
    const credential = checked === undefined ? input : cleanInput(checked.credential);
    const account = (input.account ?? checked?.account.trim().slice(0, MAX_LABEL)) || "default";
    const { sealed, options } = splitCredential(config, credential);
    const id = stableId("credential", config.integration, account);
    // Secrets first: a crash in between leaves a secret that nobody refers to, never an account without its secret.
    if (sealed === undefined) await this.secrets.remove([id]);
    else await this.secrets.write(id, seal(this.key, id, JSON.stringify(sealed)));
    const now = isoNow();
    const changing = {
      type: config.integrationType,
      status: "connected" as const,
      statusReason: null,
      baseUrl: credential.baseUrl ?? null,
      options,
      updatedAt: now,
    };
    const [row] = await this.db
      .insert(integrationCredential)
      .values({ id, integration: config.integration, account, createdAt: now, ...changing })
      .onConflictDoUpdate({ target: integrationCredential.id, set: changing })
      .returning(publicColumns);
    if (row === undefined) throw new Error("The stored account did not come back from the database.");
    this.log.info("Account connected.", { integration: config.integration, account });
    return row;
  }

  list(integration?: string): Promise<(PublicCredential & { integration: string })[]> {
    return this.db
      .select(publicColumns)
      .from(integrationCredential)
      .where(integration === undefined ? undefined : eq(integrationCredential.integration, integration))
      .orderBy(asc(integrationCredential.integration), asc(integrationCredential.account));
  }

  async read(integration: string, account: string): Promise<Credential | undefined> {
    const [row] = await this.db.select().from(integrationCredential).where(ofAccount(integration, account));
    if (row === undefined) return undefined;
    const { id, baseUrl, expiresAt } = row;
    const sealed = await this.secrets.read(id);
    const text = sealed === undefined ? '{"options":{}}' : unseal(this.key, id, sealed);
    const secret = text === undefined ? undefined : parseSealed(text);
    if (secret === undefined) {
      const error = new AuthError(unreadable, { action: "Connect the account again." });
      await this.setStatus(integration, account, "needs_reconnect", error.explanation);
      this.log.warn("A stored secret does not open.", { integration, account });
      throw error;
    }
    const { options, ...keys } = secret;
    return {
      id,
      integration,
      account,
      ...keys,
      baseUrl: baseUrl ?? undefined,
      expiresAt: expiresAt ?? undefined,
      options: { ...row.options, ...options },
    };
  }

  async setStatus(
    integration: string,
    account: string,
    status: PublicCredential["status"],
    reason: string | null,
  ): Promise<void> {
    await this.db
      .update(integrationCredential)
      .set({ status, statusReason: status === "connected" ? null : reason, updatedAt: isoNow() })
      .where(ofAccount(integration, account));
  }

  async remove(integration: string, account?: string): Promise<void> {
    const removed = await this.db
      .delete(integrationCredential)
      .where(ofAccount(integration, account))
      .returning({ id: integrationCredential.id });
    await this.secrets.remove(removed.map(({ id }) => id));
  }
}

function ofAccount(integration: string, account: string | undefined): SQL | undefined {
  const own = eq(integrationCredential.integration, integration);
  return account === undefined ? own : and(own, eq(integrationCredential.account, account));
}
