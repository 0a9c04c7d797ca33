import { expect, test } from "bun:test";
import { startServer } from "@/core/handlers/server";
import { systemClock } from "@/core/services/http/clock";
import { testApp } from "@test/app";
import { differences } from "@test/fake-app";
import { freePort } from "@test/free-port";
import { Browser } from "@test/oauth";
import { servedArtifacts } from "@test/served-artifacts";
import { z } from "zod";
import { startGithub } from "../../../test/fakes/github/fake";
import { CLIENT } from "../../../test/fakes/github/oauth";
import { githubIntegration } from "./integration";

test("an account is connected by consent, synced with its wikis, and renewed after a 401", async () => {
  await using fake = await startGithub({ seed: 3, items: 8, clock: systemClock });
  const port = freePort();
  const environment = { INTEGRATION_API_URLS: fake.apiUrls, PORT: String(port) };
  await using app = await testApp({ integrations: [githubIntegration], environment });
  const server = await startServer(app, () => Promise.resolve(new Map()));
  try {
    const url = `http://127.0.0.1:${port}`;
    const begun = await fetch(`${url}/api/oauth/github/start`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ accessKey: CLIENT.id, secretKey: CLIENT.secret }),
    });
    const { connectUrl } = z.object({ connectUrl: z.string() }).parse(await begun.json());
    const browser = new Browser();
    const consent = Browser.next(await browser.get(connectUrl));
    const asked = new URL(consent);
    expect([asked.pathname, asked.searchParams.get("code_challenge_method")]).toEqual([
      "/login/oauth/authorize",
      "S256",
    ]);
    expect(asked.searchParams.get("scope")).toBe("repo read:org read:discussion");
    await browser.get(fake.oauth.consent(consent));
    expect(await app.credentials.list("GitHub")).toMatchObject([
      { account: "ada-quay", status: "connected" },
    ]);
    const sync = async () => {
      const [started] = await app.runner.start({ integration: "GitHub", mode: "full", trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    };
    expect(await sync()).toMatchObject({ state: "succeeded", failed: 0 });
    fake.server.tokens.clear();
    fake.world.create();
    expect(await sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(fake.oauth.refreshes).toBe(1);
    expect(differences(await servedArtifacts(app.db, "GitHub"), fake)).toEqual([]);
  } finally {
    await server.stop();
  }
});
