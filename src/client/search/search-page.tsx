import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { navigate, useLocation } from "@/client/router";
import { Icon } from "@/client/ui/icons";
import { Page } from "@/client/ui/page";
import { Failure } from "@/client/ui/states";
import { Filters } from "./filters";
import { Invitation, Results, ResultsSkeleton } from "./results";
import { readSearchState, searchPath, toSearchInput, withoutFilters, type SearchState } from "./search-state";
import { useTyped } from "./use-typed";

const typingPause = 180;

/** The search as it stands in the address, and its answer. An empty question asks nothing. */
function useSearch(state: SearchState) {
  const api = useApi();
  const input = toSearchInput(state);
  return useResource(JSON.stringify(input), async (signal) => {
    if (input.query === "") return undefined;
    // The answer carries its own question, so that an older list is never titled with newer words.
    return { answer: await api.search(input, signal), state };
  });
}

function SearchBox({ state }: { state: SearchState }) {
  const { text, setText, flush } = useTyped(
    state.query,
    (query) => navigate(searchPath({ ...state, query }), "replace"),
    typingPause,
  );
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        flush();
      }}
    >
      <div className="relative">
        <label htmlFor="query" className="sr-only">
          Search everything that is synced
        </label>
        <Icon name="search" className="pointer-events-none absolute inset-y-0 start-3 my-auto text-muted" />
        <input
          id="query"
          type="search"
          name="q"
          dir="auto"
          autoComplete="off"
          maxLength={10_000}
          // Typing is what this page is for.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          className="field min-h-12 ps-10 text-base"
          placeholder="What did we decide about…"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Filters state={state} change={(next) => navigate(searchPath({ ...next, query: text }), "replace")} />
    </form>
  );
}

/** Search over everything, as one types. */
export function SearchPage() {
  const state = readSearchState(useLocation().searchParams);
  const { data, error, loading, reload } = useSearch(state);
  const asked = state.query.trim() !== "";
  return (
    <Page title="Search" tab={asked ? `${state.query.trim()} · Search` : "Search"}>
      <search>
        <SearchBox state={state} />
      </search>
      <div className="mt-6">
        {!asked ? <Invitation /> : null}
        {asked && error !== undefined && !loading ? (
          <Failure title="The search did not work" error={error} retry={reload} />
        ) : null}
        {asked && data === undefined && loading ? <ResultsSkeleton /> : null}
        {asked && data !== undefined && (error === undefined || loading) ? (
          <Results
            answer={data.answer}
            state={data.state}
            stale={loading}
            clear={() => navigate(searchPath(withoutFilters(state)))}
          />
        ) : null}
      </div>
    </Page>
  );
}
