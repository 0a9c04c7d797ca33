import { useId, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { navigate } from "@/client/router";
import { runStates } from "@/core/models/sync";
import { readRunFilters, runsPath, type RunFilters } from "./run-filters";
import { stateWords } from "./words";

/** Narrows the runs by source and by how they stand; how they are shown stands at its end. */
export function FilterBar({ filters, children }: { filters: RunFilters; children: ReactNode }) {
  const api = useApi();
  const id = useId();
  const { data } = useResource("sources", (signal) => api.sources(signal));
  const names = (data?.integrations ?? []).map((source) => source.integration);
  const shown = [...new Set(filters.integration === "" ? names : [...names, filters.integration])].sort();
  const change = (next: Partial<RunFilters>) => navigate(runsPath({ ...filters, ...next }));
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <div className="w-full min-[20rem]:w-[calc(50%-0.375rem)] sm:w-48">
        <label htmlFor={`${id}-source`} className="mb-1 block text-sm font-medium text-muted">
          Source
        </label>
        <select
          id={`${id}-source`}
          className="field"
          value={filters.integration}
          onChange={(event) => change({ integration: event.target.value })}
        >
          <option value="">All sources</option>
          {shown.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <div className="w-full min-[20rem]:w-[calc(50%-0.375rem)] sm:w-48">
        <label htmlFor={`${id}-state`} className="mb-1 block text-sm font-medium text-muted">
          Result
        </label>
        <select
          id={`${id}-state`}
          className="field"
          value={filters.state}
          onChange={(event) =>
            change({ state: readRunFilters(new URLSearchParams({ state: event.target.value })).state })
          }
        >
          <option value="">All results</option>
          {runStates.map((state) => (
            <option key={state} value={state}>
              {stateWords(state)}
            </option>
          ))}
        </select>
      </div>
      <div className="flex flex-wrap gap-2 sm:ms-auto">{children}</div>
    </div>
  );
}
