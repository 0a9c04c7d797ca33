import { isActive } from "@/client/data/live-runs";
import { Link, runPath } from "@/client/router";
import { runState } from "@/client/runs/words";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { ActionMenu } from "@/client/ui/menu";
import { moveAmongRows } from "@/client/ui/row-keys";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import { newestRuns, troubleWords, type Account } from "./account-view";
import type { Asking } from "./asking";
import { useSync } from "./use-sync";

const columns = [
  { text: "Account" },
  { text: "State", from: "sm" },
  { text: "Last sync", from: "sm" },
  { text: "Connected", from: "md" },
  { text: "Actions", unseen: true },
] as const;

const connected = { tone: "ok", icon: "check", text: "Connected" } as const;

interface Props {
  source: Source;
  ask: (asking: Asking) => void;
  reload: () => void;
}

/** Whether access still holds, and if so how the last sync went. */
function AccountState({ account, run }: { account: Account; run: SyncRun | undefined }) {
  if (account.status === "needs_reconnect") {
    return (
      <Pill tone="warn" icon="alert">
        Reconnect
      </Pill>
    );
  }
  if (account.status === "error" && (run === undefined || !isActive(run))) {
    return (
      <Pill tone="bad" icon="alert">
        Failed
      </Pill>
    );
  }
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

/** When it last synced, as the way to that sync. */
function LastSync({ account, run }: { account: Account; run: SyncRun | undefined }) {
  if (run === undefined) return "–";
  return (
    <Link className="text-link" href={runPath(run.id)}>
      <TimeAgo iso={run.finishedAt ?? run.startedAt ?? run.createdAt} />
      <span className="sr-only">, last sync of {account.account.slice(0, 80)}</span>
    </Link>
  );
}

function AccountRow({ account, run, ...rest }: Props & { account: Account; run: SyncRun | undefined }) {
  return (
    <tr className="row">
      <th scope="row" className="cell font-normal">
        <span dir="auto" className="line-clamp-2 font-mono text-[0.8125rem] leading-6 max-sm:line-clamp-3">
          {account.account}
        </span>
        {/* Where it is narrow, what is wrong needs the width of a column of its own. */}
        <span className="block sm:hidden">
          <AccountState account={account} run={run} />
        </span>
        {account.status === "connected" ? null : (
          <span dir="auto" className="mt-1 line-clamp-4 block text-sm text-bad">
            {troubleWords(account)}
          </span>
        )}
      </th>
      <td className="cell hidden sm:table-cell">
        <AccountState account={account} run={run} />
      </td>
      <td className="cell hidden whitespace-nowrap sm:table-cell">
        <LastSync account={account} run={run} />
      </td>
      <td className="cell hidden whitespace-nowrap text-muted md:table-cell">
        <TimeAgo iso={account.createdAt} />
      </td>
      <td className="cell w-10 text-end">
        <AccountMenu account={account} {...rest} />
      </td>
    </tr>
  );
}

/** Accounts of a source, each with what can be done with it alone; arrows, `j` and `k` move from row to row. */
export function AccountsTable({ accounts, ...rest }: Props & { accounts: readonly Account[] }) {
  const runs = newestRuns(rest.source);
  return (
    // Keys move among its rows, which hold links.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={moveAmongRows}>
      <DataTable caption="Accounts" columns={columns}>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} run={runs.get(account.account)} {...rest} />
        ))}
      </DataTable>
    </div>
  );
}
