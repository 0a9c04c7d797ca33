/** MCP with a login: through the official client, over the real server, with our own and an issuer's tokens. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { OAuth2Server } from "oauth2-mock-server";
import { bearer, type GuardedApp, guardedApp } from "@test/access";
import { play } from "@test/http";
import { eras } from "@test/mcp";

const audience = "http://stone.example/mcp";
const issuer = new OAuth2Server();
let http: GuardedApp;
beforeAll(async () => {
  await issuer.issuer.keys.generate("ES256");
  await issuer.start(0, "127.0.0.1");
  http = await guardedApp({
    OAUTH_ISSUER: issuer.issuer.url ?? "",
    OAUTH_AUDIENCE: audience,
    OAUTH_JWKS_URL: `${issuer.issuer.url}/jwks`,
    OAUTH_ALLOW_PRIVATE_HOSTS: "true",
    BUN_PUBLIC_BACKEND_BASE_URL: "http://stone.example",
  });
});
afterAll(async () => {
  await http[Symbol.asyncDispose]();
  await issuer.stop();
});

const jwt = (claims: Record<string, unknown>) =>
  issuer.issuer.buildToken({
    scopesOrTransform: (_header, payload) => Object.assign(payload, { aud: audience, sub: "ada", ...claims }),
  });

async function connect(token: string, era: (typeof eras)[number]): Promise<Client> {
  const options = era === "2026-07-28" ? { versionNegotiation: { mode: "auto" as const } } : {};
  const client = new Client({ name: "test", version: "1" }, options);
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", http.url), {
    requestInit: { headers: bearer(token) },
  });
  await client.connect(transport);
  return client;
}

const names = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
const sync = { name: "sync_source", arguments: { integration: "Shelf" } };

describe.each(eras)("a client of %s", (era) => {
  test("with a reader's token sees and calls what reads, and nothing else exists for it", async () => {
    const client = await connect(http.tokens.read, era);
    const listed = await names(client);
    expect(listed).toContain("semantic_search");
    expect(listed).not.toContain("sync_source");
    await expect(client.callTool(sync)).rejects.toThrow(/sync_source/);
    const { structuredContent } = await client.callTool({ name: "get_sync_status", arguments: {} });
    expect(JSON.stringify(structuredContent)).not.toContain("runId");
    await client.close();
  });

  test.each(["sync", "admin"] as const)("with the scope %s may start syncs", async (scope) => {
    const client = await connect(http.tokens[scope], era);
    expect(await names(client)).toContain("sync_source");
    await client.close();
  });

  test("with the issuer's token has that token's scope", async () => {
    const reader = await connect(await jwt({ scope: "openid read" }), era);
    expect(await names(reader)).not.toContain("sync_source");
    await reader.close();
    const syncer = await connect(await jwt({ scope: "sync" }), era);
    expect(await names(syncer)).toContain("sync_source");
    await syncer.close();
  });

  test("without a token, or with one that does not count, is not let in", async () => {
    const wrong = [
      "",
      "st_x",
      await jwt({ scope: "read", aud: "https://other.example" }),
      await jwt({ exp: 1 }),
    ];
    for (const token of wrong) await expect(connect(token, era)).rejects.toThrow();
  });
});

test("every tool that changes something takes more than reading", async () => {
  const client = await connect(http.tokens.admin, "2026-07-28");
  const reader = await connect(http.tokens.read, "2026-07-28");
  const { tools } = await client.listTools();
  const changing = tools.filter(({ annotations }) => annotations?.readOnlyHint !== true);
  expect(changing.map(({ name }) => name)).toEqual(["sync_source"]);
  const forReaders = await names(reader);
  expect(tools.map(({ name }) => name).filter((name) => !forReaders.includes(name))).toEqual(["sync_source"]);
  await Promise.all([client.close(), reader.close()]);
});

describe("an issuer's token", () => {
  const api = { path: "/api/runs" };
  test("counts for the API as well, by its scope, and is named in the audit log", async () => {
    const reader = bearer(await jwt({ scope: "read" }));
    await play(http, { ...api, name: "read", headers: reader, status: 200 });
    const make = { name: "make", method: "POST", path: "/api/tokens", body: { name: "x", scope: "read" } };
    await play(http, { ...make, headers: reader, status: 403, contains: ["insufficient_scope"] });
    const admin = bearer(await jwt({ scope: "admin", sub: "grace" }));
    await play(http, { ...make, headers: admin, status: 201 });
    const [event] = (await http.app.access.audit.list({ action: "token.create" })).events;
    expect(event?.actor).toBe("oauth grace");
  });

  test("made out to somebody else does not count, and the metadata says where to get one that does", async () => {
    const other = bearer(await jwt({ scope: "admin", aud: "https://other.example" }));
    await play(http, { ...api, name: "other audience", headers: other, status: 401 });
    await play(http, {
      name: "metadata",
      path: "/.well-known/oauth-protected-resource/mcp",
      status: 200,
      contains: [`"resource":"${audience}"`, `"authorization_servers":["${issuer.issuer.url}"]`, '"header"'],
    });
  });
});
