/** The accounts of a source as people look at them: how each stands, and those that they look for. */
import { isActive } from "@/client/data/live-runs";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";

export type Account = Source["accounts"][number];

/** Which accounts of a source are shown, kept in the page's address. */
export interface AccountFilters {
  /** Part of a name or of what is wrong. */
  text: string;
  /** Only those that need somebody. */
  onlyTrouble: boolean;
}

export function readAccountFilters(params: URLSearchParams): AccountFilters {
  return { text: params.get("account") ?? "", onlyTrouble: params.get("accounts") === "trouble" };
}

/** The query part of a source's address; what is not narrowed is left out. */
export function accountsQuery({ text, onlyTrouble }: AccountFilters): string {
  const params = new URLSearchParams();
  if (onlyTrouble) params.set("accounts", "trouble");
  if (text !== "") params.set("account", text);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** What is wrong with an account that does not work. */
export function troubleWords({ status, statusReason }: Account): string {
  if (statusReason !== null) return statusReason;
  return status === "error" ? "Its last sync failed." : "Access has run out. Connect this account again.";
}

/** The newest run of each account, by its name; one that is under way comes before the others. */
export function newestRuns({ runs }: Pick<Source, "runs">): ReadonlyMap<string, SyncRun> {
  const newest = new Map<string, SyncRun>();
  for (const run of [...runs.filter(isActive), ...runs]) {
    if (!newest.has(run.account)) newest.set(run.account, run);
  }
  return newest;
}

/** Whether a run did not come to its end, and stands still. */
export function isStuck(run: SyncRun | undefined): boolean {
  return run?.state === "failed" || run?.state === "interrupted" || run?.state === "parked";
}

/** The accounts that the filters leave: those that need somebody first, each group in the order it came in. */
export function shownAccounts(
  source: Pick<Source, "accounts" | "runs">,
  { text, onlyTrouble }: AccountFilters,
): Account[] {
  const newest = newestRuns(source);
  const inTrouble = (one: Account) => one.status !== "connected" || isStuck(newest.get(one.account));
  const wanted = text.trim().toLowerCase();
  const found = source.accounts.filter((one) =>
    `${one.account} ${one.statusReason ?? ""}`.toLowerCase().includes(wanted),
  );
  const troubled = found.filter(inTrouble);
  return onlyTrouble ? troubled : [...troubled, ...found.filter((one) => !inTrouble(one))];
}
