import type { Config } from "@/core/config";
import type { IntegrationConfig } from "@/core/models/integration-config";

/** Where a person connects an account: a page of ours, so that no secret passes through the agent. */
export function connectUrl(config: Pick<Config, "publicUrl">, integration: string): string {
  return `${config.publicUrl}/?connect=${encodeURIComponent(integration)}`;
}

/** The artifact's own address where it has one for browsers, and else its page here. */
export function citationUrl(
  config: Pick<Config, "publicUrl">,
  artifact: { id: string; url: string | null },
): string {
  if (artifact.url !== null && /^https?:\/\//i.test(artifact.url)) return artifact.url;
  return `${config.publicUrl}/artifact/${encodeURIComponent(artifact.id)}`;
}

/** Whether syncing needs a person to connect an account first. */
export function needsAccount(config: IntegrationConfig): boolean {
  const fields = [...(config.inputs ?? []), ...(config.optionInputs ?? [])];
  return fields.length > 0 || config.integrationType === "OAUTH";
}
