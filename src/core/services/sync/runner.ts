import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore, Registry, SyncRunner } from "@/core/services/app";

export function createSyncRunner(_deps: {
  db: Db;
  log: Logger;
  registry: Registry;
  credentials: CredentialStore;
}): SyncRunner {
  throw new Error("not built");
}
