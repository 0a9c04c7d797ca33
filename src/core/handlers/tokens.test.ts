import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { accessToken } from "@/core/db/schema/access";
import { accessTokenSchema, newTokenSchema } from "@/core/models/access";
import { bearer, guardedApp } from "@test/access";
import { play } from "@test/http";

const read = { name: "read", path: "/api/runs" };
const tokens = { path: "/api/tokens" };

describe("/api/tokens", () => {
  test("makes a token, shows it once, lists what it is, and revokes it at once", async () => {
    await using http = await guardedApp();
    const as = { headers: http.as.owner };
    const body = { name: " ci ", scope: "read", expiresAt: "2999-01-01T00:00:00Z" };
    const made = await play(http, { ...tokens, ...as, name: "make", method: "POST", body, status: 201 });
    const { token, ...shown } = newTokenSchema.strict().parse(JSON.parse(made));
    expect(shown).toMatchObject({ name: "ci", scope: "read", expiresAt: "2999-01-01T00:00:00.000Z" });
    await play(http, { ...read, headers: bearer(token), status: 200 });
    const list = { ...tokens, ...as, name: "list", status: 200 };
    await play(http, { ...list, contains: [shown.id, shown.hint], lacks: [token] });
    const gone = { ...as, name: "revoke", method: "DELETE", path: `/api/tokens/${shown.id}`, status: 200 };
    const revoked = accessTokenSchema
      .strict()
      .parse(JSON.parse(await play(http, { ...gone, lacks: [token] })));
    expect(revoked.revokedAt).not.toBeNull();
    await play(http, { ...read, headers: bearer(token), status: 401, contains: ["revoked"] });
    await play(http, gone);
  });

  test.each([
    [{ scope: "read" }, ["name", "is missing"]],
    [{ name: "", scope: "read" }, ["name", "at least 1"]],
    [{ name: "x".repeat(101), scope: "read" }, ["name", "at most 100"]],
    [{ name: "ci" }, ["scope", "read, sync, admin"]],
    [{ name: "ci", scope: "root" }, ["scope", "read, sync, admin"]],
    [{ name: "ci", scope: "read", expiresAt: "soon" }, ["expiresAt"]],
    [{ name: "ci", scope: "read", expiresAt: "2001-01-01T00:00:00Z" }, ["expiresAt", "in the future"]],
    [{ name: "ci", scope: "read", token: `st_${"A".repeat(43)}` }, ["token", "is not known here"]],
    [{ name: "ci", scope: "read", id: "mine" }, ["id", "is not known here"]],
  ])("refuses %j by field and makes nothing", async (body, contains) => {
    await using http = await guardedApp();
    const headers = http.as.admin;
    await play(http, { ...tokens, name: "make", method: "POST", body, headers, status: 400, contains });
    expect(await http.app.access.tokens.list()).toHaveLength(3);
  });

  test("a token cannot make itself more than it is", async () => {
    await using http = await guardedApp();
    const body = { name: "more", scope: "admin" };
    for (const headers of [http.as.reader, http.as.syncer]) {
      const make = { ...tokens, name: "make", method: "POST", body, headers, status: 403 };
      await play(http, { ...make, contains: ["insufficient_scope", "'admin'"], lacks: ["st_"] });
    }
    const [event] = (await http.app.access.audit.list({ action: "token.create" })).events;
    expect(event).toMatchObject({ actor: expect.stringContaining("token syncer"), outcome: "refused" });
  });
});

describe("a token in a request", () => {
  test("says in the answer what is wrong with it, in the words of RFC 6750", async () => {
    await using http = await guardedApp();
    const realm = 'Bearer realm="stoneturner"';
    const challenge = async (headers: Record<string, string>, method = "GET", path = "/api/runs") =>
      (await http.send(method, path, { headers })).headers.get("www-authenticate");
    expect(await challenge({})).toBe(realm);
    expect(await challenge(bearer("st_x"))).toBe(`${realm}, error="invalid_token"`);
    expect(await challenge(http.as.reader, "POST", "/api/tokens")).toBe(
      `${realm}, error="insufficient_scope", scope="admin"`,
    );
    expect(await challenge({}, "POST", "/mcp")).toBe(
      `${realm}, resource_metadata="${http.app.config.publicUrl}/.well-known/oauth-protected-resource/mcp"`,
    );
  });

  test("that has expired counts no more", async () => {
    await using http = await guardedApp();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { token } = await http.app.access.tokens.create({ name: "short", scope: "admin", expiresAt });
    await play(http, { ...read, headers: bearer(token), status: 200 });
    await http.app.db
      .update(accessToken)
      .set({ expiresAt: new Date().toISOString() })
      .where(eq(accessToken.name, "short"));
    await play(http, { ...read, headers: bearer(token), status: 401, contains: ["expired"] });
  });

  test("counts only where it belongs, and a wrong one is not made good by a cookie", async () => {
    await using http = await guardedApp();
    const { read: token } = http.tokens;
    const wrong: Record<string, string>[] = [
      { Authorization: token },
      { Authorization: `Basic ${btoa(`owner:${token}`)}` },
      { Authorization: `Bearer ${token}, Bearer ${token}` },
      { Authorization: `Bearer ${token} x` },
      { Authorization: "Bearer" },
      { Authorization: "" },
      { "X-Api-Key": token },
      { Cookie: `stoneturner-session=${token}` },
      { Cookie: `stoneturner-session=${token.slice(3)}` },
      { ...http.as.owner, Authorization: `Bearer ${token.slice(0, -1)}` },
    ];
    for (const headers of wrong) {
      if (headers["Authorization"] === "") continue; // Sent as no header at all by this client.
      await play(http, { ...read, name: JSON.stringify(headers), headers, status: 401 });
    }
    await play(http, { ...read, headers: { Authorization: `bearer ${token}` }, status: 200 });
  });

  test("in the address is refused, however valid, also beside a valid header", async () => {
    await using http = await guardedApp();
    const { admin } = http.tokens;
    for (const query of [`access_token=${admin}`, `token=${admin}`, `anything=${admin}`, "access_token=x"]) {
      for (const headers of [http.as.guest, http.as.admin]) {
        const scenario = { name: query, path: `/api/runs?${query}`, headers, status: 401, lacks: [admin] };
        await play(http, { ...scenario, contains: ["address"] });
        await play(http, { ...scenario, method: "POST", path: `/mcp?${query}`, body: {} });
      }
    }
  });
});
