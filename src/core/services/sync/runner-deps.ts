import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore, Registry } from "@/core/services/app";
import type { ServicesFactory } from "@/core/services/integration-services";
import type { OAuthConnections } from "@/core/services/oauth/types";
import type { Failpoint } from "./failpoint";

/** What the sync runner and its parts are handed by the composition root. */
export interface RunnerDeps {
  db: Db;
  log: Logger;
  registry: Registry;
  credentials: CredentialStore;
  services: ServicesFactory;
  /** Renews the tokens of accounts that were connected through OAuth. */
  oauth?: Pick<OAuthConnections, "authOf"> | undefined;
  /** Whether an index that a newer version made is left as it is. */
  leavesNewer?: boolean | undefined;
  /** Set by fault tests only: called between the durable steps of every sync. */
  failpoint?: Failpoint | undefined;
}
