/** A provider's own words of refusal, for which the source knows what to do. */
import { expect, test } from "bun:test";
import { oauthApp } from "@test/oauth";

test("words that the source knows say what to do, at the consent page and where tokens are given", async () => {
  const explain = (said: string) =>
    said.includes("X42") ? "Ask whoever looks after the harbour." : undefined;
  await using mail = await oauthApp({ change: { explain } });
  const first = await mail.start();
  mail.provider.onRedirect((url) => {
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
    url.searchParams.set("error_description", "X42: not for you");
  });
  const back = await mail.browser.get(await mail.wayBack(first.connectUrl));
  expect(await back.text()).toContain("Ask whoever looks after the harbour.");
  expect(await mail.flow(first.id)).toMatchObject({ state: "failed" });
  for (const statusCode of [400, 401]) {
    mail.provider.onToken = (answer) =>
      void Object.assign(answer, {
        statusCode,
        body: { error: "invalid_client", error_description: "X42: old secret" },
      });
    expect(await mail.connect()).toContain("Ask whoever looks after the harbour.");
  }
});

test("a permission that is over asks for a reconnect with what those words ask for", async () => {
  await using mail = await oauthApp({ change: { explain: () => "Ask whoever looks after the harbour." } });
  await mail.connect();
  mail.provider.endAccess();
  mail.provider.onToken = (answer) =>
    void Object.assign(answer, { statusCode: 400, body: { error: "invalid_grant" } });
  const [started] = await mail.app.runner.start({ integration: "Mail", mode: "full", trigger: "manual" });
  expect(await mail.app.runner.wait(started?.runId ?? "")).toMatchObject({
    state: "failed",
    error: "The provider has ended this account's permission. Ask whoever looks after the harbour.",
  });
  const [account] = await mail.app.credentials.list("Mail");
  expect(account).toMatchObject({ status: "needs_reconnect" });
});
