import { useApi } from "@/client/api";
import { useSession } from "@/client/access/session";
import { useAction } from "@/client/data/use-action";
import { Link } from "@/client/router";
import { Button } from "@/client/ui/button";

/** The first step: a token where the server asks for one. What is made is handed up, into the texts below. */
export function TokenStep({ token, made }: { token: string | undefined; made: (token: string) => void }) {
  const api = useApi();
  const session = useSession();
  const { busy, act } = useAction();
  const make = async () => {
    const fresh = await act(() => api.createToken({ name: "Agent", scope: "read" }), {
      done: "The token is made and stands in the snippets.",
      failed: "No token was made.",
    });
    if (fresh !== undefined) made(fresh.token);
  };
  if (session !== undefined && !session.loginNeeded) {
    return (
      <p>
        None is needed: this server answers this machine alone. Once there is a password or a token in{" "}
        <Link className="text-link" href="/settings/access">
          Settings
        </Link>
        , every agent needs one.
      </p>
    );
  }
  if (token !== undefined) {
    return <p>The snippets below hold the new token. It is shown this once: copy one now.</p>;
  }
  return (
    <div className="space-y-3">
      <p>Give each agent a token of its own, with the least it needs. This one may search and read.</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" icon="key" disabled={busy} onClick={() => void make()}>
          Make a token that reads
        </Button>
        <Link className="text-link text-sm" href="/settings/access">
          All tokens, other scopes
        </Link>
      </div>
    </div>
  );
}
