/** The dialogs about one source: connect, remove what was synced, disconnect. */
import { useState } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { count } from "@/client/runs/words";
import { ConfirmDialog } from "@/client/ui/confirm-dialog";
import { closeToHeading } from "@/client/ui/focus-heading";
import type { Source } from "@/core/models/api";
import { ConnectDialog } from "./connect-dialog";

export interface Asking {
  what: "connect" | "purge" | "disconnect";
  integration: string;
  /** Only this account. */
  account?: string | undefined;
}

/** Asks about one source, or one of its accounts. */
export type AskAbout = (what: Asking["what"], account?: string) => void;

interface DialogProps {
  source: Source;
  account: string | undefined;
  close: () => void;
  done: () => void;
}

function AccountLine({ account }: { account: string }) {
  return (
    <p dir="auto" className="line-clamp-3 font-mono text-[0.8125rem]">
      {account}
    </p>
  );
}

function PurgeDialog({ source, account, close, done }: DialogProps) {
  const api = useApi();
  const { busy, act } = useAction();
  const name = source.integration;
  const { accounts, formerAccounts } = source;
  const former = formerAccounts.find((left) => left.account === account);
  const one = accounts.length + formerAccounts.length > 1 ? account : undefined;
  const whose = accounts.find((connected) => connected.account === one) ?? former;
  const going = count((one === undefined ? source : whose)?.artifacts ?? 0, "artifact");
  const meant = one === undefined ? name : `this account of ${name}`;
  const purge = async () => {
    const removed = await act(() => api.purge(name, account), {
      done: `What was synced from ${meant} is removed.`,
      failed: `Nothing was removed from ${meant}.`,
    });
    if (removed === undefined) close();
    else done();
  };
  return (
    <ConfirmDialog
      title={`Remove what was synced from ${meant}?`}
      action="Remove synced data"
      typed={name}
      busy={busy}
      close={close}
      confirm={() => void purge()}
    >
      {one === undefined ? null : <AccountLine account={one} />}
      <p>
        {going}, their index and the sync history go away here. Nothing changes at the source
        {former !== undefined || accounts.length === 0
          ? ", and connecting it again brings everything back."
          : `, the ${accounts.length > 1 && one === undefined ? "accounts stay" : "account stays"} connected, and a full sync brings everything back.`}
      </p>
    </ConfirmDialog>
  );
}

function DisconnectDialog({ source, account, close, done }: DialogProps) {
  const api = useApi();
  const { busy, act } = useAction();
  const name = source.integration;
  const whose = account ?? (source.accounts.length === 1 ? source.accounts[0]?.account : undefined);
  const ending = source.accounts.length > 1 && account !== undefined ? `An account of ${name}` : name;
  const [purging, setPurging] = useState(false);
  const disconnect = async () => {
    const gone = await act(() => api.disconnect(name, account), {
      done: `${ending} is disconnected.`,
      failed: `${ending} is still connected.`,
    });
    if (gone === undefined) return close();
    if (purging) {
      await act(() => api.purge(name, account), {
        done: "What was synced is removed.",
        failed: "What was synced is still here.",
      });
    }
    done();
  };
  return (
    <ConfirmDialog
      title={
        whose === undefined ? `Disconnect all accounts of ${name}?` : `Disconnect this account of ${name}?`
      }
      action="Disconnect"
      typed={name}
      busy={busy}
      close={close}
      confirm={() => void disconnect()}
    >
      {whose === undefined ? null : <AccountLine account={whose} />}
      <p>Its syncs stop and its key is forgotten. What was synced stays searchable, unless that goes too.</p>
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={purging}
          onChange={(event) => setPurging(event.target.checked)}
        />
        Remove what was synced as well
      </label>
    </ConfirmDialog>
  );
}

/** Which dialog is open, and how to open one. `done` is called after each that did something. */
export function useAsking(sources: readonly Source[] | undefined, reload: () => void) {
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const done = () => {
    closeToHeading(close);
    reload();
  };
  const source = sources?.find(
    ({ integration }) => integration.toLowerCase() === asking?.integration.toLowerCase(),
  );
  const props = source === undefined ? undefined : { source, account: asking?.account, close, done };
  const dialog =
    props === undefined ? null : asking?.what === "connect" ? (
      <ConnectDialog {...props} />
    ) : asking?.what === "purge" ? (
      <PurgeDialog {...props} />
    ) : (
      <DisconnectDialog {...props} />
    );
  return { ask: setAsking, dialog };
}
