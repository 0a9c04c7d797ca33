import { expect, test } from "bun:test";
import { startServer } from "@/core/handlers/server";
import { systemClock } from "@/core/services/http/clock";
import { testApp } from "@test/app";
import { freePort } from "@test/free-port";
import { Browser } from "@test/oauth";
import { z } from "zod";
import { startFake } from "../../../test/fakes/notion/fake";
import { CLIENT } from "../../../test/fakes/notion/oauth";
import { notionIntegration } from "./integration";

test("a workspace is connected by consent, synced, renewed after a 401 alone, and let go", async () => {
  await using fake = await startFake({ seed: 3, items: 6, clock: systemClock });
  const port = freePort();
  const environment = { INTEGRATION_API_URLS: fake.apiUrls, PORT: String(port) };
  await using app = await testApp({ integrations: [notionIntegration], environment });
  const server = await startServer(app, () => Promise.resolve(new Map()));
  try {
    const url = `http://127.0.0.1:${port}`;
    const begun = await fetch(`${url}/api/oauth/notion/start`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ accessKey: CLIENT.id, secretKey: CLIENT.secret }),
    });
    const { connectUrl } = z.object({ connectUrl: z.string() }).parse(await begun.json());
    const browser = new Browser();
    const consent = Browser.next(await browser.get(connectUrl));
    expect(new URL(consent).searchParams.get("owner")).toBe("user");
    await browser.get((await fake.consent?.(consent)) ?? "");
    expect(await app.credentials.list("Notion")).toMatchObject([
      { account: "Harbour Works", status: "connected" },
    ]);

    const sync = async () => {
      const [started] = await app.runner.start({ integration: "Notion", mode: "full", trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    };
    expect(await sync()).toMatchObject({ state: "succeeded", failed: 0 });
    fake.faults.rateLimit(1);
    fake.faults.serverError(1);
    expect(await sync()).toMatchObject({ state: "succeeded" });
    expect(fake.oauth.refreshes).toBe(0);
    fake.oauth.expire();
    expect(await sync()).toMatchObject({ state: "succeeded" });
    expect(fake.oauth.refreshes).toBe(1);

    await fetch(`${url}/api/integrations/notion`, { method: "DELETE" });
    expect(fake.oauth.revoked).toHaveLength(1);
  } finally {
    await server.stop();
  }
});
