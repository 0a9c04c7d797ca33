import { useCallback, useEffect, useRef, useState } from "react";
import { asApiError, type ApiError } from "@/client/api";
import { signals } from "@/client/signals";

export interface Windowed<Row> {
  /** How many rows there are in all; undefined until the first page came. */
  total: number | undefined;
  /** The row at a place, or undefined while it is under way. */
  at: (index: number) => Row | undefined;
  /** Asks for the pages of these places, first and last inclusive. */
  show: (first: number, last: number) => void;
  error: ApiError | undefined;
  reload: () => void;
}

type Load<Row> = (
  page: { offset: number; limit: number },
  signal: AbortSignal,
) => Promise<{ rows: readonly Row[]; total: number }>;

/**
 * A long list that is loaded where it is looked at, a page at a time. A new `key` starts anew and gives up what is under
 * way; the old rows stay until the new first page is there.
 */
export function useWindowed<Row>(key: string, size: number, load: Load<Row>): Windowed<Row> {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Row[]>>(new Map());
  const [total, setTotal] = useState<number>();
  const [error, setError] = useState<ApiError>();
  const [round, setRound] = useState(0);
  const asked = useRef(new Set<number>());
  const abort = useRef(new AbortController());
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  const ask = useCallback(
    async (page: number, fresh: boolean) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const { signal } = abort.current;
      try {
        const answer = await latest.current({ offset: page * size, limit: size }, signal);
        if (signal.aborted) return;
        setPages((old) => new Map([...(fresh ? [] : old), [page, answer.rows]]));
        setTotal(answer.total);
        setError(undefined);
      } catch (thrown) {
        if (signal.aborted) return;
        asked.current.delete(page);
        setError(asApiError(thrown));
      }
    },
    [size],
  );
  const reload = useCallback(() => setRound((value) => value + 1), []);
  useEffect(() => signals.refresh.listen(reload), [reload]);
  useEffect(() => {
    abort.current = new AbortController();
    asked.current = new Set();
    void ask(0, true);
    const { current } = abort;
    return () => current.abort();
    // A new key or round means another list.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [key, round, ask]);
  const show = useCallback(
    (first: number, last: number) => {
      for (let page = Math.floor(first / size); page <= Math.floor(last / size); page++) void ask(page, false);
    },
    [ask, size],
  );
  const at = (index: number) => pages.get(Math.floor(index / size))?.[index % size];
  return { total, at, show, error, reload };
}
