import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { GoogleConsent, json, refusal } from "../google-consent";
import { mailHappenings } from "./happenings";
import { MailProvider } from "./provider";
import { MailWorld } from "./world";

export interface GmailFake extends FakeSource {
  world: MailWorld;
  provider: MailProvider;
}

/** Gmail with the consent that leads to it, on one address. */
export async function startGmail({
  seed,
  items,
  clock,
  pageSize,
}: Parameters<StartFake>[0]): Promise<GmailFake> {
  const world = new MailWorld(seed, clock);
  world.happenings = mailHappenings(world);
  const consent = new GoogleConsent("gmail.readonly");
  const provider = new MailProvider(world, consent, pageSize ?? (items > 200 ? 500 : 5));
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
    apiUrls: consent.apiUrls("gmail", server.url),
    credential: { integration: "Gmail", ...consent.credential },
    secrets: consent.secrets,
    world,
    provider,
    faults: {
      ...faults,
      refuseCredential: () => void (consent.refusing = true),
      expireToken: () => void consent.generation++,
      expireCursors: () => {
        provider.tokensFrom++;
        world.forgotten = world.historyId();
      },
      heal: () => {
        faults.heal();
        consent.refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/gmail/")),
    // Labels, the last change, pages of threads, each thread, the newest once more, and what changed meanwhile.
    leastRequests: () => {
      const threads = provider.listed("", undefined).length;
      return 4 + Math.max(1, Math.ceil(threads / provider.pageSize)) + threads;
    },
    leastForNothingNew: () => 2,
    consent: (address) => Promise.resolve(consent.consent(address)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startGmail;
