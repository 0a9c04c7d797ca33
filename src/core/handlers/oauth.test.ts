/** Connecting through OAuth over real HTTP: one browser, one provider, and everybody who should not get through. */
import { describe, expect, test } from "bun:test";
import { guardedApp } from "@test/access";
import { Browser, client, createMail, oauthApp } from "@test/oauth";
import { tokenCanary } from "@test/oauth-provider";
import { challengeOf } from "@/core/services/oauth/authorize-url";
import { FLOW_MS } from "@/core/services/oauth/connections";

describe("connecting through OAuth", () => {
  test("goes to the provider and back, asks whose account it is, and keeps the tokens in the vault alone", async () => {
    await using mail = await oauthApp();
    const { id, connectUrl } = await mail.start();
    expect(await mail.flow(id)).toMatchObject({ state: "waiting", account: null });
    const back = await mail.wayBack(connectUrl);
    expect(await mail.flow(id)).toMatchObject({ state: "opened" });
    const page = await (await mail.browser.get(back)).text();
    expect(page).toContain("Mail is connected as Ada&#39;s workspace.");
    expect(await mail.flow(id)).toMatchObject({ state: "succeeded", account: "Ada's workspace" });
    const [row] = await mail.app.credentials.list("Mail");
    expect(row).toMatchObject({ account: "Ada's workspace", status: "connected" });
    const stored = await mail.app.credentials.read("Mail", "Ada's workspace");
    expect(stored).toMatchObject({ ...client, accessToken: `${tokenCanary}-access-1` });
    expect(mail.browser.cookies.size).toBe(0);
    expect(JSON.stringify([row, mail.app.logged, page])).not.toContain("canary");
  });

  test("sends the same redirect address in both legs, made from the public URL, and a challenge by S256", async () => {
    await using mail = await oauthApp();
    const { connectUrl } = await mail.start();
    const answer = await mail.browser.get(connectUrl, { "X-Forwarded-Host": "evil.example" });
    const authorize = new URL(Browser.next(answer));
    const sent = Object.fromEntries(authorize.searchParams);
    expect(sent).toMatchObject({
      response_type: "code",
      client_id: "client-1",
      redirect_uri: `${mail.url}/api/oauth/mail`,
      scope: "mail.read mail.list",
      code_challenge_method: "S256",
    });
    await mail.browser.get(Browser.next(await fetch(authorize, { redirect: "manual" })));
    const [asked] = mail.provider.asked;
    expect(asked).toMatchObject({
      redirect_uri: sent["redirect_uri"],
      client_id: "client-1",
      client_secret: client.secretKey,
    });
    expect(challengeOf(String(asked?.["code_verifier"]))).toBe(sent["code_challenge"] ?? "");
  });

  test("can send the client as Basic and leave the challenge out, as a provider wants it", async () => {
    const extraAuthorizeParams = { owner: "user", scope: "never wins" };
    await using mail = await oauthApp({
      change: { pkce: false, clientAuth: "basic", scopeSeparator: ",", extraAuthorizeParams },
    });
    const { connectUrl } = await mail.start({ accessKey: "id:1", secretKey: "a secret+" });
    const authorize = new URL(Browser.next(await mail.browser.get(connectUrl)));
    expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
      owner: "user",
      scope: "mail.read,mail.list",
    });
    expect(authorize.searchParams.has("code_challenge")).toBe(false);
    await mail.browser.get(Browser.next(await fetch(authorize, { redirect: "manual" })));
    const pair = Buffer.from("id%3A1:a+secret%2B").toString("base64");
    expect(mail.provider.authorizations).toEqual([`Basic ${pair}`]);
    expect(mail.provider.asked[0]).not.toHaveProperty("client_secret");
    expect(mail.provider.asked[0]).not.toHaveProperty("code_verifier");
  });

  test("goes on to a page of this server, and to no other", async () => {
    await using mail = await oauthApp();
    const { id, connectUrl } = await mail.start({ ...client, returnTo: "/sources?tab=1" });
    const answer = await mail.browser.get(await mail.wayBack(connectUrl));
    expect(Browser.next(answer)).toBe(`/sources?tab=1&oauth=${id}`);
    for (const returnTo of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/..//evil.example",
      "/a/%2e%2E//evil.example",
      "javascript:alert(1)",
    ]) {
      const refused = await fetch(`${mail.url}/api/oauth/mail/start`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...client, returnTo }),
      });
      expect(`${returnTo} ${refused.status}`).toBe(`${returnTo} 400`);
    }
  });

  test("takes the installation's application from the environment, and does not keep it with the account", async () => {
    const environment = { MAIL_OAUTH_CLIENT_ID: "installed", MAIL_OAUTH_CLIENT_SECRET: "canary-installed" };
    await using mail = await oauthApp({ environment });
    await mail.connect({});
    expect(mail.provider.asked[0]).toMatchObject({
      client_id: "installed",
      client_secret: "canary-installed",
    });
    const stored = await mail.app.credentials.read("Mail", "Ada's workspace");
    expect(stored).not.toHaveProperty("accessKey");
  });

  test("without an application says where one comes from, with the redirect address it needs", async () => {
    await using mail = await oauthApp();
    const answer = await fetch(`${mail.url}/api/oauth/mail/start`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain(`${mail.url}/api/oauth/mail`);
    expect(text).toContain("MAIL_OAUTH_CLIENT_ID");
  });

  test("keeps several accounts side by side, and each label for one account at the provider", async () => {
    await using mail = await oauthApp();
    await mail.connect();
    mail.provider.user = { sub: "u-2", name: "Bob's workspace" };
    // The application is known by now.
    expect(await mail.connect({})).toContain("Bob&#39;s workspace");
    mail.provider.user = { sub: "u-3", name: "Ada's workspace" };
    expect(await mail.connect({})).toMatch(/Ada&#39;s workspace \([0-9a-f]{6}\)/);
    expect(await mail.connect({ account: "Bob's workspace" })).toContain("another one at Mail");
    mail.provider.user = { sub: "u-1", name: "Ada's workspace" };
    await mail.connect({});
    const accounts = (await mail.app.credentials.list("Mail")).map(({ account }) => account);
    expect(accounts).toHaveLength(3);
    const read = await Promise.all(accounts.map((account) => mail.app.credentials.read("Mail", account)));
    expect(new Set(read.map((one) => one?.accessToken)).size).toBe(3);
  });

  test("changes settings of a connected account without touching its tokens, and connects nobody without consent", async () => {
    await using mail = await oauthApp();
    const save = (body: object) =>
      fetch(`${mail.url}/api/integrations`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ integration: "Mail", ...body }),
      });
    const refused = await save(client);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("/api/oauth/mail/start");
    await mail.connect();
    expect((await save({ options: { folder: "in" } })).status).toBe(200);
    const stored = await mail.app.credentials.read("Mail", "Ada's workspace");
    expect(stored).toMatchObject({ options: { folder: "in" }, accessToken: `${tokenCanary}-access-1` });
  });
});

