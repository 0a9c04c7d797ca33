import { useState } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { Button } from "@/client/ui/button";
import { ConfirmDialog } from "@/client/ui/confirm-dialog";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { Day, TimeAgo } from "@/client/ui/time";
import type { AccessToken } from "@/core/models/access";

const columns = [
  { text: "Token" },
  { text: "May" },
  { text: "Last used", from: "sm" },
  { text: "Ends", from: "sm" },
  { text: "Revoke", unseen: true },
] as const;

/** Whether a token still counts, in a word. */
export function tokenStanding(token: AccessToken, now: number): "In use" | "Revoked" | "Expired" {
  if (token.revokedAt !== null) return "Revoked";
  return token.expiresAt !== null && Date.parse(token.expiresAt) <= now ? "Expired" : "In use";
}

function TokenRow({ token, revoke }: { token: AccessToken; revoke: () => void }) {
  const [now] = useState(() => Date.now());
  const standing = tokenStanding(token, now);
  const living = standing === "In use";
  return (
    <tr className="row">
      <th scope="row" className="cell font-medium">
        <span dir="auto" className="line-clamp-2">
          {token.name}
        </span>
        <code className="block text-xs font-normal text-muted">{token.hint}</code>
      </th>
      <td className="cell">{token.scope}</td>
      <td className="cell hidden text-muted sm:table-cell">
        {token.lastUsedAt === null ? "Never used" : <TimeAgo iso={token.lastUsedAt} />}
      </td>
      <td className="cell hidden text-muted sm:table-cell">
        {token.expiresAt === null ? "Never ends" : <Day iso={token.expiresAt} />}
      </td>
      <td className="cell text-end">
        {living ? (
          <Button look="danger" aria-label={`Revoke ${token.name}`} onClick={revoke}>
            Revoke
          </Button>
        ) : (
          <Pill tone="calm" icon="close">
            {standing}
          </Pill>
        )}
      </td>
    </tr>
  );
}

/** All tokens, also those that have ended, and the way to end one. */
export function TokenTable({ tokens, reload }: { tokens: readonly AccessToken[]; reload: () => void }) {
  const api = useApi();
  const { busy, act } = useAction();
  const [asking, setAsking] = useState<AccessToken>();
  const [revoked, setRevoked] = useState<{ id: string; at: string }>();
  const revoke = async (token: AccessToken) => {
    setRevoked({ id: token.id, at: new Date().toISOString() });
    setAsking(undefined);
    const ended = await act(() => api.revokeToken(token.id), {
      done: `${token.name} is revoked.`,
      failed: `${token.name} still counts.`,
    });
    if (ended === undefined) setRevoked(undefined);
    reload();
  };
  // Shown at once; taken back when it did not come to pass.
  const standing = (token: AccessToken) =>
    token.id === revoked?.id ? { ...token, revokedAt: token.revokedAt ?? revoked.at } : token;
  return (
    <>
      <DataTable caption="Tokens, newest first" columns={columns}>
        {tokens.map((token) => (
          <TokenRow key={token.id} token={standing(token)} revoke={() => setAsking(token)} />
        ))}
      </DataTable>
      {asking === undefined ? null : (
        <ConfirmDialog
          title="Revoke this token?"
          action="Revoke it"
          busy={busy}
          close={() => setAsking(undefined)}
          confirm={() => void revoke(asking)}
        >
          <p dir="auto">Whoever uses “{asking.name}” is let in no more, at once and for good.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
