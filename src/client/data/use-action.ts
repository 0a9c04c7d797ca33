import { useCallback, useRef, useState } from "react";
import { asApiError } from "@/client/api";
import { useNotices } from "@/client/ui/notices";

interface Words<T> {
  /** What to say when it worked; nothing when left out. */
  done?: string | ((result: T) => string);
  /** Begins the sentence that says why it did not. */
  failed: string;
}

export type Action = ReturnType<typeof useAction>;

/**
 * Something a person asks for. While it is under way a second request for it is ignored, so a double click sends it
 * once. Says how it ended; resolves with the result, or undefined when it failed or was ignored.
 */
export function useAction() {
  const { notify } = useNotices();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const act = useCallback(
    async <T>(what: () => Promise<T>, { done, failed }: Words<T>): Promise<T | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      try {
        const result = await what();
        if (done !== undefined) notify(typeof done === "string" ? done : done(result));
        return result;
      } catch (thrown) {
        notify(`${failed} ${asApiError(thrown).message}`, "bad");
        return undefined;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [notify],
  );
  return { busy, act };
}
