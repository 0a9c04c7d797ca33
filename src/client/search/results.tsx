import { Link } from "@/client/router";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Bone, Empty, Loading } from "@/client/ui/states";
import type { SearchResponse } from "@/core/models/search";
import { Hit } from "./hit";
import { isFiltered, type SearchState } from "./search-state";

/** What to do before anything is typed. */
export function Invitation() {
  return (
    <Empty title="Ask in your own words">
      <p>
        Type a question, a name or an exact phrase. Meaning and wording both count, in any language. If
        nothing is connected yet,{" "}
        <Link className="text-link" href="/">
          connect a source
        </Link>{" "}
        first.
      </p>
    </Empty>
  );
}

export function ResultsSkeleton() {
  return (
    <Loading what="results">
      <div className="space-y-6">
        {[1, 2, 3, 4].map((place) => (
          <div key={place} className="space-y-2">
            <Bone className="h-5 w-2/3" />
            <Bone className="h-4 w-1/3" />
            <Bone className="h-10 w-full max-w-[80ch]" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

function Nothing({ state, clear }: { state: SearchState; clear: () => void }) {
  if (isFiltered(state)) {
    return (
      <Empty title={`Nothing for “${state.query}” within these filters`}>
        <p>There may be more without them.</p>
        <Button onClick={clear}>Clear filters</Button>
      </Empty>
    );
  }
  return (
    <Empty title={`Nothing for “${state.query}”`}>
      <p>
        Try fewer or other words. What was connected a moment ago may still be on its way into the index:{" "}
        <Link className="text-link" href="/">
          see the sources
        </Link>
        .
      </p>
    </Empty>
  );
}

/** The list of hits with what is to be known about it. */
export function Results({
  answer,
  state,
  stale,
  clear,
}: {
  answer: SearchResponse;
  state: SearchState;
  stale: boolean;
  clear: () => void;
}) {
  const { results, notes, timings } = answer;
  return (
    <div aria-busy={stale}>
      <output className="mb-4 block text-sm text-muted tabular-nums">
        {count(results.length, "result")} in {Math.round(timings.total ?? 0)} ms
      </output>
      {notes.length === 0 ? null : (
        <ul className="mb-4 space-y-1 rounded-md bg-info-soft px-3 py-2 text-sm text-info">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {results.length === 0 ? (
        <Nothing state={state} clear={clear} />
      ) : (
        <ol className="divide-y divide-line">
          {results.map((hit) => (
            <Hit key={hit.id} hit={hit} />
          ))}
        </ol>
      )}
    </div>
  );
}
