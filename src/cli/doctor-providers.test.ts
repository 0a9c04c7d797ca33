import { expect, test } from "bun:test";
import type { CredentialInput } from "@/core/models/credential";
import { AuthError, TransientError } from "@/core/models/errors";
import { testApp } from "@test/app";
import { oauthApp } from "@test/oauth";
import { createShelf } from "@test/shelf";
import { checkProviders } from "./doctor-providers";

test("each connected account's source is asked once; what does not answer or refuses comes with its fix", async () => {
  const answers = new Map<string, Error | undefined>();
  const shelf = createShelf();
  const integration = {
    ...shelf.integration,
    connect: async (credential: { integration: string; account?: string | undefined }) => {
      const failure = answers.get(credential.account ?? "");
      if (failure !== undefined) throw failure;
      return { account: credential.account ?? "", credential };
    },
  };
  await using app = await testApp({ integrations: [integration] });
  const accounts = ["fine", "away", "locked", "known broken"];
  for (const account of accounts) await app.credentials.save(integration, { integration: "Shelf", account });
  await app.credentials.setStatus("Shelf", "known broken", "needs_reconnect", "Signed out.");
  answers.set("away", new TransientError("No route to the shelf."));
  answers.set("locked", new AuthError("The key was refused."));
  const found = await checkProviders(app);
  expect(found.map(({ message, fix }) => [message, fix?.split(":")[0]])).toEqual([
    [
      expect.stringContaining("away does not answer as it should: No route"),
      expect.stringContaining("network"),
    ],
    ["Shelf fine answers.", undefined],
    [expect.stringContaining("The key was refused."), "Connect it again"],
  ]);
});

test("an account that was connected through OAuth is asked with its token, which is renewed when it has ended", async () => {
  await using mail = await oauthApp();
  await mail.connect();
  const { app, provider } = mail;
  provider.endAccess();
  const asked = provider.served.length;
  // Two at once: one renewal.
  const [found] = await Promise.all([checkProviders(app), checkProviders(app)]);
  expect(found).toEqual([{ check: "providers", message: "Mail Ada's workspace answers." }]);
  expect(provider.served.length).toBeGreaterThan(asked);
  expect(provider.refreshes).toBe(1);
  provider.endAccess();
  provider.refreshTokens.clear();
  const [refused] = await checkProviders(app);
  expect(refused?.message).toContain("does not answer as it should");
  expect(refused?.fix).toContain('Connect it again: stoneturner connect "Mail"');
});

test("a secret that does not open is a finding with its fix, and the others are asked all the same", async () => {
  const shelf = createShelf();
  const integration = {
    ...shelf.integration,
    config: { ...shelf.integration.config, inputs: [{ input: "apiKey" as const, label: "Key" }] },
    connect: async (credential: CredentialInput) => ({ account: "", credential }),
  };
  await using app = await testApp({ integrations: [integration] });
  for (const account of ["broken", "fine"])
    await app.credentials.save(integration, { integration: "Shelf", account, apiKey: `key of ${account}` });
  const id = (await app.credentials.list()).find(({ account }) => account === "broken")?.id ?? "";
  await app.secrets(`UPDATE secret SET sealed = 'changed' WHERE id = '${id}' RETURNING id`);
  expect(await checkProviders(app)).toEqual([
    {
      check: "providers",
      message: expect.stringContaining("The stored secret was changed or does not belong to this account."),
      fix: 'Connect it again: stoneturner connect "Shelf" --account "broken"',
    },
    { check: "providers", message: "Shelf fine answers." },
  ]);
});

test("accounts are asked side by side, and told of in their order", async () => {
  const shelf = createShelf();
  const { promise: together, resolve } = Promise.withResolvers<void>();
  let isSaved = false;
  let asked = 0;
  const integration = {
    ...shelf.integration,
    connect: async (credential: CredentialInput) => {
      if (!isSaved) return { account: "", credential };
      asked += 1;
      if (asked === 5) resolve();
      // One after the other, the first would wait for good.
      await together;
      return { account: "", credential };
    },
  };
  await using app = await testApp({ integrations: [integration] });
  const accounts = ["a", "b", "c", "d", "e"];
  for (const account of accounts) await app.credentials.save(integration, { integration: "Shelf", account });
  isSaved = true;
  expect((await checkProviders(app)).map(({ message }) => message)).toEqual(
    accounts.map((account) => `Shelf ${account} answers.`),
  );
});
