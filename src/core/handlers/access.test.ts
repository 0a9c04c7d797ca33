/** Logging in and out in a browser's manner, and what thieves and guessers get. */
import { describe, expect, test } from "bun:test";
import { bearer, cookieOf, guardedApp, ownerPassword } from "@test/access";
import { testApp } from "@test/app";
import { temporaryFolder } from "@test/database";
import { httpApp, play } from "@test/http";
import { sessionAnswerSchema } from "@/core/models/access";
import { startServer } from "./server";

const login = (password: unknown) => ({ method: "POST", path: "/api/login", body: { password } });
const whoAmI = { name: "who am I", path: "/api/session", status: 200 };
const read = { name: "read", path: "/api/runs" };

describe("without a password or a token", () => {
  test("everybody on this machine may do everything, as ever", async () => {
    await using http = await httpApp();
    const answer = sessionAnswerSchema.parse(JSON.parse(await play(http, whoAmI)));
    expect(answer).toEqual({
      loginNeeded: false,
      passwordSet: false,
      caller: { kind: "local", scope: "admin" },
    });
    await play(http, { ...read, status: 200 });
    await play(http, { ...read, headers: bearer("st_stale"), status: 200 });
    await play(http, { name: "mcp", method: "POST", path: "/mcp", body: {}, status: 400 });
    await play(http, {
      ...login("x"),
      name: "nothing to log in with",
      status: 409,
      contains: ["stoneturner password set"],
    });
  });

  test("the first password is set without an old one, and whoever set it stays logged in", async () => {
    await using http = await httpApp();
    const headers = { Origin: http.origin };
    const body = { password: ownerPassword };
    const answer = await http.send("POST", "/api/password", { body, headers });
    expect(answer.status).toBe(200);
    await play(http, { ...read, status: 401 });
    await play(http, { ...read, headers: { Cookie: cookieOf(answer) }, status: 200 });
  });

  test("a token alone closes the server too, until it is revoked", async () => {
    await using http = await httpApp();
    const { id, token } = await http.app.access.tokens.create({ name: "ci", scope: "read" });
    await play(http, { ...read, status: 401 });
    await play(http, { ...read, headers: bearer(token), status: 200 });
    await http.app.access.tokens.revoke(id);
    await play(http, { ...read, status: 200 });
  });
});

