import { describe, expect, test } from "bun:test";
import { canaries, httpApp, play } from "@test/http";
import { sourcesAnswerSchema } from "@/core/models/api";
import { publicCredentialSchema } from "@/core/models/credential";

const vault = {
  integration: "vault",
  apiKey: ` ${canaries.apiKey} `,
  options: { pin: canaries.pin, path: " /notes " },
};
const connect = { name: "connect", method: "POST", path: "/api/integrations" };

describe("/api/integrations", () => {
  test("lists every integration with its form and status", async () => {
    await using http = await httpApp();
    const text = await play(http, { name: "list", path: "/api/integrations", status: 200 });
    const { integrations } = sourcesAnswerSchema.parse(JSON.parse(text));
    expect(integrations.map(({ integration, status }) => [integration, status])).toEqual([
      ["Shelf", "not_connected"],
      ["Vault", "not_connected"],
    ]);
  });

  test("connects an account and answers its public part; the name's case does not matter", async () => {
    await using http = await httpApp();
    const text = await play(http, { ...connect, path: "/API/Integrations/", body: vault, status: 200 });
    const answer: unknown = JSON.parse(text);
    expect(publicCredentialSchema.strip().parse(answer)).toMatchObject({
      account: "vault@example.com",
      status: "connected",
      options: { path: "/notes" },
    });
    expect(answer).toMatchObject({ integration: "Vault" });
    await play(http, {
      name: "list",
      path: "/api/integrations",
      status: 200,
      contains: ["vault@example.com", "/notes"],
    });
    expect((await http.app.credentials.read("Vault", "vault@example.com"))?.apiKey).toBe(canaries.apiKey);
  });

  test("lists what could be chosen by a key that is not stored, and stores nothing", async () => {
    await using http = await httpApp();
    const path = "/api/Integrations/vault/Choices/team";
    const ask = { name: "choices", method: "POST", path };
    const body = { apiKey: vault.apiKey, options: { ...vault.options, team: "Do" } };
    const words = "dock";
    const text = await play(http, { ...ask, body: { ...body, words }, status: 200 });
    expect(JSON.parse(text)).toEqual({
      choices: [{ value: "Dock", name: "Dock", hint: `for ${canaries.apiKey.length}` }],
      more: false,
    });
    await play(http, {
      ...ask,
      body: { ...body, apiKey: "wrong" },
      status: 422,
      contains: ["does not accept"],
    });
    await play(http, { ...ask, body: {}, status: 400, contains: ["apiKey", "is needed"] });
    const pin = { ...ask, path: "/api/integrations/vault/choices/pin" };
    await play(http, { ...pin, body, status: 404, contains: ["There are lists for team."] });
    await play(http, { ...ask, path: path.replace("vault", "shelf"), body: {}, status: 404 });
    expect(await http.app.credentials.list("Vault")).toEqual([]);
  });

  const refusals: [string, unknown, number, string[]][] = [
    ["nothing", {}, 400, ["integration", "is missing; it takes text"]],
    ["no body", undefined, 400, ["integration"]],
    ["a list", [], 400, ["body", "takes an object"]],
    ["a number for a key", { ...vault, apiKey: 5 }, 400, ["apiKey", "takes text"]],
    [
      "an unknown field",
      { ...vault, apikey: "x" },
      400,
      ["apikey", "it takes integration, account, accessKey"],
    ],
    [
      "an unknown option",
      { ...vault, options: { pth: "x" } },
      400,
      ["options.pth", "did you mean options.path"],
    ],
    ["no key", { integration: "Vault", apiKey: "  " }, 400, ["apiKey", "API key"]],
    ["an unknown integration", { ...vault, integration: "Valt" }, 404, ["Did you mean Vault?"]],
    [
      "a key that the source refuses",
      { ...vault, apiKey: "wrong" },
      422,
      ["needs_reconnect", "does not accept"],
    ],
    ["an endless label", { ...vault, account: "x".repeat(501) }, 400, ["account", "at most 500 character"]],
  ];
  test("refuses what does not fit, by field, and stores nothing", async () => {
    await using http = await httpApp();
    for (const [name, body, status, contains] of refusals) {
      await play(http, { ...connect, name, body, status, contains });
    }
    await play(http, {
      ...connect,
      path: "/api/integrations?dry=1",
      body: vault,
      status: 400,
      contains: ["dry"],
    });
    expect(await http.app.credentials.list()).toEqual([]);
  });

  test("disconnects one account or all, and keeps what was synced", async () => {
    await using http = await httpApp();
    for (const account of ["Ada", "Bob", "Cy"])
      await play(http, { ...connect, body: { ...vault, account }, status: 200 });
    const gone = { name: "disconnect", method: "DELETE", path: "/api/integrations/VAULT" };
    await play(http, {
      ...gone,
      path: `${gone.path}?account=Zoe`,
      status: 404,
      contains: ["Connected: Ada, Bob, Cy"],
    });
    await play(http, {
      ...gone,
      path: `${gone.path}?account=Bob`,
      status: 200,
      contains: ['{"disconnected":["Bob"],"notes":[]}'],
    });
    await play(http, { ...gone, status: 200, contains: ['["Ada","Cy"]'] });
    await play(http, { ...gone, status: 200, contains: ["[]"] });
    await play(http, { ...gone, path: "/api/integrations/Nope", status: 404 });
    expect(await http.app.credentials.list()).toEqual([]);
  });

  test("makes two accounts of one that was connected anew, its secret with the new one", async () => {
    await using http = await httpApp();
    const { credentials } = http.app;
    const both = { name: "both", method: "POST", path: "/api/integrations/vault/keepBoth" };
    const body = { account: "Ada", newAccount: " Bob " };
    await play(http, { ...both, body, status: 404, contains: ["no account 'Ada'"] });
    await play(http, { ...connect, body: { ...vault, account: "Ada" }, status: 200 });
    await play(http, { ...both, body, status: 409, contains: ["was not connected anew"] });
    await play(http, {
      ...connect,
      body: { ...vault, account: "Ada", options: { path: "/other" } },
      status: 200,
    });
    await play(http, { ...both, body: { ...body, newAccount: "Ada" }, status: 409, contains: ["already"] });
    await play(http, { ...both, body: { account: "Ada" }, status: 400, contains: ["newAccount"] });
    await play(http, { ...both, body, status: 202, contains: ['"account":"Bob"', '"runId":"'] });
    expect(await credentials.read("Vault", "Bob")).toMatchObject({
      apiKey: canaries.apiKey,
      options: { path: "/other" },
    });
    const left = await credentials.read("Vault", "Ada");
    expect([left?.apiKey, left?.options]).toEqual([undefined, {}]);
    const [ada] = await credentials.list("Vault");
    expect(ada).toMatchObject({ account: "Ada", status: "needs_reconnect" });
    expect(ada?.statusReason).toContain("Connect 'Ada' again as it was");
  });

  test("leaves no secret in any log line", async () => {
    await using http = await httpApp();
    await play(http, { ...connect, body: vault, status: 200 });
    await play(http, { ...connect, body: { ...vault, unknown: canaries.pin }, status: 400 });
    for (const canary of Object.values(canaries))
      expect(JSON.stringify(http.app.logged)).not.toContain(canary);
  });
});

describe("/api/oauth", () => {
  test("is not there for an integration without OAuth", async () => {
    await using http = await httpApp();
    await play(http, {
      name: "oauth",
      path: "/api/oauth/Vault?code=x&state=y&iss=z",
      status: 404,
      contains: ["OAuth"],
    });
    await play(http, { name: "oauth", path: "/api/oauth/Nope", status: 404, contains: ["no integration"] });
  });
});
