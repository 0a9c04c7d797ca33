import type { Config } from "@/core/config";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore } from "@/core/services/app";

export function createCredentialStore(_deps: {
  db: Db;
  config: Config;
  log: Logger;
}): Promise<CredentialStore> {
  throw new Error("not built");
}
