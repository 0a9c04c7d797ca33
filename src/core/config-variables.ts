/** The environment's variables and what each may hold; `config.ts` makes the configuration of them. */
import { isIP } from "node:net";
import { z } from "zod";

const flag = z
  .enum(["true", "false", "1", "0"], { error: "takes true or false" })
  .transform((value) => value === "true" || value === "1");
const portHint = "takes a port number, 0 to 65535";
const url = z.url({ error: "takes a URL such as http://127.0.0.1:9000", protocol: /^https?$/ });
/** Addresses and networks such as 10.0.0.7, 10.0.0.0/8 and ::1, separated by commas. */
const addressList = z
  .string()
  .transform((text) => text.split(",").map((entry) => entry.trim()))
  .refine((entries) => entries.every(isAddressOrNetwork), "takes addresses such as 127.0.0.1,10.0.0.0/8");

/** Hosts such as wiki.internal and 127.0.0.1:4010, separated by commas. */
const hostList = z
  .string()
  .transform((text) => splitList(text))
  .refine((hosts) => hosts.every(isHost), "takes hosts such as wiki.internal,127.0.0.1:4010")
  .default([]);
/** Where integrations find their provider, such as `gong=https://proxy.example,notion=http://127.0.0.1:4010`. */
const apiUrls = z
  .string()
  .transform((text) => splitList(text).map((entry) => /^([\w.-]+)=(.+)$/.exec(entry)?.slice(1) ?? []))
  .refine(
    (pairs) => pairs.every(([, address]) => address !== undefined && url.safeParse(address).success),
    "takes pairs such as gong=https://proxy.example,notion=http://127.0.0.1:4010",
  )
  .transform((pairs) =>
    Object.fromEntries(pairs.map(([name = "", address = ""]) => [name.toLowerCase(), address])),
  )
  .default({});

/** A whole number within a range. */
const wholeNumber = (minimum: number, maximum: number, given: number) => {
  const takes = `takes a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, takes)
    .transform(Number)
    .refine((number) => number >= minimum && number <= maximum, takes)
    .default(given);
};

/** Every variable that the program knows, what it takes, and what it is when unset. */
export const environmentSchema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portHint)
    .transform(Number)
    .refine((port) => port <= 65_535, portHint)
    .default(9000),
  STONETURNER_HOST: z
    .string()
    .regex(/^[\w.:%[\]-]+$/, "takes an address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0")
    .default("127.0.0.1"),
  STONETURNER_HOME: z.string().min(1).optional(),
  BUN_PUBLIC_BACKEND_BASE_URL: url.optional(),
  FRONTEND_BASE_URL: url.optional(),
  BUN_PUBLIC_DEV_MODE: flag.default(false),
  CRON_ENABLED: flag.default(true),
  CRON_RETRY_FAILED: z.string().min(1).optional(),
  SYNC_HISTORY_DAYS: wholeNumber(1, 36_500, 90),
  SYNC_HISTORY_RUNS: wholeNumber(1, 1_000_000, 200),
  DATABASE_URL: z
    .string()
    .refine((value) => /^file:./.test(value), "takes nothing yet but file:PATH; PostgreSQL is not wired up")
    .optional(),
  AI_GATEWAY_API_KEY: z.string().min(1).optional(),
  EMBEDDING_MODEL: z
    .string()
    .regex(
      /^(static|(local|gateway|openai):.+)$/,
      "takes static, local:MODEL, local:/path/to/folder, gateway:MODEL or openai:MODEL",
    )
    .default("static"),
  EMBEDDING_BASE_URL: url.optional(),
  EMBEDDING_API_KEY: z.string().min(1).optional(),
  RERANK_MODEL: z
    .string()
    .regex(/^local:.+$/, "takes local:MODEL or local:/path/to/folder")
    .optional(),
  MODEL_HUB_URL: url.default("https://huggingface.co"),
  STONETURNER_KEY: z.string().min(1).optional(),
  STONETURNER_KEY_NEXT: z.string().min(1).optional(),
  INSIGHTS_MODEL: z.string().min(1).optional(),
  INSIGHTS_BASE_URL: url.optional(),
  INSIGHTS_API_KEY: z.string().min(1).optional(),
  TRUSTED_PROXIES: addressList.default([]),
  INTEGRATION_API_URLS: apiUrls,
  ALLOWED_PRIVATE_HOSTS: hostList,
  RATE_LIMIT: wholeNumber(1, 1_000_000, 1_200),
  OAUTH_ISSUER: url.optional(),
  OAUTH_AUDIENCE: z.string().min(1).optional(),
  OAUTH_JWKS_URL: url.optional(),
  OAUTH_ALLOW_PRIVATE_HOSTS: flag.default(false),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], { error: "takes debug, info, warn or error" })
    .default("info"),
});

export type Environment = z.infer<typeof environmentSchema>;

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function isHost(text: string): boolean {
  const named = URL.parse(`http://${text}`);
  return named !== null && named.pathname === "/" && !/[/?#@]/.test(text);
}

function isAddressOrNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
