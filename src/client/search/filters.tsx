import { useId, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { limits, type SearchState } from "./search-state";

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0 flex-1 basis-32">
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

/** Names to choose from: connected sources, and whatever the address already names. */
function useSourceNames(current: string): string[] {
  const api = useApi();
  const { data } = useResource("sources", (signal) => api.sources(signal));
  const names = (data?.integrations ?? [])
    .filter((source) => source.status !== "not_connected")
    .map((source) => source.integration);
  return [...new Set(current === "" ? names : [...names, current])].sort();
}

/** What narrows a search: source, dates, and how many results. */
export function Filters({ state, change }: { state: SearchState; change: (next: SearchState) => void }) {
  const names = useSourceNames(state.integration);
  return (
    <div className="flex flex-wrap gap-3">
      <Labelled label="Source">
        {(id) => (
          <select
            id={id}
            className="field"
            value={state.integration}
            onChange={(event) => change({ ...state, integration: event.target.value })}
          >
            <option value="">All sources</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Labelled>
      {(["from", "to"] as const).map((end) => (
        <Labelled key={end} label={end === "from" ? "From" : "Until"}>
          {(id) => (
            <input
              id={id}
              type="date"
              className="field"
              value={state[end]}
              onChange={(event) => change({ ...state, [end]: event.target.value })}
            />
          )}
        </Labelled>
      ))}
      <Labelled label="Results">
        {(id) => (
          <select
            id={id}
            className="field"
            value={state.limit}
            onChange={(event) => change({ ...state, limit: Number(event.target.value) })}
          >
            {limits.map((limit) => (
              <option key={limit} value={limit}>
                Up to {limit}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </div>
  );
}
