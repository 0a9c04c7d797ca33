/** Settings of an account that OAuth depends on: where its people log in, and what its provider gave. */
import { expect, test } from "bun:test";
import { client, oauthApp, type OAuthApp } from "@test/oauth";
import { listChoices } from "@/core/services/list-choices";
import type { OAuthDefinition, OAuthSettings } from "@/core/models/oauth";
import { checkProviders } from "@/cli/doctor-providers";

const account = "Ada's workspace";

/** A provider with an address for each company, which is a setting, and one that it gives with the tokens. */
async function companies(): Promise<OAuthApp & { seen: OAuthSettings[] }> {
  const seen: OAuthSettings[] = [];
  const urls = { provider: "" };
  const at =
    (path: string): OAuthDefinition["tokenUrl"] =>
    (_services, { folder }) =>
      `${urls.provider}/${path}${typeof folder === "string" ? `?company=${folder}` : ""}`;
  const change: Partial<OAuthDefinition> = {
    authorizeUrl: at("authorize"),
    tokenUrl: at("token"),
    account: async ({ raw }, { settings }) => {
      seen.push(settings);
      const given = raw["token_type"] === undefined ? {} : { options: { home: "eu7" } };
      return { account, id: "u-1", ...given };
    },
  };
  const mail = await oauthApp({ change });
  urls.provider = mail.provider.url;
  return { ...mail, seen };
}

const read = async ({ app }: OAuthApp) => (await app.credentials.read("Mail", account))?.options;

test("addresses are made from what the form says, and later from what is stored", async () => {
  await using mail = await companies();
  const { connectUrl } = await mail.start({ ...client, options: { folder: "north" } });
  const answer = await mail.browser.get(connectUrl);
  expect(new URL(answer.headers.get("location") ?? "").searchParams.get("company")).toBe("north");

  await mail.connect({ ...client, options: { folder: "north" } });
  expect(mail.seen).toEqual([{ folder: "north" }]);
  expect(await read(mail)).toEqual({ folder: "north", home: "eu7" });
  // Whoever agrees again need not say it again.
  const again = await mail.start({ account });
  const sentTo = (await mail.browser.get(again.connectUrl)).headers.get("location") ?? "";
  expect(new URL(sentTo).searchParams.get("company")).toBe("north");
});

test("what a provider gave with the tokens stays when people change their own settings", async () => {
  await using mail = await companies();
  await mail.connect({ ...client, options: { folder: "north" } });
  const integration = mail.app.registry.find("Mail");
  const change = { integration: "Mail", account, ...client, options: { folder: "south" } };
  await mail.app.credentials.save(integration, change);
  expect(await read(mail)).toEqual({ folder: "south", home: "eu7" });

  const met: unknown[] = [];
  const choices = {
    folder: async function* ({ credential }: { credential: { options: unknown } }) {
      met.push(credential.options);
      yield { id: "1", name: "One" };
    },
  };
  const input = { ...change, options: { folder: "half writ" } };
  const signal = new AbortController().signal;
  await listChoices(mail.app, { ...integration, choices }, { option: "folder", input, words: "", signal });
  expect(met).toEqual([{ folder: "half writ", home: "eu7" }]);
});

test("whoever asks whether an account still answers is told its settings", async () => {
  await using mail = await companies();
  await mail.connect({ ...client, options: { folder: "north" } });
  expect(await checkProviders(mail.app)).toMatchObject([{ message: "Mail Ada's workspace answers." }]);
  expect(mail.seen.at(-1)).toEqual({ folder: "north", home: "eu7" });
});
