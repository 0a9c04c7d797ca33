/** What a source's card says: the stored answer and the pushed runs, put together. */
import type { Source } from "@/core/models/api";
import type { Schedule } from "@/core/models/schedule";
import type { SyncRun } from "@/core/models/sync";
import { isActive, type LiveRuns } from "@/client/data/live-runs";
import { heldDeletions } from "@/client/runs/held";
import { waitsBySelf } from "@/client/runs/words";
import type { IconName } from "@/client/ui/icons";
import type { Tone } from "@/client/ui/pill";
import { isStuck, newestRuns } from "./account-view";

/** A source with its newest runs: pushed ones replace stored ones, and new ones come first. */
export function withLiveRuns(source: Source, live: LiveRuns): Source {
  const known = new Set(source.runs.map((run) => run.id));
  const started = [...live.values()].filter(
    (run) =>
      run.integration.toLowerCase() === source.integration.toLowerCase() &&
      !known.has(run.id) &&
      isActive(run),
  );
  const runs = [...started, ...source.runs.map((run) => live.get(run.id) ?? run)];
  const syncing = runs.some(isActive);
  return { ...source, runs, status: syncing ? "syncing" : source.status };
}

/** The runs that are under way. */
export function activeRuns(source: Source): SyncRun[] {
  return source.runs.filter(isActive);
}

/**
 * The newest run of each account that went wrong or stands still, and that nothing newer is making good: one whose removals
 * wait stands until they are decided. Runs of accounts that were disconnected concern nobody any more.
 */
export function problemRuns(source: Pick<Source, "runs" | "accounts">): SyncRun[] {
  const names = new Set(source.accounts.map(({ account }) => account));
  const isHere = ({ account }: SyncRun) => names.size === 0 || names.has(account);
  const inTrouble = new Set(source.accounts.filter(({ status }) => status === "error").map(accountOf));
  return [...newestRuns(source).values()].flatMap((run) => {
    if (!isHere(run) || isActive(run)) return [];
    if (isStuck(run)) return [run];
    const waits = (one: SyncRun) => one.account === run.account && heldDeletions(one) !== undefined;
    return inTrouble.has(run.account) ? source.runs.filter(waits).slice(0, 1) : [];
  });
}

const accountOf = ({ account }: { account: string }) => account;

interface Standing {
  text: string;
  tone: Tone;
  icon: IconName;
}

const statuses: Record<Source["status"], Standing> = {
  not_connected: { text: "Not connected", tone: "calm", icon: "plug" },
  connected: { text: "Connected", tone: "ok", icon: "check" },
  syncing: { text: "Syncing", tone: "info", icon: "sync" },
  needs_reconnect: { text: "Reconnect", tone: "warn", icon: "alert" },
  error: { text: "Sync failed", tone: "bad", icon: "alert" },
  parked: { text: "Waiting", tone: "warn", icon: "pause" },
};

/** A status as text, tone and icon. */
export function statusWords(status: Source["status"]): Standing {
  return statuses[status];
}

function parkedRuns(source: Pick<Source, "runs" | "accounts">): SyncRun[] {
  return problemRuns(source).filter(({ state }) => state === "parked");
}

/** The standing of a status; where all that stands still was paused by people, it says so. */
function standingOf(source: Pick<Source, "status" | "accounts" | "runs">): Standing {
  const standing = statuses[source.status];
  if (source.status !== "parked") return standing;
  const parked = parkedRuns(source);
  return parked.length === 0 || parked.some(waitsBySelf) ? standing : { ...standing, text: "Paused" };
}

/** How many accounts a status that needs somebody is about, and what is the matter with them. */
function affected({
  status,
  accounts,
  runs,
}: Pick<Source, "status" | "accounts" | "runs">): [number, string] {
  const broken = accounts.filter((account) => account.status !== "connected");
  if (status === "parked") {
    const parked = parkedRuns({ accounts, runs });
    return [parked.length, parked.some(waitsBySelf) ? "waiting" : "paused"];
  }
  const isSame = broken.every((account) => account.status === "needs_reconnect");
  return [broken.length, isSame ? "to reconnect" : "failed"];
}

