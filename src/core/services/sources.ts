import { and, eq, max } from "drizzle-orm";
import { type ArtifactCount, countArtifacts } from "@/core/db/queries/artifacts";
import { latestRuns } from "@/core/db/queries/runs";
import { syncRun } from "@/core/db/schema";
import type { Source } from "@/core/models/api";
import { type PublicCredential, publicCredentialSchema } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { isActive, type SyncRun, syncRunSchema } from "@/core/models/sync";
import type { App } from "./app";

/**
 * The sources of this program as people and agents see them: form, accounts, state of the sync, counts. Never a
 * secret. A fixed number of queries, however many sources there are.
 *
 * @param integration only this one, matched without regard to case.
 * @throws NotFoundError with near matches for an unknown name.
 */
export async function listSources(
  app: Pick<App, "db" | "registry" | "credentials"> & Partial<Pick<App, "oauth">>,
  integration?: string,
): Promise<Source[]> {
  const wanted = integration === undefined ? app.registry.integrations : [app.registry.find(integration)];
  const name = integration === undefined ? undefined : wanted[0]?.config.integration;
  const [accounts, runs, counts, synced] = await Promise.all([
    app.credentials.list(name),
    latestRuns(app.db, name),
    countArtifacts(app.db),
    lastSyncTimes(app.db, name),
  ]);
  const oauth = await Promise.all(wanted.map((one) => oauthOf(app.oauth, one)));
  return wanted.map((source, index) => {
    const { config } = source;
    const own = (row: { integration: string }) => row.integration === config.integration;
    const held = counts.filter(own);
    const facts = {
      accounts: accounts.filter(own).map((account) => ({
        ...publicCredentialSchema.parse(account),
        artifacts: held.find((count) => count.account === account.account)?.live ?? 0,
      })),
      formerAccounts: formerAccounts(config, {
        accounts: accounts.filter(own),
        runs: runs.filter(own),
        held,
      }),
      artifacts: sum(held.map((count) => count.live)),
      waiting: sum(held.map((count) => count.waiting)),
      runs: runs
        .filter(own)
        .map((run) => syncRunSchema.parse(run))
        .sort(runningFirst),
      lastSyncedAt: synced.find(own)?.at ?? null,
    };
    return { ...describe(source), oauth: oauth[index] ?? null, ...facts, status: statusOf(config, facts) };
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Active runs before the others, and then the newest first. */
function runningFirst(a: SyncRun, b: SyncRun): number {
  return Number(isActive(b)) - Number(isActive(a)) || (a.createdAt < b.createdAt ? 1 : -1);
}

/** Accounts that something is left of though nobody is connected as them, by name. */
function formerAccounts(
  config: IntegrationConfig,
  {
    accounts,
    runs,
    held,
  }: Record<"accounts" | "runs", readonly { account: string }[]> & { held: readonly ArtifactCount[] },
): Source["formerAccounts"] {
  // Without anything to connect with, what was synced is of the source's only account.
  if (asksForNothing(config)) return [];
  const connected = new Set(accounts.map(({ account }) => account));
  const artifacts = new Map(runs.map(({ account }) => [account, 0]));
  for (const { account, live } of held) artifacts.set(account, live);
  return [...artifacts]
    .filter(([account]) => !connected.has(account))
    .map(([account, count]) => ({ account, artifacts: count }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
}

const asksForNothing = ({ inputs = [], optionInputs = [] }: IntegrationConfig) =>
  inputs.length === 0 && optionInputs.length === 0;

/** What to show first about a source: what happens now, then what needs a person, then whether it is connected. */
function statusOf(
  config: IntegrationConfig,
  facts: { accounts: PublicCredential[]; artifacts: number; waiting: number; runs: SyncRun[] },
): Source["status"] {
  const { accounts, runs } = facts;
  if (runs.some(isActive)) return "syncing";
  if (accounts.some((account) => account.status === "needs_reconnect")) return "needs_reconnect";
  if (accounts.some((account) => account.status === "error")) return "error";
  if (runs.some((run) => run.state === "parked")) return "parked";
  if (accounts.length > 0) return "connected";
  const hasData = facts.artifacts + facts.waiting > 0 || runs.some((run) => run.state === "succeeded");
  return asksForNothing(config) && hasData ? "connected" : "not_connected";
}

/** What the form of a source that connects through OAuth has to know. */
async function oauthOf(oauth: App["oauth"] | undefined, { config, oauth: definition }: Integration) {
  if (oauth === undefined || definition === undefined) return null;
  const { integration } = config;
  return { redirectUri: oauth.redirectUri(integration), clientKnown: await oauth.hasClient(integration) };
}

type Description = Omit<
  Source,
  "oauth" | "status" | "accounts" | "formerAccounts" | "artifacts" | "waiting" | "runs" | "lastSyncedAt"
>;

/** The public form of a config. Key-like fields count as secret unless the config says otherwise. */
function describe({ config, choices }: Integration): Description {
  const { integration, icon, integrationType, description, docs, installUrl, oauthAuthorizationUrl } = config;
  return {
    integration,
    icon,
    integrationType,
    ...(description === undefined ? {} : { description }),
    ...(docs === undefined ? {} : { docs }),
    ...(installUrl === undefined ? {} : { installUrl }),
    ...(oauthAuthorizationUrl === undefined ? {} : { oauthAuthorizationUrl }),
    inputs: (config.inputs ?? []).map((field) => ({ secret: field.input !== "baseUrl", ...field })),
    optionInputs: (config.optionInputs ?? []).map((field) => ({
      ...field,
      ...(choices?.[field.key] === undefined ? {} : { lookUp: true }),
    })),
  };
}

/** When each integration last finished a sync, whatever became of later ones. */
async function lastSyncTimes(
  db: Db,
  integration: string | undefined,
): Promise<{ integration: string; at: string | null }[]> {
  const succeeded = eq(syncRun.state, "succeeded");
  return db
    .select({ integration: syncRun.integration, at: max(syncRun.finishedAt) })
    .from(syncRun)
    .where(integration === undefined ? succeeded : and(succeeded, eq(syncRun.integration, integration)))
    .groupBy(syncRun.integration);
}
