/** Tokens that end: renewed ahead, after a 401, once for all, and never lost. Against a provider that rotates strictly. */
import { describe, expect, test } from "bun:test";
import { oauthApp, type OAuthApp } from "@test/oauth";
import { askInChild } from "@test/oauth-child";
import { tokenCanary } from "@test/oauth-provider";
import { credentialId } from "@/core/services/credentials/credential-id";
import { createCredentialStore } from "@/core/services/credentials/store";
import { AuthError } from "@/core/models/errors";

const account = "Ada's workspace";

async function connected(options: Parameters<typeof oauthApp>[0] = {}): Promise<OAuthApp> {
  const mail = await oauthApp(options);
  await mail.connect();
  return mail;
}

const stored = async ({ app }: OAuthApp) => {
  const { accessToken, refreshToken } = (await app.credentials.read("Mail", account)) ?? {};
  return { access: accessToken?.slice(tokenCanary.length), refresh: refreshToken?.slice(tokenCanary.length) };
};

const sync = async ({ app }: OAuthApp) => {
  const [started] = await app.runner.start({ integration: "Mail", mode: "full", trigger: "manual" });
  return app.runner.wait(started?.runId ?? "");
};

/** A client with the account's tokens that asks `times` at once. */
async function ask({ app, provider }: OAuthApp, times = 1): Promise<PromiseSettledResult<unknown>[]> {
  const credential = await app.credentials.read("Mail", account);
  if (credential === undefined) throw new Error("There is no account.");
  const auth = app.oauth.authOf(app.registry.find("Mail"), credential);
  const hostLimits = { "*": { concurrency: 20, spacingMs: 0 } };
  const client = app.services.for("Mail", account).http({ auth, hostLimits, policy: { attempts: 1 } });
  const requests = Array.from({ length: times }, () =>
    client.request({ url: `${provider.apiUrl}/me`, expect: "json" }),
  );
  return Promise.allSettled(requests);
}

/** The vault as another process sees it. */
async function vaultOf({ app }: OAuthApp) {
  const { vault, close } = await createCredentialStore(app);
  const read: typeof vault.records.read = (id) => vault.records.read(id).finally(close);
  return { read };
}

/** Lets the time pass at which the account's token is to be renewed. */
async function passRenewalTime({ app }: OAuthApp): Promise<void> {
  const { vault, close } = await createCredentialStore(app);
  const id = credentialId("Mail", account);
  const record = await vault.records.read(id);
  if (record === undefined || record === "unreadable") throw new Error("There is no record.");
  await vault.records.write(id, { ...record.part, renewAt: new Date(0).toISOString() });
  close();
}

const rejections = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((one): unknown[] => (one.status === "rejected" ? [one.reason] : []));

