import { navigate, useLocation } from "@/client/router";
import { Button } from "@/client/ui/button";
import { Page } from "@/client/ui/page";
import { Failure } from "@/client/ui/states";
import { ViewsMenu } from "@/client/views/views-menu";
import { movesAgainst } from "./compare";
import { Filters } from "./filters";
import { FoldedFilters } from "./folded-filters";
import { Invitation, Results, ResultsSkeleton } from "./results";
import { SearchBox } from "./search-box";
import { defaults, readSearchState, searchPath, settingsOf, type SearchState } from "./search-state";
import { useSearch } from "./use-search";

type Search = ReturnType<typeof useSearch>;

/** One list of hits, or what stands in its place. */
function List({
  search,
  clear,
  moves,
}: {
  search: Search;
  clear: () => void;
  moves?: Map<string, number | "new">;
}) {
  const { data, error, loading, reload } = search;
  if (error !== undefined && !loading) {
    return <Failure title="The search did not work" error={error} retry={reload} />;
  }
  if (data === undefined) return loading ? <ResultsSkeleton /> : null;
  return <Results asked={data} stale={loading} clear={clear} {...(moves === undefined ? {} : { moves })} />;
}

const go = (state: SearchState) => navigate(searchPath(state), "replace");

/** Two settings for the same words, side by side, each hit with how it moved. */
function SideBySide({ state, one, two }: { state: SearchState; one: Search; two: Search }) {
  const { other = defaults, ...first } = state;
  const left = one.data?.answer.results ?? [];
  const right = two.data?.answer.results ?? [];
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <section aria-label="First settings" className="min-w-0 space-y-4">
        <Filters state={first} change={(next) => go({ ...next, other })} />
        <List search={one} clear={() => go({ ...defaults, query: state.query, other })} />
      </section>
      <section aria-label="Second settings" className="min-w-0 space-y-4 lg:border-s lg:border-line lg:ps-8">
        <Filters state={other} change={(next) => go({ ...first, other: next })} />
        <List
          search={two}
          clear={() => go({ ...first, other: defaults })}
          moves={movesAgainst(right, left)}
        />
      </section>
    </div>
  );
}

/** Search over everything, as one types: the very search that agents get. */
export function SearchPage() {
  const state = readSearchState(useLocation().searchParams);
  const { other, ...first } = state;
  const one = useSearch(state.query, first);
  const two = useSearch(state.query, other);
  const query = state.query.trim();
  const asked = query !== "";
  return (
    <Page title="Search" tab={asked ? `${query.slice(0, 80)} · Search` : "Search"}>
      <search className="space-y-4">
        <SearchBox state={state} busy={one.loading || two.loading} />
        {other === undefined ? <FoldedFilters state={first} change={go} /> : null}
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Button
            icon={other === undefined ? "sliders" : "close"}
            look="quiet"
            className="-ms-3"
            onClick={() => go(other === undefined ? { ...state, other: settingsOf(first) } : first)}
          >
            {other === undefined ? "Compare with other settings" : "Stop comparing"}
          </Button>
          <ViewsMenu />
        </div>
      </search>
      <div className="mt-4">
        {!asked && other === undefined ? <Invitation /> : null}
        {other !== undefined ? <SideBySide state={state} one={one} two={two} /> : null}
        {asked && other === undefined ? (
          <List search={one} clear={() => navigate(searchPath({ ...defaults, query: state.query }))} />
        ) : null}
      </div>
    </Page>
  );
}
