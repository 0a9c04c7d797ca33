import { describe, expect, test } from "bun:test";
import { bearer, guardedApp, ownerPassword } from "@test/access";
import { canaries, play } from "@test/http";
import { auditAnswerSchema, auditEventSchema } from "@/core/models/access";

describe("the audit log", () => {
  test("says who did what to access and secrets, how it went, from where, under the request's id", async () => {
    await using http = await guardedApp();
    const { owner, admin, reader } = http.as;
    const vault = { integration: "Vault", apiKey: canaries.apiKey };
    const send = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
      http.send(method, path, { headers, body });
    await send("POST", "/api/integrations", owner, vault);
    await send("POST", "/api/integrations", owner, { ...vault, apiKey: "wrong" });
    await send("DELETE", "/api/integrations/VAULT", admin);
    await send("DELETE", "/api/sync/Shelf", owner);
    await send("DELETE", "/api/sync/Shelf", reader);
    await send("POST", "/api/tokens", admin, { name: "ci", scope: "sync" });
    const [made] = await http.app.access.tokens.list();
    await send("DELETE", `/api/tokens/${made?.id}`, owner);
    await send("POST", "/api/password", admin, { password: `${ownerPassword}!`, oldPassword: ownerPassword });
    const last = await send("POST", "/api/logout/everywhere", admin);
    const { events } = await http.app.access.audit.list({});
    const lines = events.map(({ actor, action, target, outcome }) =>
      [actor.replace(/ \(\w+\)/, ""), action, target?.replaceAll(made?.id ?? "", "ID"), outcome].join(" | "),
    );
    expect(lines.toReversed()).toEqual([
      "system | key.create |  | ok",
      "owner | login |  | ok",
      "owner | credential.save | Vault: vault@example.com | ok",
      "owner | credential.save | Vault | refused",
      "token adminer | credential.remove | Vault: vault@example.com | ok",
      "owner | purge | Shelf | ok",
      "token reader | purge | Shelf | refused",
      "token adminer | token.create | ci (ID, sync) | ok",
      "owner | token.revoke | ci (ID) | ok",
      "token adminer | password.set |  | ok",
      "token adminer | logout.everywhere |  | ok",
    ]);
    expect(events[0]).toMatchObject({
      address: "127.0.0.1",
      requestId: last.headers.get("x-request-id"),
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const text = JSON.stringify(events);
    for (const secret of [canaries.apiKey, ownerPassword, ...Object.values(http.tokens)]) {
      expect(text).not.toContain(secret);
    }
  });

  test("is not filled by strangers who only knock", async () => {
    await using http = await guardedApp();
    for (const headers of [http.as.guest, bearer("st_wrong"), http.as["page without origin"]]) {
      await http.send("POST", "/api/tokens", { headers, body: {} });
    }
    await http.send("POST", "/api/login", { body: {} });
    await http.send("POST", "/api/logout");
    const { events } = await http.app.access.audit.list({});
    // What came with the owner's own cookie was the owner's browser, and is written down.
    expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["token.create", "refused"],
      ["login", "ok"],
      ["key.create", "ok"],
    ]);
  });

  test("is answered in pages, filtered, and exported whole as lines", async () => {
    await using http = await guardedApp();
    const { audit } = http.app.access;
    for (let index = 0; index < 1_200; index++) {
      await audit.record({ actor: "test", action: "purge", outcome: "ok", target: String(index) });
    }
    const ask = (query: string) =>
      play(http, { name: query, path: `/api/audit?${query}`, headers: http.as.owner, status: 200 });
    const page = auditAnswerSchema.parse(JSON.parse(await ask("action=purge&limit=2&offset=1")));
    expect([page.total, page.events.map(({ target }) => target)]).toEqual([1_200, ["1198", "1197"]]);
    const lines = (await ask("format=jsonl&actor=test")).trimEnd().split("\n");
    const exported = lines.map((line) => auditEventSchema.strict().parse(JSON.parse(line)));
    expect(exported.map(({ target }) => Number(target))).toEqual(
      Array.from({ length: 1_200 }, (_, index) => 1_199 - index),
    );
    expect(await ask("format=jsonl&actor=nobody")).toBe("");
    const second = `${page.events[0]?.time.slice(0, 19)}Z`;
    const since = auditAnswerSchema.parse(JSON.parse(await ask(`since=${second}&limit=500`)));
    expect(since.events.map(({ id }) => id)).toContain(page.events[0]?.id ?? 0);
    expect(await ask("since=2999-01-01T00:00:00Z")).toContain('"total":0');
    await play(http, { name: "x", path: "/api/audit?who=x", headers: http.as.owner, status: 400 });
  });
});

test("agents cannot read passwords, sessions, tokens or the audit log with SQL", async () => {
  await using http = await guardedApp();
  const readable = (await http.app.sql.schema()).map(({ table }) => table);
  expect(readable).toContain("mdArtifacts");
  for (const table of [
    "accessOwner",
    "accessSession",
    "accessToken",
    "auditEvent",
    "integrationCredential",
  ]) {
    expect(readable).not.toContain(table);
    await expect(http.app.sql.query(`SELECT * FROM ${table}`)).rejects.toThrow();
    await expect(http.app.sql.query(`SELECT count(*) FROM "${table.toUpperCase()}"`)).rejects.toThrow();
  }
});
