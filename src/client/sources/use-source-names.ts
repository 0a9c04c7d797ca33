import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";

/** Names to choose from, sorted: connected sources, and the one that is chosen already whether it is connected or not. */
export function useSourceNames(chosen: string): string[] {
  const api = useApi();
  const { data } = useResource("sources", (signal) => api.sources(signal));
  const names = (data?.integrations ?? [])
    .filter((source) => source.status !== "not_connected")
    .map((source) => source.integration);
  return [...new Set(chosen === "" ? names : [...names, chosen])].sort();
}
