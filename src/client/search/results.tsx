import type { KeyboardEvent } from "react";
import { Link } from "@/client/router";
import { count } from "@/client/runs/words";
import { signals } from "@/client/signals";
import { Button } from "@/client/ui/button";
import { moveAmongRows } from "@/client/ui/row-keys";
import { Bone, Empty, Loading } from "@/client/ui/states";
import type { HttpSearchInput, SearchResponse } from "@/core/models/search";
import { CopyMenu } from "./copy-menu";
import { Hit } from "./hit";
import { isFiltered, type SearchSettings } from "./search-state";
import { Timings } from "./timings";

/** What to do before anything is typed. */
export function Invitation() {
  return (
    <Empty title="Ask in your own words">
      <p>
        Type a question, a name or an exact phrase. Meaning and wording both count, in any language. If
        nothing is connected yet,{" "}
        <Link className="text-link" href="/sources">
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

function Nothing({ query, settings, clear }: { query: string; settings: SearchSettings; clear: () => void }) {
  const shown = query.slice(0, 120);
  if (isFiltered(settings)) {
    return (
      <Empty title={`Nothing for “${shown}” within these filters`}>
        <p>There may be more without them.</p>
        <Button onClick={clear}>Clear filters</Button>
      </Empty>
    );
  }
  return (
    <Empty title={`Nothing for “${shown}”`}>
      <p>
        Try fewer or other words. What was connected a moment ago may still be on its way into the index:{" "}
        <Link className="text-link" href="/sources">
          see the sources
        </Link>
        .
      </p>
    </Empty>
  );
}

/** An answer with the question that it is to. */
export interface Asked {
  answer: SearchResponse;
  input: HttpSearchInput;
  settings: SearchSettings;
}

/** From hit to hit, and from the first one back to where the question stands. */
const moveAmongHits = (event: KeyboardEvent) => moveAmongRows(event, () => signals.find.raise());

/** The list of hits with what is to be known about it. */
export function Results({
  asked,
  stale,
  clear,
  moves,
}: {
  asked: Asked;
  stale: boolean;
  clear: () => void;
  /** How hits stand against the other list, when there are two. */
  moves?: ReadonlyMap<string, number | "new">;
}) {
  const { answer, input, settings } = asked;
  const { results, notes, timings } = answer;
  return (
    <div aria-busy={stale}>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div>
          <output className="block text-sm text-muted tabular-nums">
            {count(results.length, "result")} in {Math.round(timings.total ?? 0)} ms
          </output>
          <Timings timings={timings} />
        </div>
        <CopyMenu input={input} />
      </div>
      {notes.length === 0 ? null : (
        <ul className="mb-4 space-y-1 rounded-md bg-info-soft px-3 py-2 text-sm text-info">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {results.length === 0 ? (
        <Nothing query={input.query} settings={settings} clear={clear} />
      ) : (
        // Keys move among its hits, which are links.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <ol data-rows className="divide-y divide-line" onKeyDown={moveAmongHits}>
          {results.map((hit) => (
            <Hit key={hit.id} hit={hit} moved={moves?.get(hit.id) ?? 0} />
          ))}
        </ol>
      )}
    </div>
  );
}
