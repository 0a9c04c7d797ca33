import { useCallback, useEffect, useState } from "react";
import { asApiError, type ApiError } from "@/client/api";
import { signals, type Signal } from "@/client/signals";

/** Something loaded from the API. Data stays while newer data is under way, so nothing jumps. */
export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
  reload: () => void;
}

/**
 * Loads once per `key`, and again on `reload()` and on the signal `again`: by default, when the page as a whole is refreshed. A new key or an unmount aborts
 * what is under way, so an old answer never overwrites a newer one.
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
  const reload = useCallback(() => setRound((value) => value + 1), []);
  useEffect(() => again.listen(reload), [reload, again]);
  useEffect(() => {
    const abort = new AbortController();
    setState((old) => ({ ...old, loading: true }));
    const run = async () => {
      try {
        const data = await load(abort.signal);
        if (!abort.signal.aborted) setState({ data, error: undefined, loading: false });
      } catch (error) {
        if (!abort.signal.aborted) setState((old) => ({ ...old, error: asApiError(error), loading: false }));
      }
    };
    void run();
    return () => abort.abort();
    // `load` is a new function on every render; the key says when it means something else.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, round]);
  return { ...state, reload };
}
