import type { Integration } from "@/core/models/models";
import { supportedIntegrations } from "@/integrations/sync-registry";
import { closest } from "@/lib/closest";

export const integrationNames = supportedIntegrations.map(({ config }) => config.integration);

/** So that `Google Drive` is found by its folder's name as well. */
const slug = (name: string) => name.toLowerCase().replaceAll(" ", "-");

/** A registered integration by its name or folder; undefined, and said with the nearest names, where there is none. */
export function integrationNamed(name: string): Integration | undefined {
  const found = supportedIntegrations.find(({ config }) => slug(config.integration) === slug(name));
  if (found !== undefined) return found;
  const near = closest(name, integrationNames);
  const meant = near.length > 0 ? `; did you mean ${near.join(" or ")}?` : ".";
  console.error(`There is no integration '${name}'${meant}`);
  return undefined;
}
