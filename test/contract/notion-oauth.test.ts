/** Notion's way of consent against an OAuth server that nobody here wrote, in front of the stand-in for its API. */
import { expect, test } from "bun:test";
import { OAuth2Server } from "oauth2-mock-server";
import { notionIntegration } from "@/integrations/notion/integration";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startFake } from "../fakes/notion/fake";

interface TokenAnswer {
  statusCode: number;
  body: Record<string, unknown>;
}

const endpoints = {
  authorize: "/v1/oauth/authorize",
  token: "/v1/oauth/token",
  revoke: "/v1/oauth/revoke",
};

/** The server with its tokens, and what it was asked. */
async function startOAuth(accept: (token: string) => void) {
  const server = new OAuth2Server(undefined, undefined, { endpoints });
  await server.issuer.keys.generate("RS256");
  await server.start(0, "127.0.0.1");
  const asked: { body: Record<string, unknown>; authorization: string | undefined }[] = [];
  const control = { refuse: false };
  server.service.on(
    "beforeResponse",
    (answer: TokenAnswer, request: { body: Record<string, unknown>; headers: Record<string, string> }) => {
      asked.push({ body: { ...request.body }, authorization: request.headers["authorization"] });
      if (control.refuse) Object.assign(answer, { statusCode: 400, body: { error: "invalid_grant" } });
      else accept(String(answer.body["access_token"]));
      // Notion names the workspace beside the tokens, and says nothing of how long they live.
      Object.assign(answer.body, { workspace_id: "w1", workspace_name: "Quay", expires_in: undefined });
    },
  );
  const { port } = server.address();
  return { server, asked, control, url: `http://127.0.0.1:${port}` };
}

/** One address for both, as Notion has. */
function inFront(oauthUrl: string, apiUrl: string) {
  return Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    reusePort: false,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const target = Object.values(endpoints).includes(pathname) ? oauthUrl : apiUrl;
      const body = await request.text();
      const headers = new Headers(request.headers);
      headers.delete("host");
      headers.set("accept-encoding", "identity");
      const { method } = request;
      const init = { method, headers, redirect: "manual", ...(body === "" ? {} : { body }) } as const;
      const answer = await fetch(target + pathname + search, init);
      return new Response(await answer.text(), { status: answer.status, headers: answer.headers });
    },
  });
}

test("a workspace is connected, renewed after a 401 with the token that came last, and asks again when that ends", async () => {
  const clock = fastClock();
  await using fake = await startFake({ seed: 4, items: 5, clock });
  const oauth = await startOAuth((token) => fake.oauth.accepted.add(token));
  const front = inFront(oauth.url, fake.url);
  const credential = { integration: "Notion", accessKey: "client-1", secretKey: "client-secret-1" };
  const source = {
    ...fake,
    credential,
    apiUrls: `notion=http://127.0.0.1:${front.port}`,
    consent: async (address: string) =>
      (await fetch(address, { redirect: "manual" })).headers.get("location") ?? "",
  };
  try {
    await using place = await connectedApp(notionIntegration, source, { clock });
    expect(await place.app.credentials.list("Notion")).toMatchObject([
      { account: "Quay", status: "connected" },
    ]);
    const [first] = oauth.asked;
    expect(first?.authorization).toBe(`Basic ${btoa("client-1:client-secret-1")}`);
    expect(first?.body).toMatchObject({ grant_type: "authorization_code", redirect_uri: expect.any(String) });
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });

    fake.oauth.expire();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(oauth.asked[1]?.body).toMatchObject({ grant_type: "refresh_token" });
    expect(oauth.asked).toHaveLength(2);

    fake.oauth.expire();
    oauth.control.refuse = true;
    expect(await place.sync("incremental")).toMatchObject({ state: "failed" });
    expect(await place.app.credentials.list("Notion")).toMatchObject([{ status: "needs_reconnect" }]);
    expect(oauth.asked).toHaveLength(3);
  } finally {
    await front.stop(true);
    await oauth.server.stop();
  }
});
