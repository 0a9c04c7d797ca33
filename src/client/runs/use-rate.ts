import { useEffect, useState } from "react";
import type { SyncRun } from "@/core/models/sync";
import { itemsPerSecond, rateWords, withSample, type Sample } from "./rate";

/** How fast a run goes and when something last moved, as far as this page has watched it. */
export function useRate(run: SyncRun): { words: string; movedAt: string | undefined } {
  const [watched, setWatched] = useState<{ samples: Sample[]; movedAt: string | undefined }>({
    samples: [],
    movedAt: undefined,
  });
  const mark = `${run.seen} ${run.stage ?? ""} ${run.inserted} ${run.updated}`;
  useEffect(() => {
    setWatched(({ samples }) => ({
      samples: withSample(samples, { at: Date.now(), seen: run.seen }),
      movedAt: new Date().toISOString(),
    }));
    // The mark holds all that counts as a move.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [mark]);
  const left = run.expected === null ? undefined : run.expected - run.seen;
  return { words: rateWords(itemsPerSecond(watched.samples), left), movedAt: watched.movedAt };
}
