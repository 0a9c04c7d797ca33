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
const connected = { tone: "ok", icon: "check", text: "Connected" } as const;

interface Props {
  source: Source;
  ask: (asking: Asking) => void;
  reload: () => void;
}

/** Whether access still holds, and if so how the last sync went. */
function AccountState({ source, account }: { source: Source; account: Account }) {
  if (account.status !== "connected") {
    return (
      <Pill tone="warn" icon="alert">
        Reconnect
      </Pill>
    );
  }
  const run = source.runs.find((one) => one.account === account.account);
  if (run === undefined) return <span className="text-muted">Never synced</span>;
  const state = run.state === "succeeded" ? connected : runState(run);
  return (
    <Pill tone={state.tone} icon={state.icon}>
      {state.text}
    </Pill>
  );
}

/** What can be done with one account alone. */
function AccountMenu({ source, account: { account }, ask, reload }: Props & { account: Account }) {
  const { start } = useSync(source, reload);
  const only = { integration: source.integration, account };
  return (
    <ActionMenu
      label={`More for ${account.slice(0, 80)}`}
      entries={[
        { text: "Sync now", icon: "sync", run: () => start("incremental", { account }) },
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
  );
}

function AccountRow({ account, ...rest }: Props & { account: Account }) {
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
        <AccountState source={rest.source} account={account} />
      </td>
      <td className="cell hidden text-muted sm:table-cell">
        <TimeAgo iso={account.createdAt} />
      </td>
      <td className="cell w-10 text-end">
        <AccountMenu account={account} {...rest} />
      </td>
    </tr>
  );
}

/** The connected accounts of a source, each with what can be done with it alone. */
export function AccountsTable(props: Props) {
  return (
    <DataTable caption="Accounts" columns={columns}>
      {props.source.accounts.map((account) => (
        <AccountRow key={account.id} account={account} {...props} />
      ))}
    </DataTable>
  );
}
