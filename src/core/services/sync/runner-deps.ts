import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore, Registry } from "@/core/services/app";

/** What the sync runner and its parts are handed by the composition root. */
export interface RunnerDeps {
  db: Db;
  log: Logger;
  registry: Registry;
  credentials: CredentialStore;
}
