import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { mailHappenings } from "./happenings";
import { MailProvider, json, refusal } from "./provider";
import { MailWorld } from "./world";

export interface GmailFake extends FakeSource {
  world: MailWorld;
  provider: MailProvider;
}

export const CLIENT = { id: "canary-client.apps.googleusercontent.com", secret: "canary-secret-GOCSPX-77aa" };

/** Gmail with the consent that leads to it, on one address. */
export async function startGmail({
  seed,
  items,
  clock,
  pageSize,
}: Parameters<StartFake>[0]): Promise<GmailFake> {
  const world = new MailWorld(seed, clock);
  world.happenings = mailHappenings(world);
  const provider = new MailProvider(world, pageSize ?? (items > 200 ? 500 : 5), CLIENT);
  for (let index = 0; index < items; index++) world.create();
  const soon = () => new Date(clock.now() + 1_000).toISOString();
  const server = new FakeServer({
    clock,
    answer: (request, url) => provider.answer(request, url),
    limited: () =>
      refusal(429, "rateLimitExceeded", `User-rate limit exceeded.  Retry after ${soon()}`, "usageLimits"),
    failed: () => refusal(500, "backendError", "Internal error encountered."),
    broken: (): Reply => json({ kind: "gmail#nothing" }),
  });
  server.spared = ({ pathname }) => pathname === "/token";
  const faults = server.faults();
  return {
    integration: "Gmail",
    apiUrls: [
      `gmail=${server.url}`,
      ...["authorize", "token", "revoke"].map((part) => `gmail.${part}=${server.url}/${part}`),
    ].join(","),
    credential: { integration: "Gmail", accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [CLIENT.secret, "ya29.canary-mail-1", "1//canary-mail-refresh"],
    world,
    provider,
    faults: {
      ...faults,
      refuseCredential: () => void (provider.refusing = true),
      expireToken: () => void provider.generation++,
      expireCursors: () => {
        provider.tokensFrom++;
        world.forgotten = world.historyId();
      },
      heal: () => {
        faults.heal();
        provider.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/gmail/")),
    // Labels, the last change, pages of threads, each thread, the newest once more, and what changed meanwhile.
    leastRequests: () => {
      const threads = provider.listed("", undefined).length;
      return 4 + Math.max(1, Math.ceil(threads / provider.pageSize)) + threads;
    },
    leastForNothingNew: () => 2,
    consent: (address) => {
      const asked = new URL(address).searchParams;
      const back = new URL(asked.get("redirect_uri") ?? "");
      const offline = asked.get("access_type") === "offline" && asked.get("prompt") === "consent";
      back.searchParams.set("code", offline ? "4/code-offline" : "4/code-online");
      back.searchParams.set("state", asked.get("state") ?? "");
      return Promise.resolve(back.href);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startGmail;