/** How a source stands as text, tone and icon. Where only some of its accounts are in trouble, it says how many. */
export function sourceStatus(source: Pick<Source, "status" | "accounts" | "runs">): Standing {
  const standing = standingOf(source);
  if (!["needs_reconnect", "error", "parked"].includes(source.status)) return standing;
  const [some, matter] = affected(source);
  const all = source.accounts.length;
  if (some === 0 || some >= all) return standing;
  return { ...standing, tone: "warn", text: `${some} of ${all} accounts ${matter}` };
}

/** Those that need somebody first, then the longest unsynced. */
export function byNeed<T extends Pick<Source, "status" | "lastSyncedAt">>(sources: readonly T[]): T[] {
  const needy = ({ status }: T) => status === "needs_reconnect" || status === "error" || status === "parked";
  return sources.toSorted(
    (a, b) =>
      Number(needy(b)) - Number(needy(a)) || (a.lastSyncedAt ?? "").localeCompare(b.lastSyncedAt ?? ""),
  );
}

/** Connected sources first, then by name. */
export function inOrder(sources: readonly Source[]): { connected: Source[]; available: Source[] } {
  const byName = [...sources].sort((a, b) => a.integration.localeCompare(b.integration));
  return {
    connected: byName.filter((source) => source.status !== "not_connected"),
    available: byName.filter((source) => source.status === "not_connected"),
  };
}

/** Whether there is something of a source to look at: it is connected, or was, and what was synced is still here. */
export function isInUse(source: Pick<Source, "status" | "artifacts">): boolean {
  return source.status !== "not_connected" || source.artifacts > 0;
}

/** The first sentence of a markdown description as plain text. */
export function firstSentence(markdown: string | undefined): string {
  const plain = (markdown ?? "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`#>]/g, "")
    .trim();
  return /^.*?[.!?](?=\s|$)/s.exec(plain)?.[0] ?? plain;
}

/** Accounts that do not work. */
export function brokenAccounts(source: Source): Source["accounts"] {
  return source.accounts.filter((account) => account.status !== "connected");
}

/** How people connect a source, in a word or two. */
export function connectionKind(source: Source): string {
  if (source.oauth !== null && source.inputs.some(({ input }) => input === "apiKey"))
    return "API key or sign in";
  if (source.integrationType === "OAUTH") return "Sign in";
  if (source.inputs.length > 0)
    return source.integrationType === "BASIC_TOKEN" ? "Key and secret" : "API key";
  return source.optionInputs.length > 0 ? "This machine" : "Nothing needed";
}

/** Whether its provider is asked over the network, and not this machine alone. */
export function isAskedOverNetwork(source: Source): boolean {
  return source.oauth !== null || source.inputs.length > 0;
}

/** Sources whose name, description, kind or account holds what is typed. */
export function matching(sources: readonly Source[], typed: string): Source[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [...sources];
  return sources.filter((source) =>
    [
      source.integration,
      source.description ?? "",
      connectionKind(source),
      ...source.accounts.map(({ account }) => account),
    ].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** What is available in the order to try it: what needs no key first. What is searched for is one list. */
export function groupsOf(sources: readonly Source[], typed: string): { title: string; members: Source[] }[] {
  if (typed.trim() !== "") return [{ title: "", members: [...sources] }];
  const { here = [], away = [] } = Object.groupBy(sources, (source) =>
    isAskedOverNetwork(source) ? "away" : "here",
  );
  const groups = [
    { title: "Begin without a key", members: here },
    { title: "With a key or a sign-in", members: away },
  ].filter(({ members }) => members.length > 0);
  return groups.length === 1 ? groups.map(({ members }) => ({ title: "", members })) : groups;
}

/** When a source next syncs by itself. */
export function nextSync(schedules: readonly Schedule[], integration: string): string | undefined {
  const times = schedules
    .filter((one) => one.enabled && one.integration === integration)
    .flatMap((one) => one.nextRunAt ?? []);
  return times.sort()[0];
}
