import { runState } from "@/client/runs/words";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { ActionMenu } from "@/client/ui/menu";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { Asking } from "./asking";
import { useSync } from "./use-sync";

const columns = [
  { text: "Account" },
  { text: "State" },
  { text: "Connected", from: "sm" },
  { text: "Actions", unseen: true },
] as const;

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
  const connected = { tone: "ok", icon: "check", text: "Connected" } as const;
  const state = run === undefined ? undefined : run.state === "succeeded" ? connected : runState(run);
  const only = { integration, account: account.account };
  return (
    <tr className="row">
      <th scope="row" className="cell font-normal">
        <span dir="auto" className="line-clamp-2 font-mono text-[0.8125rem] leading-6">
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
    <DataTable caption="Accounts" columns={columns}>
      {props.source.accounts.map((account) => (
        <AccountRow key={account.id} account={account} {...props} />
      ))}
    </DataTable>
  );
}
