import type { Db } from "@/core/models/database";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { batches } from "@/lib/batches";
import type { GongApi } from "../api";
import { callsWithin } from "../db/queries";
import { callSchema } from "../models/models";
import { isElsewhere } from "./items";
import type { Window } from "./window";

/** So many calls missing at once, and most of the window: that is for the full sync to judge, with its guard. */
const MANY = 20;

/**
 * Ids of stored calls that a complete listing of their window did not meet and that Gong, asked for them by id, no
 * longer knows, or knows in a workspace that was not chosen. A call that merely moved to another time is known.
 */
export async function vanished(
  db: Db,
  account: string,
  window: Window,
  met: ReadonlySet<string>,
  { api, workspaces }: { api: GongApi; workspaces: readonly string[] },
): Promise<string[]> {
  const stored = await callsWithin(db, account, window);
  const unmet = stored.filter((id) => !met.has(id));
  if (areTooMany(unmet, stored)) return [];
  const gone: string[] = [];
  for (const ids of batches(unmet, 100)) {
    const known = await knownOf(ids, api, workspaces);
    gone.push(...ids.filter((id) => !known.has(id)));
  }
  return gone;
}

export function areTooMany(unmet: readonly string[], all: readonly string[]): boolean {
  return unmet.length > MANY && unmet.length > all.length / 2;
}

async function knownOf(
  ids: readonly string[],
  api: GongApi,
  workspaces: readonly string[],
): Promise<Set<string>> {
  const fetch = async (cursor: string | null) => {
    const page = await api.calls({ callIds: ids }, cursor ?? undefined, false);
    return { items: page.calls, next: page.cursor };
  };
  const listed = await allOf(cursorPages({ start: null, fetch }));
  const calls = listed.flatMap((entry) => callSchema.safeParse(entry).data ?? []);
  return new Set(calls.filter((call) => !isElsewhere(call, workspaces)).map(({ metaData }) => metaData.id));
}
