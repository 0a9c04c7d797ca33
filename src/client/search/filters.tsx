import { useId, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { limits, type SearchSettings } from "./search-state";
import { useTyped } from "./use-typed";

const typingPause = 400;

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

function EntitiesField({ id, value, commit }: { id: string; value: string; commit: (text: string) => void }) {
  const { text, setText, flush } = useTyped(value, commit, typingPause);
  return (
    <input
      id={id}
      className="field"
      dir="auto"
      maxLength={1_000}
      placeholder="Names, by commas"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={flush}
    />
  );
}

/** What narrows a search: source, dates, names mentioned, and how many results. */
export function Filters<Settings extends SearchSettings>({
  state,
  change,
}: {
  state: Settings;
  change: (next: Settings) => void;
}) {
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
      <Labelled label="Mentions">
        {(id) => (
          <EntitiesField
            id={id}
            value={state.entities}
            commit={(entities) => change({ ...state, entities })}
          />
        )}
      </Labelled>
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
