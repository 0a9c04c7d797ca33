import { useEffect } from "react";
import { asApiError, useApi } from "@/client/api";
import { navigate } from "@/client/router";
import { useNotices } from "@/client/ui/notices";

/** Says how a consent ended that was begun elsewhere and came back to `/sources?oauth=ID`. The address is spent with it. */
export function useConsentResult(id: string | null, reload: () => void): void {
  const api = useApi();
  const { notify } = useNotices();
  useEffect(() => {
    if (id === null) return undefined;
    const abort = new AbortController();
    const tell = async () => {
      try {
        const { integration, state, message } = await api.oauthFlow(id, abort.signal);
        const good = state === "succeeded";
        notify(message ?? `${integration} is ${good ? "connected" : "not connected"}.`, good ? "ok" : "bad");
      } catch (thrown) {
        if (!abort.signal.aborted) notify(asApiError(thrown).message, "bad");
      }
      navigate("/sources", "replace");
      reload();
    };
    void tell();
    return () => abort.abort();
  }, [id, api, notify, reload]);
}
