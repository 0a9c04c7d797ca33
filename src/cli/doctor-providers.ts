import type { Credential } from "@/core/models/credential";
import { AuthError, InputError, messageOf } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { App } from "@/core/services/app";
import type { Finding } from "./doctor-finding";

/** What one provider may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Asks each connected account's source the one cheap question that is asked when it is connected: whether it answers,
 * and knows the account. Sources without such a question, and accounts whose tokens the program renews, are left out.
 */
export async function checkProviders(
  app: Pick<App, "credentials" | "registry" | "services">,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { integration: name, account, status } of await app.credentials.list()) {
    const integration = app.registry.integrations.find(({ config }) => config.integration === name);
    if (status !== "connected" || integration?.connect === undefined) continue;
    const credential = await app.credentials.read(name, account).catch(() => undefined);
    if (credential === undefined || credential.accessToken !== undefined) continue;
    findings.push(await ask(app, integration, credential));
  }
  return findings;
}

async function ask(
  { services }: Pick<App, "services">,
  integration: Integration,
  { account, accessKey, secretKey, apiKey, baseUrl, options }: Credential,
): Promise<Finding> {
  const name = integration.config.integration;
  const input = { integration: name, account, accessKey, secretKey, apiKey, baseUrl, options };
  try {
    await integration.connect?.(input, AbortSignal.timeout(PATIENCE_MS), services.for(name, account));
    return { check: "providers", message: `${name} ${account} answers.` };
  } catch (error) {
    const refused = error instanceof AuthError || error instanceof InputError;
    return {
      check: "providers",
      message: `${name} ${account} does not answer as it should: ${messageOf(error)}`,
      fix: refused
        ? `Connect it again: stoneturner connect "${name}" --account "${account}"`
        : "Check the network and the provider's status page; syncs go on by themselves when it answers.",
    };
  }
}
