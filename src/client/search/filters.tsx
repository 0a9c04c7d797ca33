import { useId, type ReactNode } from "react";
import { useSourceNames } from "@/client/sources/use-source-names";
import { contexts, limits, type SearchSettings, toContext, tokenBounds, toMaxTokens } from "./search-state";
import { useTyped } from "./use-typed";

const typingPause = 400;

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
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

const contextWords = ["Whole passage", "And 1 around it", "And 2 around it", "And 3 around it"] as const;

/** Any number of tokens that the tool takes. While what is typed is none, the answer is as it was. */
function TokensField({
  id,
  value,
  commit,
}: {
  id: string;
  value: number | null;
  commit: (tokens: number | null) => void;
}) {
  const { text, setText, flush } = useTyped(
    value === null ? "" : String(value),
    (typed) => {
      const tokens = toMaxTokens(typed);
      if (tokens !== null || typed.trim() === "") commit(tokens);
    },
    typingPause,
  );
  const wrong = text.trim() !== "" && toMaxTokens(text) === null;
  return (
    <input
      id={id}
      type="number"
      className="field"
      min={tokenBounds.least}
      max={tokenBounds.most}
      placeholder="No limit"
      title={`${tokenBounds.least} to ${tokenBounds.most.toLocaleString("en")} tokens`}
      aria-invalid={wrong}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={flush}
    />
  );
}

/** How much of each hit is given, and of the answer in all, as an agent would ask for it. */
function SizeFields<Settings extends SearchSettings>({ state, change }: FieldProps<Settings>) {
  return (
    <>
      <Labelled label="Text per result">
        {(id) => (
          <select
            id={id}
            className="field"
            value={state.context ?? ""}
            onChange={(event) => change({ ...state, context: toContext(event.target.value) })}
          >
            <option value="">Snippet</option>
            {contexts.map((context) => (
              <option key={context} value={context}>
                {contextWords[context]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label="Tokens at most">
        {(id) => (
          <TokensField
            id={id}
            value={state.maxTokens}
            commit={(maxTokens) => change({ ...state, maxTokens })}
          />
        )}
      </Labelled>
    </>
  );
}

interface FieldProps<Settings extends SearchSettings> {
  state: Settings;
  change: (next: Settings) => void;
}

/** One of the connected sources, or all. */
function SourceField({ id, value, choose }: { id: string; value: string; choose: (name: string) => void }) {
  const names = useSourceNames(value);
  return (
    <select id={id} className="field" value={value} onChange={(event) => choose(event.target.value)}>
      <option value="">All sources</option>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

/** The first and the last day. */
function DateFields<Settings extends SearchSettings>({ state, change }: FieldProps<Settings>) {
  return (["from", "to"] as const).map((end) => (
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
  ));
}

/** What narrows a search: source, dates, names mentioned, and how much is given. */
export function Filters<Settings extends SearchSettings>({ state, change }: FieldProps<Settings>) {
  return (
    <div className="grid grid-cols-2 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-3">
      <Labelled label="Source">
        {(id) => (
          <SourceField
            id={id}
            value={state.integration}
            choose={(integration) => change({ ...state, integration })}
          />
        )}
      </Labelled>
      <DateFields state={state} change={change} />
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
      <SizeFields state={state} change={change} />
    </div>
  );
}
