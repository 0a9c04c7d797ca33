/** The way in and out: consent, choices, renewals, and permission that is taken back or runs out. */
import { expect, test } from "bun:test";
import { listChoices } from "@/core/services/list-choices";
import { createHttpShared } from "@/core/services/http/shared";
import { testApp } from "@test/app";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startGmail } from "../../../test/fakes/gmail/fake";
import { GOOGLE_CLIENT, refusal } from "../../../test/fakes/google-consent";
import { gmailIntegration } from "./integration";

async function mailbox(items = 6) {
  const clock = fastClock();
  const fake = await startGmail({ seed: 4, items, clock });
  const place = await connectedApp(gmailIntegration, fake, { clock });
  return {
    ...place,
    fake,
    statusOf: async () => (await place.app.credentials.list("Gmail"))[0]?.status,
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

test("reading is all that is asked for, with a client of the installation's own", async () => {
  const clock = fastClock();
  await using fake = await startGmail({ seed: 4, items: 3, clock });
  const environment = {
    INTEGRATION_API_URLS: fake.apiUrls,
    GMAIL_OAUTH_CLIENT_ID: GOOGLE_CLIENT.id,
    GMAIL_OAUTH_CLIENT_SECRET: GOOGLE_CLIENT.secret,
  };
  await using app = await testApp({
    integrations: [gmailIntegration],
    environment,
    http: createHttpShared({ clock }),
  });
  const started = await app.oauth.start(gmailIntegration, {});
  const ticket = new URL(started.connectUrl).searchParams.get("ticket") ?? "";
  const departure = await app.oauth.depart(gmailIntegration, ticket);
  const asked = new URL(departure?.authorizeUrl ?? "").searchParams;
  expect(asked.get("scope")).toBe("https://www.googleapis.com/auth/gmail.readonly");
  expect(asked.get("include_granted_scopes")).toBeNull();
  const back = new URL((await fake.consent?.(departure?.authorizeUrl ?? "")) ?? "").searchParams;
  const answer = { state: back.get("state") ?? "", code: back.get("code") ?? "" };
  const none = { error: undefined, errorDescription: undefined };
  expect(
    await app.oauth.finish(gmailIntegration, { ...answer, ...none }, () => departure?.binding),
  ).toMatchObject({ state: "succeeded", account: "ana@harbour.example" });
  const { choices } = await listChoices(app, gmailIntegration, {
    ...{ option: "labels", words: "", signal: new AbortController().signal },
    input: { integration: "Gmail", account: "ana@harbour.example" },
  });
  expect(choices.map(({ value }) => value)).toContain("Clients");
  expect(choices.map(({ value }) => value)).not.toContain("TRASH");
});

test("a token that ends is renewed once; permission that is taken back stops syncs and removes nothing", async () => {
  await using place = await mailbox();
  await place.sync();
  place.fake.faults.expireToken?.();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
  place.fake.faults.refuseCredential?.();
  expect(await place.sync("incremental")).toMatchObject({ state: "failed" });
  expect(await place.statusOf()).toBe("needs_reconnect");
  expect((await place.served()).size).toBe(6);
  place.fake.faults.heal();
  place.fake.world.create();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1 });
  expect(await place.statusOf()).toBe("connected");
});

test.each([
  ["switches Gmail off", () => refusal(400, "failedPrecondition", "Mail service not enabled")],
  [
    "forbids the application",
    () => refusal(403, "domainPolicy", "The domain administrators have disabled Gmail apps."),
  ],
])("an administrator who %s stops syncs in words and removes nothing", async (_what, closed) => {
  await using place = await mailbox();
  await place.sync();
  place.fake.provider.closed = closed;
  for (const mode of ["incremental", "full"] as const) {
    const run = await place.sync(mode);
    expect(run.state).toBe("failed");
    expect(run.error).toContain("Google answered with");
  }
  expect((await place.served()).size).toBe(6);
});

test("a limit that takes longer than anybody waits parks the sync until the time that Google names", async () => {
  await using place = await mailbox();
  const until = new Date(Date.now() + 900_000).toISOString();
  const words = `User-rate limit exceeded.  Retry after ${until}`;
  place.fake.provider.closed = () => refusal(429, "rateLimitExceeded", words, "usageLimits");
  const run = await place.sync();
  expect(run.state).not.toBe("failed");
  expect(run.parkedUntil).toBe(until);
});