describe("a way back", () => {
  const refused = async (answer: Response, words: string) => {
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words);
  };

  test("counts once", async () => {
    await using mail = await oauthApp();
    const { connectUrl } = await mail.start();
    const back = await mail.wayBack(connectUrl);
    const cookies = new Map(mail.browser.cookies);
    await mail.browser.get(back);
    for (const [name, value] of cookies) mail.browser.cookies.set(name, value);
    await refused(await mail.browser.get(back), "used already");
    expect(mail.provider.asked).toHaveLength(1);
  });

  test("counts once, also when it is asked for twice at the same time", async () => {
    await using mail = await oauthApp();
    const { connectUrl } = await mail.start();
    const back = await mail.wayBack(connectUrl);
    const answers = await Promise.all([mail.browser.get(back), mail.browser.get(back)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]));
    expect(mail.provider.asked).toHaveLength(1);
  });

  test("without a state, or with one that is made up, exchanges nothing", async () => {
    await using mail = await oauthApp();
    await refused(await mail.browser.get(`${mail.url}/api/oauth/mail?code=stolen`), "not begun here");
    const madeUp = `${mail.url}/api/oauth/mail?code=stolen&state=${"x".repeat(43)}`;
    await refused(await mail.browser.get(madeUp), "not begun here");
    expect(mail.provider.asked).toEqual([]);
  });

  test("in another browser exchanges nothing, so that nobody's account is slipped into somebody's installation", async () => {
    await using mail = await oauthApp();
    const { id, connectUrl } = await mail.start();
    const back = await mail.wayBack(connectUrl);
    await refused(await new Browser().get(back), "another browser");
    expect(mail.provider.asked).toEqual([]);
    expect(await mail.flow(id)).toMatchObject({ state: "failed" });
    // And it is spent: its own browser cannot use it either.
    await refused(await mail.browser.get(back), "used already");
  });

  test("with the state of another source exchanges nothing", async () => {
    await using mail = await oauthApp({ integrations: (provider) => [createMail(provider, "Post")] });
    const { connectUrl } = await mail.start();
    const back = (await mail.wayBack(connectUrl)).replace("/api/oauth/mail", "/api/oauth/post");
    await refused(await mail.browser.get(back), "another source");
    expect(mail.provider.asked).toEqual([]);
  });

  test("with the state of another connection of the same browser exchanges nothing", async () => {
    await using mail = await oauthApp();
    const [first, second] = [await mail.start(), await mail.start()];
    await mail.wayBack(first.connectUrl);
    const [cookie] = [...mail.browser.cookies];
    const back = await mail.wayBack(second.connectUrl);
    mail.browser.cookies.clear();
    // The first one's cookie under the second one's name.
    mail.browser.cookies.set(cookie?.[0].replace(first.id, second.id) ?? "", cookie?.[1] ?? "");
    await refused(await mail.browser.get(back), "another browser");
    expect(mail.provider.asked).toEqual([]);
  });

  test("that comes too late exchanges nothing", async () => {
    await using mail = await oauthApp();
    const { id, connectUrl } = await mail.start();
    const back = await mail.wayBack(connectUrl);
    const past = new Date(Date.now() - FLOW_MS).toISOString();
    await mail.app.secrets(`UPDATE oauthFlow SET expiresAt = '${past}'`);
    await refused(await mail.browser.get(back), "has expired");
    expect(await mail.flow(id)).toMatchObject({ state: "expired" });
    expect(mail.provider.asked).toEqual([]);
  });

  test("says so when the person did not agree, and what the provider refused, escaped and without secrets", async () => {
    await using mail = await oauthApp();
    const first = await mail.start();
    mail.provider.onRedirect((url) => {
      url.searchParams.delete("code");
      url.searchParams.set("error", "access_denied");
    });
    const denied = await mail.browser.get(await mail.wayBack(first.connectUrl));
    expect(denied.status).toBe(200);
    expect(await denied.text()).toContain("the permission was not given at Mail");
    expect(await mail.flow(first.id)).toMatchObject({ state: "cancelled" });
    const second = await mail.start();
    mail.provider.onRedirect((url) => {
      url.searchParams.delete("code");
      url.searchParams.set("error", "invalid_scope");
      url.searchParams.set(
        "error_description",
        "<script>alert(1)</script> access_token=x?token=canary-in-words",
      );
    });
    const failed = await mail.browser.get(await mail.wayBack(second.connectUrl));
    const page = await failed.text();
    expect(page).toContain("&lt;script&gt;");
    expect(page).toContain("invalid_scope");
    expect(page).not.toContain("<script");
    expect(page + JSON.stringify(mail.app.logged)).not.toContain("canary");
  });

  test("whose code or application the provider refuses, or that meets a provider that is down, stores nothing", async () => {
    await using mail = await oauthApp();
    const faults: [Parameters<typeof mail.provider.onToken>[0], string][] = [
      [{ statusCode: 400, body: { error: "invalid_grant" } }, "did not take the code"],
      [{ statusCode: 401, body: { error: "invalid_client" } }, "client id and secret"],
      [{ statusCode: 503, body: {} }, "Start again in a while"],
      [{ statusCode: 200, body: { error: "invalid_client" } }, "client id and secret"],
    ];
    for (const [fault, words] of faults) {
      mail.provider.onToken = (answer) => void Object.assign(answer, fault);
      expect(await mail.connect()).toContain(words);
    }
    expect(await mail.app.credentials.list("Mail")).toEqual([]);
  });

  test("whose account cannot be asked for stores nothing", async () => {
    await using mail = await oauthApp();
    mail.provider.onToken = () => mail.provider.endAccess();
    expect(await mail.connect()).toContain("Not connected");
    expect(await mail.app.credentials.list("Mail")).toEqual([]);
  });
});

