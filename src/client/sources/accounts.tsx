import { Icon } from "@/client/ui/icons";
import type { Source } from "@/core/models/api";

/** The connected accounts; one that does not work says why. */
export function Accounts({ source }: { source: Source }) {
  if (source.accounts.length === 0) return null;
  return (
    <ul aria-label="Accounts" className="space-y-1 text-sm">
      {source.accounts.map((account) => (
        <li key={account.id}>
          <span dir="auto" className="font-mono text-[0.8125rem]">
            {account.account}
          </span>
          {account.status === "connected" ? null : (
            <p className="flex gap-1.5 text-bad">
              <Icon name="alert" className="mt-0.5" />
              <span dir="auto">
                {account.statusReason ??
                  (account.status === "needs_reconnect"
                    ? "Access has run out. Connect this account again."
                    : "This account does not work.")}
              </span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
