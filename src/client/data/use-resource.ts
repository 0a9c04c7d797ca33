import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, type ApiError } from "@/client/api";
import { signals, type Signal } from "@/client/signals";

/** Something loaded from the API. Data stays while newer data is under way, so nothing jumps. */
export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
  reload: () => void;
}

/** An answer that takes longer than this is not waited for once another one is wanted, in milliseconds. */
const patience = 15_000;

/**
 * Loads once per `key`, and again on `reload()` and on the signal `again`: by default, when the page as a whole is refreshed. A new key or an unmount aborts
 * what is under way, so an old answer never overwrites a newer one. A reload meanwhile comes after it: where answers are
 * slower than the reasons to ask, none would ever come to its end.
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  again: Signal = signals.refresh,
): Resource<T> {
  const [state, setState] = useState<Omit<Resource<T>, "reload">>({
    data: undefined,
    error: undefined,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const underWay = useRef<{ since: number; wanted: boolean }>(undefined);
  const reload = useCallback(() => {
    const load = underWay.current;
    if (load !== undefined && performance.now() - load.since < patience) load.wanted = true;
    else setRound((value) => value + 1);
  }, []);
  useEffect(() => again.listen(reload), [reload, again]);
  useEffect(() => {
    const abort = new AbortController();
    const mine = { since: performance.now(), wanted: false };
    underWay.current = mine;
    setState((old) => ({ ...old, loading: true }));
    const run = async () => {
      try {
        const data = await load(abort.signal);
        if (!abort.signal.aborted) setState({ data, error: undefined, loading: false });
      } catch (error) {
        if (!abort.signal.aborted) setState((old) => ({ ...old, error: asApiError(error), loading: false }));
      }
      if (underWay.current !== mine) return;
      underWay.current = undefined;
      if (mine.wanted) setRound((value) => value + 1);
    };
    void run();
    return () => abort.abort();
    // `load` is a new function on every render; the key says when it means something else.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, round]);
  return { ...state, reload };
}
