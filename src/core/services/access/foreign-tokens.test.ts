/** Tokens of another issuer, against a real one on loopback. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type MutableToken, OAuth2Server } from "oauth2-mock-server";
import { UnsecuredJWT } from "jose";
import { TransientError } from "@/core/models/errors";
import { silentLogger } from "@/core/services/logger";
import { createForeignTokens } from "./foreign-tokens";

const audience = "https://stone.example/mcp";
const issuer = new OAuth2Server();
let issuerUrl = "";
beforeAll(async () => {
  await issuer.issuer.keys.generate("RS256");
  await issuer.start(0, "127.0.0.1");
  issuerUrl = issuer.issuer.url ?? "";
});
afterAll(() => issuer.stop());

type Change = (token: MutableToken) => void;
const good: Change = ({ payload }) =>
  Object.assign(payload, { aud: audience, sub: "ada", scope: "openid read" });
const make = (change: Change = () => undefined) =>
  issuer.issuer.buildToken({
    scopesOrTransform: (header, payload) => {
      good({ header, payload });
      change({ header, payload });
    },
  });
const verifier = (allowPrivateHosts = true, jwksUrl = `${issuerUrl}/jwks`) =>
  createForeignTokens({ issuer: issuerUrl, audience, jwksUrl, allowPrivateHosts }, silentLogger);

describe("a token of the configured issuer", () => {
  test.each([
    ["openid read", "read"],
    ["sync read", "sync"],
    ["admin", "admin"],
  ] as const)("with the scopes %p may %s", async (scope, may) => {
    const token = await make(({ payload }) => void (payload["scope"] = scope));
    expect(await verifier()(token)).toEqual({ kind: "oauth", scope: may, actor: "oauth ada" });
  });

  test("may carry its scopes as a list", async () => {
    const token = await make(({ payload }) =>
      Object.assign(payload, { scope: undefined, scp: ["x", "sync"] }),
    );
    expect((await verifier()(token))?.scope).toBe("sync");
  });

  const refusals: [string, Change][] = [
    ["for another audience", ({ payload }) => void (payload["aud"] = "https://other.example")],
    ["for no audience", ({ payload }) => void delete payload["aud"]],
    ["of another issuer", ({ payload }) => void (payload.iss = "https://evil.example")],
    ["that has expired", ({ payload }) => void (payload.exp = Math.floor(Date.now() / 1000) - 60)],
    ["that never expires", ({ payload }) => Object.assign(payload, { exp: undefined })],
    ["that is not valid yet", ({ payload }) => void (payload["nbf"] = Math.floor(Date.now() / 1000) + 600)],
    ["without a scope of ours", ({ payload }) => void (payload["scope"] = "openid administrator reader")],
    ["without any scope", ({ payload }) => void delete payload["scope"]],
    ["without a subject", ({ payload }) => void delete payload["sub"]],
    ["with a key that is not known", ({ header }) => void (header.kid = "other")],
  ];
  test.each(refusals)("%s is refused", async (_name, change) => {
    expect(await verifier()(await make(change))).toBeUndefined();
  });

  test("that was changed, or not signed at all, is refused", async () => {
    const token = await make();
    const [header, , signature] = token.split(".");
    const claims = { aud: audience, iss: issuerUrl, sub: "eve", scope: "admin", exp: 4_000_000_000 };
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(await verifier()(`${header}.${forged}.${signature}`)).toBeUndefined();
    expect(await verifier()(new UnsecuredJWT(claims).encode())).toBeUndefined();
    expect(await verifier()("eyJ.x.y")).toBeUndefined();
    expect(await verifier()(`eyJ${"a".repeat(9_000)}`)).toBeUndefined();
  });

  test("signed by somebody else's key of the same name is refused", async () => {
    const other = new OAuth2Server();
    const kid = issuer.issuer.keys.toJSON()[0]?.kid ?? "";
    await other.issuer.keys.generate("RS256", { kid });
    other.issuer.url = issuerUrl;
    const token = await other.issuer.buildToken({
      scopesOrTransform: (header, payload) => good({ header, payload }),
    });
    expect(await verifier()(token)).toBeUndefined();
  });
});

describe("the issuer's keys", () => {
  test("are fetched once for many tokens", async () => {
    let fetched = 0;
    using counting = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => {
        fetched++;
        return fetch(`${issuerUrl}/jwks`);
      },
    });
    const counted = verifier(true, counting.url.href);
    for (let index = 0; index < 5; index++) expect(await counted(await make())).toBeDefined();
    expect(fetched).toBe(1);
  });

  test("are not fetched from a private address unless that is allowed", async () => {
    expect(verifier(false)(await make())).rejects.toThrow(TransientError);
  });

  test("are not fetched from where the address sends us on to", async () => {
    using sender = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => Response.redirect(`${issuerUrl}/jwks`, 302),
    });
    expect(verifier(true, sender.url.href)(await make())).rejects.toThrow(TransientError);
  });

  test("that cannot be had are trouble of ours, not a wrong token", async () => {
    using broken = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => new Response("no", { status: 500 }),
    });
    expect(verifier(true, broken.url.href)(await make())).rejects.toThrow("does not answer");
    expect(verifier(true, "http://127.0.0.1:1/jwks")(await make())).rejects.toThrow("does not answer");
  });
});
