import PQueue from "p-queue";
import { AuthError, InputError, messageOf } from "@/core/models/errors";
import type { Credential } from "@/core/models/credential";
import type { Integration } from "@/core/models/integration";
import type { App } from "@/core/services/app";
import type { Finding } from "./doctor-finding";

/** What one provider may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/** So many accounts are asked at once: a dozen providers that hang would otherwise take minutes, and no one waits so long. */
const AT_ONCE = 8;

type Doctored = Pick<App, "credentials" | "registry" | "services" | "oauth">;

/**
 * Asks each connected account's source the one cheap question that is asked when it is connected: whether it answers,
 * and knows the account. A token that has ended is renewed on the way, as in a sync: once, whoever else is at it.
 * Sources without such a question are left out; accounts that need a reconnect are told elsewhere.
 */
export async function checkProviders(app: Doctored): Promise<Finding[]> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  const asked = (await app.credentials.list()).flatMap(({ integration: name, account, status }) => {
    const integration = app.registry.integrations.find(({ config }) => config.integration === name);
    if (integration === undefined || status !== "connected") return [];
    return [queue.add(() => checkAccount(app, integration, account))];
  });
  return (await Promise.all(asked)).flat();
}

async function checkAccount(app: Doctored, integration: Integration, account: string): Promise<Finding[]> {
  const name = integration.config.integration;
  try {
    const credential = await app.credentials.read(name, account);
    if (credential === undefined || !(await answers(app, integration, credential))) return [];
    return [{ check: "providers", message: `${name} ${account} answers.` }];
  } catch (error) {
    const refused = error instanceof AuthError || error instanceof InputError;
    const message = `${name} ${account} does not answer as it should: ${messageOf(error)}`;
    const fix = refused
      ? `Connect it again: stoneturner connect "${name}" --account "${account}"`
      : "Check the network and the provider's status page; syncs go on by themselves when it answers.";
    return [{ check: "providers", message, fix }];
  }
}

/** False when there is nothing to ask this source. Throws what it says against the account. */
async function answers(
  { services, oauth }: Doctored,
  integration: Integration,
  credential: Credential,
): Promise<boolean> {
  const { integration: name } = integration.config;
  const { account, accessKey, secretKey, apiKey, baseUrl, options } = credential;
  const lent = services.for(name, account);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const auth = oauth.authOf(integration, credential);
  if (auth !== undefined && integration.oauth !== undefined) {
    const { accessToken = "", refreshToken } = credential;
    const tokens = { accessToken, refreshToken, expiresAt: undefined, raw: {} };
    await integration.oauth.account(tokens, { ...lent, auth, signal, settings: options });
    return true;
  }
  if (integration.connect === undefined) return false;
  const input = { integration: name, account, accessKey, secretKey, apiKey, baseUrl, options };
  await integration.connect(input, signal, lent);
  return true;
}
