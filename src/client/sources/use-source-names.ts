import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { isInUse } from "./source-view";

/** Names to choose from, sorted: sources with something to look at, and the one that is chosen already whether it is connected or not. */
export function useSourceNames(chosen: string): string[] {
  const api = useApi();
  const { data } = useResource("sources", (signal) => api.sources(signal));
  const names = (data?.integrations ?? []).filter(isInUse).map((source) => source.integration);
  return [...new Set(chosen === "" ? names : [...names, chosen])].sort();
}