describe("a login", () => {
  test("gives a cookie that scripts cannot read and other sites do not send", async () => {
    await using http = await guardedApp();
    const answer = await http.send(login("").method, "/api/login", { body: { password: ownerPassword } });
    const [cookie = "", ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^stoneturner-session=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/,
    );
    expect(await answer.json()).toMatchObject({ scope: "admin" });
  });

  test("behind https, the cookie is bound to this very host and to encryption", async () => {
    await using http = await guardedApp({ BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example" });
    const answer = await http.send("POST", "/api/login", { body: { password: ownerPassword } });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-stoneturner=[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; Secure; SameSite=Strict$/,
    );
    await play(http, { ...read, headers: { Cookie: cookieOf(answer) }, status: 200 });
    const plain = cookieOf(answer).replace("__Host-stoneturner", "stoneturner-session");
    await play(http, { ...read, headers: { Cookie: plain }, status: 401 });
  });

  test("rotates the session: an id from before is worth nothing (session fixation)", async () => {
    await using http = await guardedApp();
    const planted = `stoneturner-session=${"A".repeat(43)}`;
    await play(http, { ...read, headers: { Cookie: planted }, status: 401 });
    const first = await http.login({ Cookie: planted, Origin: http.origin });
    expect(first).not.toBe(planted);
    await play(http, { ...read, headers: { Cookie: planted }, status: 401 });
    const second = await http.login({ Cookie: first, Origin: http.origin });
    await play(http, { ...read, headers: { Cookie: first }, status: 401, contains: ["login has ended"] });
    await play(http, { ...read, headers: { Cookie: second }, status: 200 });
  });

  test.each([
    ["a wrong password", "wrong", 401, ["unauthorized", "is wrong"]],
    ["nothing", undefined, 400, ["password"]],
    ["a number", 12, 400, ["takes text"]],
    ["an endless one", "x".repeat(100_000), 400, ["at most 512"]],
    ["an object", { $ne: "" }, 400, ["takes text"]],
  ] as const)("with %s is refused and gives no cookie", async (name, password, status, contains) => {
    await using http = await guardedApp();
    const answer = await http.send("POST", "/api/login", { body: { password } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    await play(http, { ...login(password), name, status, contains });
  });

  test("cannot be made by a page of another site, which would log somebody into the wrong account", async () => {
    await using http = await guardedApp();
    const evil = { Origin: "https://evil.example" };
    await play(http, { ...login(ownerPassword), name: "login CSRF", headers: evil, status: 403 });
    await play(http, {
      ...login(ownerPassword),
      name: "a form",
      headers: { "Content-Type": "text/plain" },
      body: JSON.stringify({ password: ownerPassword }),
      status: 415,
    });
  });
});

describe("guessing the password", () => {
  test("is slowed down and then locked out, also for the right one, and written down", async () => {
    await using http = await guardedApp();
    const started = performance.now();
    for (let index = 0; index < 5; index++) {
      await play(http, { ...login(`guess ${index}`), name: "guess", status: 401 });
    }
    expect(performance.now() - started).toBeGreaterThan(2_000);
    const answer = await http.send("POST", "/api/login", { body: { password: ownerPassword } });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeWithin(800, 901);
    // Who is logged in already, and tokens, go on.
    await play(http, { ...read, headers: http.as.owner, status: 200 });
    await play(http, { ...read, headers: http.as.reader, status: 200 });
    const { events } = await http.app.access.audit.list({ action: "login", outcome: "refused" });
    expect(events.map(({ actor, address }) => [actor, address])).toEqual(
      Array.from({ length: 5 }, () => ["guest", "127.0.0.1"]),
    );
  });

  test("through the change of the password is limited the same way", async () => {
    await using http = await guardedApp();
    const change = {
      name: "change",
      method: "POST",
      path: "/api/password",
      headers: http.as.admin,
      body: { password: "a new password", oldPassword: "guess" },
    };
    for (let index = 0; index < 5; index++) await play(http, { ...change, status: 403 });
    await play(http, { ...change, status: 429 });
    await play(http, { ...login(ownerPassword), name: "login", status: 429 });
  });
});

describe("a session", () => {
  test("is over on the server after logging out, so a stolen cookie is worth nothing", async () => {
    await using http = await guardedApp();
    const answer = await http.send("POST", "/api/logout", { headers: http.as.owner });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toContain("stoneturner-session=; Max-Age=0");
    await play(http, { ...read, headers: http.as.owner, status: 401 });
    await play(http, { name: "again", method: "POST", path: "/api/logout", status: 200 });
  });

  test("is over everywhere after logging out everywhere; tokens go on", async () => {
    await using http = await guardedApp();
    const other = await http.login();
    const everywhere = { name: "everywhere", method: "POST", path: "/api/logout/everywhere" };
    await play(http, { ...everywhere, headers: http.as.reader, status: 403 });
    await play(http, { ...everywhere, headers: http.as.owner, status: 200, contains: ['{"ended":2}'] });
    for (const cookie of [http.as.owner, { Cookie: other }]) {
      await play(http, { ...read, headers: cookie, status: 401 });
    }
    await play(http, { ...read, headers: http.as.reader, status: 200 });
  });

  test("is over after a change of the password, but for the one that changed it, under a new id", async () => {
    await using http = await guardedApp();
    const thief = await http.login();
    const next = "another horse battery";
    const change = (oldPassword: string | undefined) =>
      http.send("POST", "/api/password", { headers: http.as.owner, body: { password: next, oldPassword } });
    expect((await change(undefined)).status).toBe(403);
    expect((await change("wrong")).status).toBe(403);
    const changed = await change(ownerPassword);
    expect(changed.status).toBe(200);
    await play(http, { ...read, headers: { Cookie: thief }, status: 401 });
    await play(http, { ...read, headers: http.as.owner, status: 401 });
    await play(http, { ...read, headers: { Cookie: cookieOf(changed) }, status: 200 });
    await play(http, { ...login(ownerPassword), name: "the old one", status: 401 });
    await play(http, { ...login(next), name: "the new one", status: 200 });
  });

  test("cannot be used by another site to change anything (CSRF), whatever it leaves out", async () => {
    await using http = await guardedApp();
    const { Cookie = "" } = http.as.owner;
    const token = { method: "POST", path: "/api/tokens", body: { name: "evil", scope: "admin" } };
    const foreign: Record<string, string>[] = [
      { Cookie, Origin: "https://evil.example" },
      { Cookie, Origin: "null" },
      { Cookie, Origin: `http://localhost:${http.port + 1}` },
      { Cookie },
      { Cookie, "Sec-Fetch-Site": "cross-site" },
      { Cookie, "Sec-Fetch-Site": "same-site" },
      { Cookie, "Sec-Fetch-Site": "none" },
    ];
    for (const headers of foreign) {
      await play(http, { ...token, name: JSON.stringify(headers), headers, status: 403, lacks: ["st_"] });
    }
    expect(await http.app.access.tokens.list()).toHaveLength(3);
    const own = { Cookie, "Sec-Fetch-Site": "same-origin" };
    await play(http, { ...token, name: "own page", headers: own, status: 201, contains: ["st_"] });
  });

  test("of another port's page is not enough either, even where that page may call the API", async () => {
    await using http = await guardedApp({ FRONTEND_BASE_URL: "http://localhost:5173" });
    const { Cookie = "" } = http.as.owner;
    const headers = { Cookie, Origin: "http://localhost:5173" };
    const logout = { name: "logout", method: "POST", path: "/api/logout/everywhere" };
    await play(http, { ...logout, headers, status: 403 });
    const page = { ...http.as.admin, Origin: "http://localhost:5173" };
    await play(http, { ...logout, headers: page, status: 200 });
  });
});

test("sessions, tokens and the password outlive a restart, and neither logs nor answers nor files hold them", async () => {
  using folder = temporaryFolder();
  const canary = "canary-pw-7c1e";
  const first = await testApp({ home: folder.path });
  await first.access.password.set(ownerPassword);
  const session = await first.access.sessions.start();
  const { token } = await first.access.tokens.create({ name: "ci", scope: "read" });
  await first[Symbol.asyncDispose]();

  await using app = await testApp({ home: folder.path });
  const server = await startServer(app, () => Promise.resolve(new Map()));
  const ask = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
  const runs = (headers: Record<string, string>) => ask("/api/runs", { headers });
  expect((await runs({ Cookie: `stoneturner-session=${session.id}` })).status).toBe(200);
  expect((await runs(bearer(token))).status).toBe(200);
  expect((await runs({})).status).toBe(401);
  const headers = { "Content-Type": "application/json" };
  for (const password of [ownerPassword, `${canary} but wrong`]) {
    const body = JSON.stringify({ password });
    expect(await (await ask("/api/login", { method: "POST", headers, body })).text()).not.toContain(canary);
    await ask("/api/login", { method: "POST", headers, body: `${body}}` });
  }
  await ask(`/api/runs?access_token=${token}`);
  await ask(`/api/runs?x=${canary}`, { headers: { Authorization: `Basic ${btoa(canary)}` } });
  await server.stop();

  const secrets = [canary, btoa(canary), token.slice(8, -4), session.id];
  const logs = JSON.stringify([...first.logged, ...app.logged]);
  expect(logs).toContain("/api/login");
  const files = await Array.fromAsync(new Bun.Glob("**/*.db*").scan({ cwd: folder.path, absolute: true }));
  const bytes = await Promise.all(files.map(async (file) => Buffer.from(await Bun.file(file).arrayBuffer())));
  expect(bytes.length).toBeGreaterThan(1);
  for (const secret of secrets) {
    expect(logs).not.toContain(secret);
    for (const content of bytes) expect(content.includes(secret)).toBe(false);
  }
});
