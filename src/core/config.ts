/** The one place that reads the environment (beside the dialect, see `db/dialect.ts`). */
import { homedir } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { ConfigError } from "@/core/models/errors";

const flag = z
  .enum(["true", "false", "1", "0"], { error: "takes true or false" })
  .transform((value) => value === "true" || value === "1");
const portHint = "takes a port number, 0 to 65535";
const url = z.url({ error: "takes a URL such as http://127.0.0.1:9000", protocol: /^https?$/ });

const environmentSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portHint)
    .transform(Number)
    .refine((port) => port <= 65_535, portHint)
    .default(9000),
  STONETURNER_HOST: z.string().min(1).default("127.0.0.1"),
  STONETURNER_HOME: z.string().min(1).optional(),
  BUN_PUBLIC_BACKEND_BASE_URL: url.optional(),
  FRONTEND_BASE_URL: url.optional(),
  BUN_PUBLIC_DEV_MODE: flag.default(false),
  CRON_ENABLED: flag.default(true),
  DATABASE_URL: z
    .string()
    .refine(
      (value) => value.startsWith("file:"),
      "takes nothing yet but file:PATH; PostgreSQL is not wired up",
    )
    .optional(),
  AI_GATEWAY_API_KEY: z.string().min(1).optional(),
  STONETURNER_KEY: z.string().min(1).optional(),
  INSIGHTS_MODEL: z.string().min(1).optional(),
  INSIGHTS_BASE_URL: url.optional(),
  INSIGHTS_API_KEY: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], { error: "takes debug, info, warn or error" })
    .default("info"),
});

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
  /** Key of the secrets database; a key file in the data folder when unset. */
  encryptionKey: string | undefined;
  /** Language model for insights; undefined means offline extraction only, and nothing is sent anywhere. */
  insights: InsightsConfig | undefined;
  logLevel: "debug" | "info" | "warn" | "error";
  /** The project's own folder: migrations, assets, client. */
  projectRoot: string;
}

export type InsightsConfig =
  | { kind: "gateway"; model: string; apiKey: string }
  | { kind: "openai-compatible"; model: string; baseUrl: string; apiKey: string | undefined };

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
  const databasePath = env.DATABASE_URL?.slice("file:".length) ?? resolve(home, `${prefix}stoneturner.db`);
  return {
    port: env.PORT,
    host: env.STONETURNER_HOST,
    home,
    databasePath,
    secretsPath: resolve(home, `${prefix}stoneturner-secrets.db`),
    publicUrl: (env.BUN_PUBLIC_BACKEND_BASE_URL ?? `http://127.0.0.1:${env.PORT}`).replace(/\/+$/, ""),
    allowedOrigins: env.FRONTEND_BASE_URL === undefined ? [] : [new URL(env.FRONTEND_BASE_URL).origin],
    devMode: env.BUN_PUBLIC_DEV_MODE,
    schedulesEnabled: env.CRON_ENABLED,
    encryptionKey: env.STONETURNER_KEY,
    insights: insightsConfig(env),
    logLevel: env.LOG_LEVEL,
    projectRoot,
  };
}

function insightsConfig(env: z.infer<typeof environmentSchema>): InsightsConfig | undefined {
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

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? homedir() + path.slice(1) : path;
}
