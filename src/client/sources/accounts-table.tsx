import { runState } from "@/client/runs/words";
import { Pill } from "@/client/ui/pill";
import { ActionMenu } from "@/client/ui/menu";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { Asking } from "./asking";
import { useSync } from "./use-sync";

type Account = Source["accounts"][number];

function AccountRow({
  source,
  account,
  ask,
  reload,
}: {
  source: Source;
  account: Account;
  ask: (asking: Asking) => void;
  reload: () => void;
}) {
  const { start } = useSync(source, reload);
  const { integration } = source;
  const run = source.runs.find((one) => one.account === account.account);
  const state = run === undefined ? undefined : runState(run);
  const only = { integration, account: account.account };
  return (
    <tr className="border-t border-line">
      <th scope="row" className="cell font-normal">
        <span dir="auto" className="line-clamp-2 font-mono text-[0.8125rem]">
          {account.account}
        </span>
        {account.status === "connected" ? null : (
          <span dir="auto" className="mt-1 line-clamp-4 block text-sm text-bad">
            {account.statusReason ?? "Access has run out. Connect this account again."}
          </span>
        )}
      </th>
      <td className="cell">
        {account.status !== "connected" ? (
          <Pill tone="warn" icon="alert">
            Reconnect
          </Pill>
        ) : state === undefined ? (
          <span className="text-muted">Never synced</span>
        ) : (
          <Pill tone={state.tone} icon={state.icon}>
            {state.text}
          </Pill>
        )}
      </td>
      <td className="cell hidden text-muted sm:table-cell">
        <TimeAgo iso={account.createdAt} />
      </td>
      <td className="cell w-10 text-end">
        <ActionMenu
          label={`More for ${account.account.slice(0, 80)}`}
          entries={[
            { text: "Sync now", icon: "sync", run: () => start("incremental", { account: account.account }) },
            { text: "Change or reconnect…", icon: "plug", run: () => ask({ what: "connect", ...only }) },
            {
              text: "Remove synced data…",
              icon: "trash",
              danger: true,
              run: () => ask({ what: "purge", ...only }),
            },
            {
              text: "Disconnect…",
              icon: "close",
              danger: true,
              run: () => ask({ what: "disconnect", ...only }),
            },
          ]}
        />
      </td>
    </tr>
  );
}

/** The connected accounts of a source, each with what can be done with it alone. */
export function AccountsTable(props: { source: Source; ask: (asking: Asking) => void; reload: () => void }) {
  return (
    <div className="table-box">
      <table className="w-full">
        <caption className="sr-only">Accounts</caption>
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="cell">
              Account
            </th>
            <th scope="col" className="cell">
              State
            </th>
            <th scope="col" className="cell hidden sm:table-cell">
              Connected
            </th>
            <th scope="col" className="cell">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.source.accounts.map((account) => (
            <AccountRow key={account.id} account={account} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
