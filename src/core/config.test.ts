import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { oauthClientName, parseConfig } from "./config";
import { ConfigError, messageOf } from "./models/errors";

const reasonFor = (environment: Record<string, string>) => {
  try {
    parseConfig(environment);
    return "it worked";
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return messageOf(error);
  }
};

describe("parseConfig", () => {
  test("needs nothing: loopback, port 9000, the project as data folder, nothing sent anywhere", () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      port: 9000,
      host: "127.0.0.1",
      home: config.projectRoot,
      databasePath: join(config.projectRoot, "stoneturner.db"),
      publicUrl: "http://127.0.0.1:9000",
      allowedOrigins: [],
      devMode: false,
      schedulesEnabled: true,
      retryFailedAt: undefined,
      history: { days: 90, runs: 200 },
      encryptionKey: undefined,
      insights: undefined,
      trustedProxies: [],
      oauth: undefined,
      logLevel: "info",
    });
  });

  test("an empty variable counts as unset", () => {
    expect(parseConfig({ PORT: "", STONETURNER_HOME: "", AI_GATEWAY_API_KEY: "" })).toEqual(parseConfig({}));
  });

  test("dev mode works on databases of its own", () => {
    const config = parseConfig({ STONETURNER_HOME: "/data", BUN_PUBLIC_DEV_MODE: "true" });
    expect(config.databasePath).toBe("/data/test-stoneturner.db");
    expect(config.secretsPath).toBe("/data/test-stoneturner-secrets.db");
  });

  test("the data folder may begin with ~ or be relative", () => {
    expect(parseConfig({ STONETURNER_HOME: "~/stone" }).home).toBe(join(homedir(), "stone"));
    expect(parseConfig({ STONETURNER_HOME: "stone" }).home).toBe(resolve("stone"));
  });

  test("a database of its own can be named, secrets stay in the data folder", () => {
    const config = parseConfig({ STONETURNER_HOME: "/data", DATABASE_URL: "file:/fast/stone.db" });
    expect([config.databasePath, config.secretsPath]).toEqual([
      "/fast/stone.db",
      "/data/stoneturner-secrets.db",
    ]);
    expect(parseConfig({ DATABASE_URL: "file:~/fast/stone.db" }).databasePath).toBe(
      `${homedir()}/fast/stone.db`,
    );
  });

  test("what is no address to listen on, and a database without a path, are named", () => {
    expect(reasonFor({ STONETURNER_HOST: "a b" })).toContain("STONETURNER_HOST: takes an address");
    expect(reasonFor({ STONETURNER_HOST: "http://a" })).toContain("STONETURNER_HOST: takes an address");
    expect(reasonFor({ DATABASE_URL: "file:" })).toContain("DATABASE_URL: takes");
  });

  test("the public address is where it listens on this machine, unless it is given", () => {
    const urlOf = (host: string) => parseConfig({ STONETURNER_HOST: host, PORT: "9100" }).publicUrl;
    expect(["::1", "[::1]", "localhost", "127.0.0.2", "0.0.0.0", "192.0.2.7"].map(urlOf)).toEqual([
      "http://[::1]:9100",
      "http://[::1]:9100",
      "http://localhost:9100",
      "http://127.0.0.2:9100",
      "http://127.0.0.1:9100",
      "http://127.0.0.1:9100",
    ]);
  });

  test("links are made from the public address, origins from the front end's", () => {
    const config = parseConfig({
      BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example/",
      FRONTEND_BASE_URL: "https://app.example/some/path",
    });
    expect(config.publicUrl).toBe("https://stone.example");
    expect(config.allowedOrigins).toEqual(["https://app.example"]);
  });

  test("a gateway key alone turns on the gateway's model; an endpoint needs a model's name", () => {
    expect(parseConfig({ AI_GATEWAY_API_KEY: "k" }).insights).toMatchObject({ kind: "gateway", apiKey: "k" });
    expect(
      parseConfig({ INSIGHTS_BASE_URL: "http://127.0.0.1:11434/v1", INSIGHTS_MODEL: "llama3.2" }).insights,
    ).toEqual({
      kind: "openai-compatible",
      model: "llama3.2",
      baseUrl: "http://127.0.0.1:11434/v1",
      apiKey: undefined,
    });
    expect(reasonFor({ INSIGHTS_BASE_URL: "http://127.0.0.1:11434/v1" })).toContain("INSIGHTS_MODEL");
  });

  test("an OAuth issuer publishes its keys in the usual place, and tokens are made out to our MCP address", () => {
    const OAUTH_ISSUER = "https://login.example/";
    expect(parseConfig({ OAUTH_ISSUER, BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example" }).oauth).toEqual(
      {
        issuer: OAUTH_ISSUER,
        audience: "https://stone.example/mcp",
        jwksUrl: "https://login.example/.well-known/jwks.json",
        allowPrivateHosts: false,
      },
    );
    expect(parseConfig({ OAUTH_ISSUER, OAUTH_AUDIENCE: "stone" }).oauth?.audience).toBe("stone");
    expect(reasonFor({ OAUTH_AUDIENCE: "stone" })).toContain("OAUTH_ISSUER");
    expect(reasonFor({ OAUTH_ISSUER: "http://login.example" })).toContain("plain HTTP");
    expect(reasonFor({ OAUTH_ISSUER, OAUTH_JWKS_URL: "http://login.example/keys" })).toContain("plain HTTP");
  });

  test("trusted proxies are addresses and networks", () => {
    expect(parseConfig({ TRUSTED_PROXIES: "127.0.0.1, ::1,10.0.0.0/8" }).trustedProxies).toEqual([
      "127.0.0.1",
      "::1",
      "10.0.0.0/8",
    ]);
    for (const wrong of ["proxy.example", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0", "127.0.0.1,", "*"]) {
      expect(reasonFor({ TRUSTED_PROXIES: wrong })).toContain("TRUSTED_PROXIES: takes addresses");
    }
  });

  test("integrations find their providers where the operator says", () => {
    const config = parseConfig({
      INTEGRATION_API_URLS: "Gong=https://proxy.example/gong, notion=http://127.0.0.1:4010",
      ALLOWED_PRIVATE_HOSTS: "wiki.internal,127.0.0.1:4010",
    });
    expect(config.integrationApiUrls).toEqual({
      gong: "https://proxy.example/gong",
      notion: "http://127.0.0.1:4010",
    });
    expect(config.allowedPrivateHosts).toEqual(["wiki.internal", "127.0.0.1:4010"]);
    for (const wrong of [
      { INTEGRATION_API_URLS: "gong" },
      { INTEGRATION_API_URLS: "gong=ftp://x" },
      { ALLOWED_PRIVATE_HOSTS: "http://wiki.internal" },
    ])
      expect(() => parseConfig(wrong)).toThrow(Object.keys(wrong)[0]);
  });

  test("names every wrong variable and what it takes, all at once", () => {
    const reason = reasonFor({
      PORT: "http",
      LOG_LEVEL: "loud",
      CRON_ENABLED: "maybe",
      FRONTEND_BASE_URL: "x",
    });
    expect(reason).toContain("4 wrong value(s)");
    expect(reason).toContain("PORT: takes a port number");
    expect(reason).toContain("LOG_LEVEL: takes debug, info, warn or error");
    expect(reason).toContain("CRON_ENABLED: takes true or false");
    expect(reason).toContain("FRONTEND_BASE_URL: takes a URL");
  });

  test.each(["0", "-1", "1.5", "many", "9999999999"])("refuses to keep %p days or runs", (value) => {
    expect(reasonFor({ SYNC_HISTORY_DAYS: value })).toContain(
      "SYNC_HISTORY_DAYS: takes a whole number from 1",
    );
    expect(reasonFor({ SYNC_HISTORY_RUNS: value })).toContain(
      "SYNC_HISTORY_RUNS: takes a whole number from 1",
    );
  });

  test.each(["70000", "-1", "1.5", "9000x", "0x10", " "])("refuses the port %p", (port) => {
    expect(reasonFor({ PORT: port })).toContain("PORT: takes a port number");
  });

  test("reads the installation's applications at providers, both halves or none", () => {
    const { oauthClients } = parseConfig({
      GOOGLE_DRIVE_OAUTH_CLIENT_ID: "id",
      GOOGLE_DRIVE_OAUTH_CLIENT_SECRET: "secret",
      NOTION_OAUTH_CLIENT_ID: "",
    });
    expect(oauthClients).toEqual({ [oauthClientName("Google Drive")]: { id: "id", secret: "secret" } });
    const reason = reasonFor({ NOTION_OAUTH_CLIENT_SECRET: "CANARY123" });
    expect(reason).toContain("NOTION_OAUTH_CLIENT_ID is not");
    expect(reason).not.toContain("CANARY");
  });

  test("never repeats a value, which may be a secret in the wrong place", () => {
    expect(reasonFor({ PORT: "CANARY123", DATABASE_URL: "postgres://ann:CANARY123@db/x" })).not.toContain(
      "CANARY",
    );
  });
});

test("every variable is in the documentation, and every documented one exists", () => {
  const root = resolve(import.meta.dir, "../..");
  const source = readFileSync(join(root, "src/core/config-variables.ts"), "utf8");
  const schema = source.slice(source.indexOf("z.object({"), source.indexOf("export type Environment"));
  const variables = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? "");
  const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
  const documented = [...page.matchAll(/^\| `([A-Z][A-Z0-9_]+)`/gm)].map((match) => match[1] ?? "");
  expect(variables.length).toBeGreaterThan(10);
  expect(variables.filter((name) => !documented.includes(name))).toEqual([]);
  const onlyCommands = [
    "STONETURNER_ACCESS_KEY",
    "STONETURNER_SECRET_KEY",
    "STONETURNER_API_KEY",
    "STONETURNER_TOKEN",
    "NO_COLOR",
    // Stand for one pair a source, whose names the program does not know beforehand.
    "NAME_OAUTH_CLIENT_ID",
    "NAME_OAUTH_CLIENT_SECRET",
  ];
  expect(documented.filter((name) => !variables.includes(name) && !onlyCommands.includes(name))).toEqual([]);
});
