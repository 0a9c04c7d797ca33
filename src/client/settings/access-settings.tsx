import { useSession } from "@/client/access/session";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { NewToken } from "./new-token";
import { PasswordSection } from "./password-section";
import { TokenTable } from "./token-table";

/** Who may come in: tokens of agents and scripts, the owner's password. */
export function AccessSettings() {
  const api = useApi();
  const session = useSession();
  // Whoever makes the first token without a password would lock themselves out.
  const mayMake = session === undefined || session.loginNeeded || session.passwordSet;
  const { data, error, reload } = useResource("tokens", (signal) => api.tokens(signal));
  return (
    <>
      {mayMake ? null : <PasswordSection />}
      <Section
        title="Tokens"
        lead="For agents and scripts. From the first one on, this server asks everybody who they are."
      >
        {mayMake ? (
          <NewToken made={reload} />
        ) : (
          <p className="rounded-md bg-info-soft px-4 py-3 text-info">
            Set a password first: from the first token on, this server asks everybody who they are, you as
            well.
          </p>
        )}
        <div className="mt-4">
          {error === undefined ? null : (
            <Failure title="The tokens could not be loaded" error={error} retry={reload} />
          )}
          {data === undefined && error === undefined ? (
            <Loading what="tokens">
              <Bone className="h-24" />
            </Loading>
          ) : null}
          {data?.tokens.length === 0 ? <p className="text-muted">There are no tokens.</p> : null}
          {data === undefined || data.tokens.length === 0 ? null : (
            <TokenTable tokens={data.tokens} reload={reload} />
          )}
        </div>
      </Section>
      {mayMake ? <PasswordSection /> : null}
    </>
  );
}
