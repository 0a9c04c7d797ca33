/** The one place that reads the environment (beside the dialect, see `db/dialect.ts`). */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigError } from "@/core/models/errors";
import { isLoopback, urlHost } from "@/lib/host-name";
import { type Environment, environmentSchema } from "./config-variables";

export interface Config {
  port: number;
  /** Address to listen on. Loopback unless the operator says otherwise. */
  host: string;
  /** The data folder. */
  home: string;
  databasePath: string;
  secretsPath: string;
  /** Where people and agents reach this server; links and redirects are made from it, never from a request. */
  publicUrl: string;
  /** Origins of web pages that may call the API, beside the server's own. */
  allowedOrigins: string[];
  devMode: boolean;
  schedulesEnabled: boolean;
  /** When everything that failed is tried again, as a schedule's time; undefined for never. */
  retryFailedAt: string | undefined;
  /** How long syncs are remembered, and how many of each account. */
  history: { days: number; runs: number };
  /** Key of the secrets database; a key file in the data folder when unset. */
  encryptionKey: string | undefined;
  /** Its successor, for the command that exchanges the key. */
  nextEncryptionKey: string | undefined;
  /** Language model for insights; undefined means offline extraction only, and nothing is sent anywhere. */
  insights: InsightsConfig | undefined;
  /** What turns texts into vectors. The default needs no key and no network. */
  embedding: EmbeddingConfig;
  /** Folder or name of a cross-encoder on this machine that reads the best passages once more; undefined means none. */
  rerankModel: string | undefined;
  /** Addresses and networks of proxies whose word on who the client is counts. */
  trustedProxies: string[];
  /** Where integrations find their provider instead of its own address, by name or `name.part` in lower case. */
  integrationApiUrls: Readonly<Record<string, string>>;
  /** Hosts that integrations may call although they are not on the open internet: `host` or `host:port`. */
  allowedPrivateHosts: readonly string[];
  /** Applications that providers know this installation as, by the integration's name as `oauthClientName` spells it. */
  oauthClients: Readonly<Record<string, OAuthClient>>;
  /** Requests a minute that one token, or the owner, may make. */
  requestsPerMinute: number;
  /** The issuer whose tokens are taken beside our own; undefined means none, and nothing is fetched. */
  oauth: OAuthConfig | undefined;
  logLevel: "debug" | "info" | "warn" | "error";
  /** The project's own folder: migrations, assets, client. */
  projectRoot: string;
}

export type InsightsConfig =
  | { kind: "gateway"; model: string; apiKey: string }
  | { kind: "openai-compatible"; model: string; baseUrl: string; apiKey: string | undefined };

export interface OAuthClient {
  id: string;
  secret: string;
}

/** The model that is wanted, and where models elsewhere are reached: the one before is still asked until it is replaced. */
export interface EmbeddingConfig {
  /** As it stands in EMBEDDING_MODEL: `static`, or a kind and a name with a colon between. */
  model: string;
  baseUrl: string | undefined;
  apiKey: string | undefined;
  gatewayKey: string | undefined;
  /** Where models that run on this machine are kept, and may have their runtime. */
  modelsFolder: string;
  /** Where such models are fetched from. */
  hubUrl: string;
}

export interface OAuthConfig {
  issuer: string;
  /** What a token has to be made out to. */
  audience: string;
  /** Where the issuer publishes its keys. */
  jwksUrl: string;
  /** Lets the keys come over plain HTTP and from this machine or network. */
  allowPrivateHosts: boolean;
}

const projectRoot = resolve(import.meta.dir, "../..");

/**
 * Parses the environment. Empty variables count as unset.
 *
 * @throws ConfigError naming every wrong variable and what it takes.
 */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`The environment has ${lines.length} wrong value(s): ${lines.join("; ")}.`, {
      action: "Correct or unset them; docs/configuration.md lists what each one takes.",
    });
  }
  const env = parsed.data;
  const home = resolve(expandHome(env.STONETURNER_HOME ?? projectRoot));
  const prefix = env.BUN_PUBLIC_DEV_MODE ? "test-" : "";
  const elsewhere = env.DATABASE_URL?.slice("file:".length);
  const databasePath =
    elsewhere === undefined ? resolve(home, `${prefix}stoneturner.db`) : expandHome(elsewhere);
  const publicUrl = (env.BUN_PUBLIC_BACKEND_BASE_URL ?? ownUrl(env)).replace(/\/+$/, "");
  return {
    port: env.PORT,
    host: env.STONETURNER_HOST,
    home,
    databasePath,
    secretsPath: resolve(home, `${prefix}stoneturner-secrets.db`),
    publicUrl,
    allowedOrigins: env.FRONTEND_BASE_URL === undefined ? [] : [new URL(env.FRONTEND_BASE_URL).origin],
    devMode: env.BUN_PUBLIC_DEV_MODE,
    schedulesEnabled: env.CRON_ENABLED,
    retryFailedAt: env.CRON_RETRY_FAILED,
    history: { days: env.SYNC_HISTORY_DAYS, runs: env.SYNC_HISTORY_RUNS },
    encryptionKey: env.STONETURNER_KEY,
    nextEncryptionKey: env.STONETURNER_KEY_NEXT,
    insights: insightsConfig(env),
    embedding: embeddingConfig(env, home),
    rerankModel: env.RERANK_MODEL?.replace(/^local:/, ""),
    trustedProxies: env.TRUSTED_PROXIES,
    integrationApiUrls: env.INTEGRATION_API_URLS,
    allowedPrivateHosts: env.ALLOWED_PRIVATE_HOSTS,
    oauthClients: oauthClients(given),
    requestsPerMinute: env.RATE_LIMIT,
    oauth: oauthConfig(env, publicUrl),
    logLevel: env.LOG_LEVEL,
    projectRoot,
  };
}

