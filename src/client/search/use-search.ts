import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { toSearchInput, type SearchSettings } from "./search-state";
import type { Asked } from "./results";

/**
 * The search for some words with some settings, and its answer. A new one gives up the one under way. An empty question
 * asks nothing; without settings there is nothing to ask.
 */
export function useSearch(query: string, settings: SearchSettings | undefined) {
  const api = useApi();
  const input = settings === undefined ? undefined : toSearchInput(query, settings);
  return useResource(JSON.stringify(input ?? null), async (signal): Promise<Asked | undefined> => {
    if (input === undefined || settings === undefined || input.query === "") return undefined;
    // The answer carries its own question, so that an older list is never titled with newer words.
    return { answer: await api.search(input, signal), input, settings };
  });
}
