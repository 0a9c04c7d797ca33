/** The program with one real integration, connected to a fake of its provider, in a data folder of its own. */
import type { Integration } from "@/core/models/integration";
import type { SyncMode, SyncRun } from "@/core/models/sync";
import { createHttpShared } from "@/core/services/http/shared";
import type { FakeSource } from "../fakes/fake";
import { testApp, type TestApp } from "./app";
import type { fastClock } from "./fast-clock";
import { servedArtifacts } from "./served-artifacts";

export interface ConnectedApp extends AsyncDisposable {
  app: TestApp;
  /** One sync to its end. */
  sync: (mode?: SyncMode, options?: { confirmDeletions?: boolean }) => Promise<SyncRun>;
  /** Title and markdown of everything that is served, by `integrationArtifactId`. */
  served: () => Promise<Map<string, { title: string; markdown: string }>>;
}

export interface ConnectedAppOptions {
  clock: ReturnType<typeof fastClock>;
  /** An existing data folder, left in place afterwards; its account is connected already where `connect` is false. */
  home?: string;
  connect?: boolean;
  /** Connects through the provider's consent page where there is one, also where a key would do. */
  byConsent?: boolean;
}

/** `await using place = await connectedApp(integration, fake, { clock });` */
export async function connectedApp(
  integration: Integration,
  fake: Pick<FakeSource, "apiUrls" | "credential" | "consent">,
  { clock, home, connect = true, byConsent = false }: ConnectedAppOptions,
): Promise<ConnectedApp> {
  const app = await testApp({
    integrations: [integration],
    environment: fake.apiUrls === "" ? {} : { INTEGRATION_API_URLS: fake.apiUrls },
    http: createHttpShared({ clock }),
    ...(home === undefined ? {} : { home }),
  });
  // A source that takes a key as well as consent is given the key, unless the caller wants it otherwise.
  const consent = byConsent || fake.credential.apiKey === undefined ? fake.consent : undefined;
  if (connect && consent !== undefined) await connectByConsent(app, integration, fake, consent);
  else if (connect) await app.credentials.save(integration, fake.credential);
  const { integration: name } = integration.config;
  return {
    app,
    sync: async (mode = "full", options = {}) => {
      // However quick the machine is, no two begin in the same second, by which providers tell the time.
      clock.skip(60_000);
      const [started] = await app.runner.start({ integration: name, mode, trigger: "manual", ...options });
      return app.runner.wait(started?.runId ?? "");
    },
    served: () => servedArtifacts(app.db, name),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** The way through the provider's consent page and back, as a browser takes it. */
async function connectByConsent(
  app: TestApp,
  integration: Integration,
  { credential }: Pick<FakeSource, "credential">,
  consent: NonNullable<FakeSource["consent"]>,
): Promise<void> {
  const { accessKey, secretKey, options } = credential;
  const started = await app.oauth.start(integration, {
    ...(options === undefined ? {} : { options }),
    ...(accessKey === undefined ? {} : { accessKey }),
    ...(secretKey === undefined ? {} : { secretKey }),
  });
  const ticket = new URL(started.connectUrl).searchParams.get("ticket") ?? "";
  const departure = await app.oauth.depart(integration, ticket);
  if (departure === undefined) throw new Error("The connect URL leads nowhere.");
  const back = new URL(await consent(departure.authorizeUrl)).searchParams;
  const answer = {
    state: back.get("state") ?? undefined,
    code: back.get("code") ?? undefined,
    error: back.get("error") ?? undefined,
    errorDescription: undefined,
  };
  const outcome = await app.oauth.finish(integration, answer, () => departure.binding);
  if (outcome.state !== "succeeded")
    throw new Error(`The connection ended as ${outcome.state}: ${outcome.message}`);
}

/** How what is served differs from what the fake holds, in words; empty when it does not. */
export function differences(served: Awaited<ReturnType<ConnectedApp["served"]>>, fake: FakeSource): string[] {
  const expected = fake.world.snapshot();
  const found: string[] = [];
  for (const [key, { title, needles }] of expected) {
    const artifact = served.get(key);
    if (artifact === undefined) {
      found.push(`${key} ("${title}") is missing`);
      continue;
    }
    if (artifact.title !== title) found.push(`${key} is titled "${artifact.title}", not "${title}"`);
    const missing = needles.find((needle) => !artifact.markdown.includes(needle));
    if (missing !== undefined) found.push(`${key} lacks "${missing.slice(0, 80)}"`);
  }
  for (const key of served.keys()) if (!expected.has(key)) found.push(`${key} is served, but not there`);
  return found;
}