describe("the address that a person opens", () => {
  test("counts once, for its own source alone", async () => {
    await using mail = await oauthApp({ integrations: (provider) => [createMail(provider, "Post")] });
    const { connectUrl } = await mail.start();
    expect((await fetch(connectUrl, { method: "HEAD", redirect: "manual" })).status).toBe(200);
    expect((await mail.browser.get(connectUrl)).status).toBe(303);
    const again = await new Browser().get(connectUrl);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("opened already");
    const other = await mail.start();
    expect((await mail.browser.get(other.connectUrl.replace("/mail/", "/post/"))).status).toBe(400);
  });

  test("and the way back take a login where there is one, and an admin's", async () => {
    await using http = await guardedApp();
    for (const path of ["/api/oauth/shelf/open?ticket=x", "/api/oauth/shelf?code=a", "/api/oauth/flows/x"]) {
      expect((await http.send("GET", path)).status).toBe(401);
      expect((await http.send("GET", path, { headers: http.as.syncer })).status).toBe(403);
    }
    const start = { headers: http.as.syncer, body: {} };
    expect((await http.send("POST", "/api/oauth/shelf/start", start)).status).toBe(403);
    expect(
      (await http.send("POST", "/api/oauth/shelf/start", { ...start, headers: http.as.admin })).status,
    ).toBe(422);
  });
});
