/** What the list of runs is narrowed to, kept in the page's address. */
import { runStates, type RunState } from "@/core/models/sync";

export interface RunFilters {
  integration: string;
  state: RunState | "";
}

export function readRunFilters(params: URLSearchParams): RunFilters {
  const state = params.get("state");
  return {
    integration: params.get("integration") ?? "",
    state: runStates.find((known) => known === state) ?? "",
  };
}

/** The address of a narrowed list; what is not narrowed is left out. */
export function runsPath({ integration, state }: RunFilters): string {
  const params = new URLSearchParams();
  if (integration !== "") params.set("integration", integration);
  if (state !== "") params.set("state", state);
  const text = params.toString();
  return text === "" ? "/runs" : `/runs?${text}`;
}
