import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";
import { ConfigError, messageOf, NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { IntegrationConfig } from "@/core/models/integration-config";
import type { Registry } from "./app";
import { parseTimer } from "./schedule/timer";

/**
 * Builds the registry from the two lists that integrations are registered in.
 *
 * @throws ConfigError when a full sync's time cannot be read, and when two integrations share a name: neither could be told from the other.
 */
export function createRegistry(
  configs: readonly IntegrationConfig[],
  integrations: readonly Integration[],
): Registry {
  const byName = new Map<string, Integration>();
  for (const integration of integrations) {
    const key = integration.config.integration.toLowerCase();
    if (byName.has(key)) {
      throw new ConfigError(`Two integrations are registered as '${integration.config.integration}'.`, {
        action: "Rename one of them in its config.ts.",
      });
    }
    checkFullSyncTime(integration.config);
    byName.set(key, integration);
  }
  return {
    configs,
    integrations,
    problems: findProblems(configs, integrations),
    find: (name) => {
      const found = byName.get(name.trim().toLowerCase());
      if (found !== undefined) return found;
      const names = integrations.map((integration) => integration.config.integration);
      const near = closest(name, names);
      const hint =
        near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Known: ${names.join(", ") || "none"}.`;
      throw new NotFoundError(`There is no integration '${plainLine(name, 80)}'.`, { action: hint });
    },
  };
}

function checkFullSyncTime({ integration, fullSyncAt }: IntegrationConfig): void {
  if (fullSyncAt === undefined) return;
  try {
    parseTimer(fullSyncAt);
  } catch (error) {
    throw new ConfigError(`'fullSyncAt' of ${integration} is no time: ${messageOf(error)}`, { cause: error });
  }
}

function findProblems(configs: readonly IntegrationConfig[], integrations: readonly Integration[]): string[] {
  const configNames = new Set(configs.map((config) => config.integration));
  const syncNames = new Set(integrations.map((integration) => integration.config.integration));
  const onlyConfig = [...configNames].filter((name) => !syncNames.has(name));
  const onlySync = [...syncNames].filter((name) => !configNames.has(name));
  return [
    ...onlyConfig.map(
      (name) => `${name} is in config-registry.ts but not in sync-registry.ts: it cannot sync.`,
    ),
    ...onlySync.map(
      (name) => `${name} is in sync-registry.ts but not in config-registry.ts: it has no form.`,
    ),
  ];
}