describe("an account that was connected through OAuth", () => {
  test("syncs with its token, and with the next one when that ends", async () => {
    await using mail = await connected();
    expect(await sync(mail)).toMatchObject({ state: "succeeded", inserted: 1 });
    mail.provider.endAccess();
    expect(await sync(mail)).toMatchObject({ state: "succeeded", unchanged: 1 });
    expect(await stored(mail)).toEqual({ access: "-access-2", refresh: "-refresh-2" });
    expect(mail.provider.refreshes).toBe(1);
    expect(JSON.stringify(mail.app.logged)).not.toContain(tokenCanary);
    expect((await mail.app.metrics.render()).text).toContain(
      'stoneturner_token_refresh_total{source="Mail",outcome="ok"} 1\n',
    );
  });

  test("renews once for 20 requests that are refused at the same time", async () => {
    await using mail = await connected();
    mail.provider.endAccess();
    const results = await ask(mail, 20);
    expect(rejections(results)).toEqual([]);
    expect(mail.provider.refreshes).toBe(1);
  });

  test("renews once for 20 requests in four processes at the same time", async () => {
    await using mail = await connected();
    mail.provider.endAccess();
    const { provider, app } = mail;
    const asked = { home: app.folder, provider, account, requests: 5 };
    const said = await Promise.all(Array.from({ length: 4 }, () => askInChild(asked)));
    expect(said).toEqual(["200", "200", "200", "200"]);
    expect(provider.refreshes).toBe(1);
    expect(await stored(mail)).toEqual({ access: "-access-2", refresh: "-refresh-2" });
  });

  test("is not renewed for headers in whose place another process has stored new ones", async () => {
    await using mail = await connected();
    const credential = await mail.app.credentials.read("Mail", account);
    if (credential === undefined) throw new Error("There is no account.");
    const auth = mail.app.oauth.authOf(mail.app.registry.find("Mail"), credential);
    if (auth === undefined) throw new Error("There is no way in.");
    const refused = await auth.headers();
    mail.provider.endAccess();
    const { provider, app } = mail;
    expect(await askInChild({ home: app.folder, provider, account, requests: 1 })).toBe("200");
    await auth.refresh?.(refused);
    expect(provider.refreshes).toBe(1);
    await auth.refresh?.(await auth.headers());
    expect(provider.refreshes).toBe(2);
  });

  test("renews ahead of the end, and never before it is near", async () => {
    await using mail = await connected();
    const renewAt = async () => {
      const record = await (await vaultOf(mail)).read(credentialId("Mail", account));
      if (record === undefined || record === "unreadable") throw new Error("There is no record.");
      return Date.parse(record.part.renewAt ?? "") - Date.now();
    };
    // Two minutes ahead of an hour's end; the connection itself may have taken a while.
    expect(await renewAt()).toBeWithin(3_000_000, 3_480_001);
    await ask(mail, 3);
    expect(mail.provider.refreshes).toBe(0);
    // A short life: it is not renewed for each request, only from three quarters of it on.
    mail.provider.expiresIn = 200;
    mail.provider.endAccess();
    await ask(mail, 3);
    await ask(mail, 3);
    expect(mail.provider.refreshes).toBe(1);
    expect(await renewAt()).toBeLessThan(150_001);
    mail.provider.expiresIn = 3_600;
    const refused = () => mail.provider.served.filter((status) => status === 401).length;
    const before = refused();
    await passRenewalTime(mail);
    await ask(mail, 3);
    expect(mail.provider.refreshes).toBe(2);
    expect(refused()).toBe(before);
    const [row] = await mail.app.db.raw.all("SELECT expiresAt FROM integrationCredential");
    expect(Date.parse(String(row?.["expiresAt"]))).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test("keeps its refresh token where the provider gives no new one", async () => {
    await using mail = await connected();
    mail.provider.rotates = false;
    for (let times = 0; times < 2; times++) {
      mail.provider.endAccess();
      expect(rejections(await ask(mail))).toEqual([]);
    }
    expect(await stored(mail)).toEqual({ access: "-access-3", refresh: "-refresh-1" });
  });

  test("asks for a reconnect when the provider has ended it, once, and is as before after that", async () => {
    await using mail = await connected();
    mail.provider.endAccess();
    mail.provider.refreshTokens.clear();
    const run = await sync(mail);
    expect(run.error).toContain("Reconnect the account.");
    expect(mail.provider.refreshes).toBe(1);
    expect(await mail.app.credentials.list("Mail")).toMatchObject([{ status: "needs_reconnect" }]);
    await mail.connect({ account });
    expect(await mail.app.credentials.list("Mail")).toMatchObject([
      { status: "connected", statusReason: null },
    ]);
    expect(await sync(mail)).toMatchObject({ state: "succeeded" });
  });

  test("leaves everything as it was when the provider is down, and uses what is still good", async () => {
    await using mail = await connected();
    mail.provider.expiresIn = 90;
    mail.provider.endAccess();
    await ask(mail);
    const before = await stored(mail);
    await passRenewalTime(mail);
    mail.provider.onToken = (answer) => void Object.assign(answer, { statusCode: 503, body: {} });
    expect(rejections(await ask(mail))).toEqual([]);
    mail.provider.endAccess();
    expect(rejections(await ask(mail))).toHaveLength(1);
    expect(await stored(mail)).toEqual(before);
    expect(await mail.app.credentials.list("Mail")).toMatchObject([{ status: "connected" }]);
  });

  test("keeps the tokens of a renewal that ends while its settings are changed", async () => {
    await using mail = await connected();
    const { vault, save, close } = await createCredentialStore(mail.app);
    const read = vault.records.read.bind(vault.records);
    let isFirst = true;
    vault.records.read = async (id) => {
      const record = await read(id);
      if (isFirst) {
        isFirst = false;
        mail.provider.endAccess();
        expect(rejections(await ask(mail))).toEqual([]);
      }
      return record;
    };
    const change = { integration: "Mail", account, options: { folder: "sent" } };
    await save(mail.app.registry.find("Mail"), change);
    close();
    expect(await stored(mail)).toEqual({ access: "-access-2", refresh: "-refresh-2" });
    const { options } = (await mail.app.credentials.read("Mail", account)) ?? {};
    expect(options).toEqual({ folder: "sent" });
    expect(rejections(await ask(mail))).toEqual([]);
  });

  test("is not brought back by a renewal that ends after it was disconnected", async () => {
    await using mail = await connected();
    mail.provider.endAccess();
    const disconnected = Promise.withResolvers<void>();
    mail.provider.onToken = () => disconnected.resolve(mail.app.credentials.remove("Mail", account));
    const [error] = rejections(await ask(mail));
    await disconnected.promise;
    expect(error).toBeInstanceOf(AuthError);
    expect(await mail.app.secrets("SELECT id FROM secret")).toEqual([]);
  });
});

describe("a process that is killed while it renews", () => {
  const killed = async (mail: OAuthApp, failpoint: string) => {
    mail.provider.endAccess();
    const { provider, app } = mail;
    expect(await askInChild({ home: app.folder, provider, account, failpoint })).toBe("killed");
    expect(await app.secrets("SELECT id FROM secretLease")).toHaveLength(failpoint === "stored" ? 0 : 1);
  };

  test("before it asked, or after it stored, leaves an account that works", async () => {
    await using mail = await connected();
    for (const [failpoint, renewals] of [
      ["about to renew", 1],
      ["stored", 2],
    ] as const) {
      await killed(mail, failpoint);
      expect(rejections(await ask(mail))).toEqual([]);
      expect(mail.provider.refreshes).toBe(renewals);
    }
  });

  test("between answer and store loses nothing where refresh tokens stay", async () => {
    await using mail = await connected();
    mail.provider.rotates = false;
    await killed(mail, "renewed, not stored");
    expect(rejections(await ask(mail))).toEqual([]);
  });

  test("between answer and store asks for a reconnect where they count once, and says what happened", async () => {
    await using mail = await connected();
    await killed(mail, "renewed, not stored");
    const [error] = rejections(await ask(mail));
    expect(String(error)).toContain("was killed while it renewed");
    expect(await mail.app.credentials.list("Mail")).toMatchObject([{ status: "needs_reconnect" }]);
    await mail.connect({ account });
    expect(rejections(await ask(mail))).toEqual([]);
  });
});

describe("disconnecting", () => {
  const disconnect = async ({ url }: OAuthApp) =>
    (
      await fetch(`${url}/api/integrations/mail?account=${encodeURIComponent(account)}`, { method: "DELETE" })
    ).json();

  test("takes the permission back at the provider", async () => {
    await using mail = await connected();
    expect(await disconnect(mail)).toEqual({ disconnected: [account], notes: [] });
    const [body] = await Promise.all(mail.provider.revoked);
    expect(body).toContain(`token=${tokenCanary}-refresh-1&token_type_hint=refresh_token`);
    expect(await mail.app.secrets("SELECT id FROM secret")).toEqual([]);
  });

  test("forgets the account also when that fails or cannot be done, and says so", async () => {
    await using mail = await connected();
    mail.provider.revokeStatus = 403;
    expect(JSON.stringify(await disconnect(mail))).toContain("could not be taken back");
    expect(await mail.app.credentials.list("Mail")).toEqual([]);
    await using other = await connected({ change: { revokeUrl: "" } });
    expect(JSON.stringify(await disconnect(other))).not.toContain(tokenCanary);
    expect(await other.app.credentials.list("Mail")).toEqual([]);
  });
});
