import type { z } from "zod";
import type { OptionChoice } from "./choices";
import type { Credential, CredentialInput } from "./credential";
import type { Db } from "./database";
import type { HttpAuth, HttpClient, ProviderHttpOptions } from "./http";
import type { IntegrationConfig } from "./integration-config";
import type { OAuthDefinition } from "./oauth";
import type { Logger } from "./logger";
import type { SyncMode } from "./sync";
import type { WebhookDelivery, WebhookEvent } from "./webhook";

/** What the core lends to an integration that talks to its provider. */
export interface IntegrationServices {
  /**
   * A client for the provider: paced with everyone who shares the account, retried, bounded, and kept from addresses
   * that are not for an integration to call.
   */
  http: (options?: ProviderHttpOptions) => HttpClient;
  /**
   * Where the provider's API is: `fallback`, unless the operator names another place for this integration (a test
   * server, a proxy). `part` tells apart the addresses of a provider that has several. Without a slash at its end.
   */
  apiUrl: (fallback: string, part?: string) => string;
  log: Logger;
}

/** What the core hands to every function of an integration, beside the database. */
export interface IntegrationContext extends IntegrationServices {
  /** Equals `config.integration`. */
  integration: string;
  /** Label of the connected account that this call is about. */
  account: string;
  /** The account's credential with its secrets. */
  credential: Credential;
  /** How requests of an account that was connected through OAuth prove who they are; renewed by the core. */
  auth?: HttpAuth | undefined;
  /** Aborted when the sync is cancelled or the program stops; pass it to every wait and request. */
  signal: AbortSignal;
}

/** What a sync function receives. */
export interface SyncContext extends IntegrationContext {
  mode: SyncMode;
  /** The `syncRun` row that this sync belongs to. */
  runId: string;
  /** Which start of the program works on that row; the engine writes only as long as the row says the same. */
  owner?: string | undefined;
  /** True when a person has confirmed that many items were deleted on purpose. */
  confirmDeletions: boolean;
  /** Set by fault tests only: called between the durable steps of a sync. */
  failpoint?: ((name: string) => Promise<void> | void) | undefined;
}

/** The credential as it will be stored, after a connect check. */
export interface ConnectResult {
  /** Label of the account, taken when the person gave none. */
  account: string;
  /** Cleaned credential: trimmed, normalised, defaults filled in. */
  credential: CredentialInput;
}

/**
 * What an account could choose for its settings, by the setting's key in `config.optionInputs`. Entries are yielded as
 * they are found, those that are wanted most first: no more are asked for than are shown.
 */
export type OptionChoices = Readonly<
  Record<string, (context: IntegrationContext) => AsyncIterable<OptionChoice>>
>;

/**
 * A source. Only `config`, `sync`, `syncUpdates` and `deleteSync` are needed; functions may take no parameter.
 * Most integrations are made by `createIntegration`; a hand-written object of this type works as well.
 */
export interface Integration {
  config: IntegrationConfig;
  /** Full sync: reads everything. */
  sync: (db: Db, context: SyncContext) => Promise<void>;
  /** Incremental sync: reads what changed. */
  syncUpdates: (db: Db, context: SyncContext) => Promise<void>;
  /**
   * Purges the integration's own tables. The core purges syncTasks, artifacts and embeddings itself, before
   * and after, so a hand-written function that does nothing still leaves nothing of the core's behind.
   */
  deleteSync: (db: Db, context: IntegrationContext) => Promise<void>;
  /** How accounts are connected through OAuth by the core, beside or instead of the form. */
  oauth?: OAuthDefinition;
  /** Ends an OAuth redirect by itself, where the core's flow (`oauth`) does not fit. */
  handleRedirect?: (req: Request, db: Db, context: IntegrationContext) => Promise<Response | void>;
  /** Renews tokens that it keeps itself. Called once when a sync meets an `AuthError`; the sync is then tried again. */
  refreshAccessTokens?: (db: Db, context: IntegrationContext) => Promise<void>;
  /**
   * One cheap check before a credential is saved. Throws `InputError` with the field at fault, or `AuthError`.
   * Without it the credential is stored as given. `keepSecrets` is set where an account is changed that is connected already.
   */
  connect?: (
    input: CredentialInput,
    signal: AbortSignal,
    services: IntegrationServices,
  ) => Promise<ConnectResult>;
  /**
   * Lists to choose from, offered in the form that connects an account. Called once `connect` has taken the credential;
   * `credential.options` are as they were written so far, and may be wrong.
   */
  choices?: OptionChoices;
  /**
   * Starts watching an account for changes, where its source can and the account wants it: calls `onChange` once for
   * changes in a row, until the context's signal is aborted. What changed is found out by the sync that follows.
   */
  watch?: (context: IntegrationContext, onChange: () => void) => void;
  /**
   * Reads a request with which the provider announces a change. Undefined when it is not signed with this credential's
   * secret (`services/webhooks/signature.ts` compares); the announcement only starts an incremental sync.
   */
  webhook?: (delivery: WebhookDelivery, credential: Credential) => WebhookEvent | undefined;
  /**
   * For how many days the source keeps the changes that an incremental sync asks for, where it forgets them. After a
   * longer silence the next sync is a full one.
   */
  keepsChangesForDays?: number;
  /**
   * What the settings beside the key (`config.optionInputs`) take, as people write them. The core refuses others before
   * an account is stored, whichever way it is connected. What it gives must be taken again when it is stored.
   */
  options?: z.ZodType;
  /** Tables of the integration's own that agents may read with SQL. */
  tableNames?: readonly string[];
}