/** Where this machine reaches the server: at 127.0.0.1 nobody listens where another loopback address is chosen. */
function ownUrl({ STONETURNER_HOST: host, PORT: port }: Environment): string {
  return `http://${isLoopback(host) ? urlHost(host) : "127.0.0.1"}:${port}`;
}

function embeddingConfig(env: Environment, home: string): EmbeddingConfig {
  const model = env.EMBEDDING_MODEL;
  if (model.startsWith("openai:") && env.EMBEDDING_BASE_URL === undefined) {
    throw new ConfigError(`EMBEDDING_MODEL is ${model} but EMBEDDING_BASE_URL is not set.`, {
      action: "Set EMBEDDING_BASE_URL to the endpoint, e.g. http://127.0.0.1:11434/v1 for Ollama.",
    });
  }
  if (model.startsWith("gateway:") && env.AI_GATEWAY_API_KEY === undefined) {
    throw new ConfigError(`EMBEDDING_MODEL is ${model} but AI_GATEWAY_API_KEY is not set.`, {
      action: "Set AI_GATEWAY_API_KEY, or EMBEDDING_MODEL=static, which needs no key.",
    });
  }
  return {
    model,
    baseUrl: env.EMBEDDING_BASE_URL,
    apiKey: env.EMBEDDING_API_KEY,
    gatewayKey: env.AI_GATEWAY_API_KEY,
    modelsFolder: join(home, "models"),
    hubUrl: env.MODEL_HUB_URL.replace(/\/+$/, ""),
  };
}

function insightsConfig(env: Environment): InsightsConfig | undefined {
  if (env.INSIGHTS_BASE_URL !== undefined) {
    if (env.INSIGHTS_MODEL === undefined) {
      throw new ConfigError("INSIGHTS_BASE_URL is set but INSIGHTS_MODEL is not.", {
        action: "Set INSIGHTS_MODEL to the model's name at that endpoint, e.g. llama3.2.",
      });
    }
    const { INSIGHTS_MODEL: model, INSIGHTS_BASE_URL: baseUrl, INSIGHTS_API_KEY: apiKey } = env;
    return { kind: "openai-compatible", model, baseUrl, apiKey };
  }
  if (env.AI_GATEWAY_API_KEY === undefined) return undefined;
  return {
    kind: "gateway",
    model: env.INSIGHTS_MODEL ?? "openai/gpt-5-nano",
    apiKey: env.AI_GATEWAY_API_KEY,
  };
}

function oauthConfig(env: Environment, publicUrl: string): OAuthConfig | undefined {
  const { OAUTH_ISSUER: issuer, OAUTH_AUDIENCE, OAUTH_JWKS_URL, OAUTH_ALLOW_PRIVATE_HOSTS } = env;
  if (issuer === undefined) {
    if (OAUTH_AUDIENCE === undefined && OAUTH_JWKS_URL === undefined) return undefined;
    throw new ConfigError("OAUTH_AUDIENCE or OAUTH_JWKS_URL is set but OAUTH_ISSUER is not.", {
      action: "Set OAUTH_ISSUER to the issuer's URL, or unset the others.",
    });
  }
  const jwksUrl = OAUTH_JWKS_URL ?? `${issuer.replace(/\/+$/, "")}/.well-known/jwks.json`;
  if (!OAUTH_ALLOW_PRIVATE_HOSTS && !jwksUrl.startsWith("https:")) {
    throw new ConfigError(
      "The keys of OAUTH_ISSUER would come over plain HTTP, where they can be exchanged.",
      {
        action: "Use an https URL.",
      },
    );
  }
  const audience = OAUTH_AUDIENCE ?? `${publicUrl}/mcp`;
  return { issuer, audience, jwksUrl, allowPrivateHosts: OAUTH_ALLOW_PRIVATE_HOSTS };
}

/** How an integration is called in the names of variables: `Google Drive` is `GOOGLE_DRIVE`. */
export function oauthClientName(integration: string): string {
  return integration.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
}

/** Reads `NOTION_OAUTH_CLIENT_ID` and `NOTION_OAUTH_CLIENT_SECRET`, and those of every other integration. */
function oauthClients(environment: Record<string, string | undefined>): Record<string, OAuthClient> {
  const names = Object.keys(environment).flatMap(
    (name) => /^([A-Z0-9_]+)_OAUTH_CLIENT_(?:ID|SECRET)$/.exec(name)?.[1] ?? [],
  );
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      const [id, secret] = [
        environment[`${name}_OAUTH_CLIENT_ID`],
        environment[`${name}_OAUTH_CLIENT_SECRET`],
      ];
      if (id !== undefined && secret !== undefined) return [name, { id, secret }];
      const [set, missing] = id === undefined ? ["SECRET", "ID"] : ["ID", "SECRET"];
      throw new ConfigError(
        `${name}_OAUTH_CLIENT_${set} is set but ${name}_OAUTH_CLIENT_${missing} is not.`,
        {
          action: "Set both, as the provider's page of the application shows them.",
        },
      );
    }),
  );
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? homedir() + path.slice(1) : path;
}
