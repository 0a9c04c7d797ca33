import type { Config } from "@/core/config";
import { openSecretsDatabase, type SecretsDatabase } from "@/core/db/secrets";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore } from "@/core/services/app";
import type { ServicesFactory } from "@/core/services/integration-services";
import { CredentialVault } from "./credential-vault";
import { Keyring } from "./keyring";
import { moveCredential } from "./move-credential";
import { SealedRecords } from "./sealed-records";

/** What the parts of the core that renew and connect accounts work with beside the store. */
export interface Vault {
  secrets: SecretsDatabase;
  keyring: Keyring;
  records: SealedRecords;
}

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
}): Promise<CredentialStore & { vault: Vault }> {
  const secrets = await openSecretsDatabase(deps.config.secretsPath);
  try {
    const keyring = await Keyring.open(deps.config, secrets, deps.onNewKey);
    const records = new SealedRecords(secrets, keyring);
    const vault = new CredentialVault(deps.db, records, deps.log, deps.services);
    return {
      vault: { secrets, keyring, records },
      complete: (integration, input) => vault.complete(integration, input),
      save: (integration, input, signal) => vault.save(integration, input, signal),
      saveGrant: (integration, grant) => vault.saveGrant(integration, grant),
      list: (integration) => vault.list(integration),
      read: (integration, account) => vault.read(integration, account),
      setStatus: (...status) => vault.setStatus(...status),
      noteExpiry: (...expiry) => vault.noteExpiry(...expiry),
      move: (integration, from, to) => moveCredential(deps.db, records, { integration, from, to }),
      remove: (integration, account) => vault.remove(integration, account),
      close: () => secrets.close(),
    };
  } catch (error) {
    secrets.close();
    throw error;
  }
}
