import { countIndex, orphanedIndexRows, staleRuns } from "@/core/db/queries/health";
import type { App } from "@/core/services/app";
import type { Finding } from "./doctor-finding";
import { countOlder } from "@/core/services/index/renewal";
import { runningServer } from "./server-file";
import { count } from "./text";

/** A sync whose process has been silent for this long is dead. */
const SILENT_FOR_MS = 5 * 60_000;

/** Looks at the index's rows and runs that never ended. */
export async function checkDatabase(app: Pick<App, "db" | "config">): Promise<Finding[]> {
  return [await checkOrphans(app), await checkRuns(app), await checkWaiting(app)];
}

async function checkOrphans({ db }: Pick<App, "db">): Promise<Finding> {
  const orphans = await orphanedIndexRows(db);
  if (orphans.length === 0)
    return { check: "index", message: "Every row of the index belongs to an artifact." };
  const where = orphans.map(({ table, rows }) => `${rows} in ${table}`).join(", ");
  return {
    check: "index",
    message: `The index holds rows of artifacts that are gone: ${where}.`,
    fix: "They are never served; the next sync of their source clears them: stoneturner sync --full",
  };
}

async function checkRuns({ db }: Pick<App, "db">): Promise<Finding> {
  const stale = await staleRuns(db, new Date(Date.now() - SILENT_FOR_MS).toISOString());
  if (stale.length === 0) return { check: "runs", message: "No sync hangs." };
  const which = stale.map((run) => `${run.integration} ${run.account}`).join(", ");
  return {
    check: "runs",
    message: `${count(stale.length, "sync")} stopped without an end: ${which}.`,
    fix: "Start the server, which takes them up again, or run: stoneturner sync",
  };
}

async function checkWaiting({ db, config }: Pick<App, "db" | "config">): Promise<Finding> {
  const { artifacts, waiting } = await countIndex(db);
  const older = await countOlder(db);
  const found = `All of ${count(artifacts, "artifact")} can be found by search`;
  if (waiting === 0 && older === 0) return { check: "waiting", message: `${found}.` };
  const message =
    waiting === 0
      ? `${found}; ${older} are still as an earlier version indexed them.`
      : `${count(waiting, "artifact")} of ${artifacts} wait to be indexed.`;
  // A running server is working on it.
  if (runningServer(config) !== undefined) return { check: "waiting", message };
  return { check: "waiting", message, fix: "Start the server, or run: stoneturner sync" };
}

/** Looks at the connected accounts and the registries. */
export async function checkAccounts({
  credentials,
  registry,
}: Pick<App, "credentials" | "registry">): Promise<Finding[]> {
  const accounts = await credentials.list();
  const broken = accounts.filter((account) => account.status !== "connected");
  return [
    ...registry.problems.map((message) => ({
      check: "registry",
      message,
      fix: "Register it in both files of src/integrations.",
    })),
    { check: "accounts", message: `${count(accounts.length - broken.length, "account")} connected.` },
    ...broken.map(brokenAccount),
  ];
}

type Account = Awaited<ReturnType<App["credentials"]["list"]>>[number];

/** A new key mends an account that is refused alone; of any other, the reason says what does. */
function brokenAccount({ integration, account, status, statusReason }: Account): Finding {
  const named = `"${integration}" --account "${account}"`;
  return {
    check: "accounts",
    message: `${integration} ${account} does not work: ${statusReason ?? "no reason is known"}`,
    fix:
      status === "needs_reconnect"
        ? `Connect it again: stoneturner connect ${named}`
        : `Sync it again once that is mended: stoneturner sync ${named}`,
  };
}
