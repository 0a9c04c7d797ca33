/** Who this browser is to the server, and the login when it asks for one. */
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { signals } from "@/client/signals";
import type { SessionAnswer } from "@/core/models/access";
import { LoginDialog } from "./login-dialog";
import { LoginPage } from "./login-page";

const SessionContext = createContext<SessionAnswer | undefined>(undefined);

/** Who asks; undefined until the server has said so. */
export function useSession(): SessionAnswer | undefined {
  return use(SessionContext);
}

/**
 * Shows the page to whoever may see it. A login that ends while somebody works is asked for in a dialog over the page,
 * so that nothing typed is lost.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const api = useApi();
  const { data, error, reload } = useResource("session", (signal) => api.session(signal), signals.session);
  const [expired, setExpired] = useState(false);
  const loggedIn = useCallback(() => {
    setExpired(false);
    signals.refresh.raise();
    reload();
  }, [reload]);
  const stranger = data !== undefined && data.loginNeeded && data.caller === null;
  // Only a login that was there can end: a stranger's wrong password is answered in the same way.
  useEffect(() => signals.loginNeeded.listen(() => setExpired((was) => was || !stranger)), [stranger]);
  // Until it is known who this is there is nothing to show; a server that does not answer is the views' to tell.
  if (data === undefined && error === undefined) return null;
  if (stranger && !expired) return <LoginPage passwordSet={data.passwordSet} done={loggedIn} />;
  return (
    <SessionContext value={data}>
      {children}
      {expired ? <LoginDialog done={loggedIn} /> : null}
    </SessionContext>
  );
}
