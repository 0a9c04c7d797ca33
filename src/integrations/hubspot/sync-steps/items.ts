import { inArray } from "drizzle-orm";
import { rowsOfAccount } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { toIso } from "@/lib/time";
import { changedAt, type Crm, type Directory, type Stage } from "../crm";
import { rowsOf } from "../db/rows";
import { type Kind, kinds, type Path, type Target, targets } from "../models/kinds";
import type { CrmRecord } from "../models/models";

/** One that a record is associated with; without a name where it is not stored here. */
export interface Linked {
  id: string;
  name?: string | undefined;
}

/** A record with everything that its artifact and row say. Equal items are rendered alike. */
export interface Item {
  id: string;
  values: Readonly<Record<string, string>>;
  links: Readonly<Record<Target, Linked[]>>;
  owner?: string | undefined;
  stage?: Stage | undefined;
  /** The thread in which a ticket was written, where the token may read it. */
  thread?: string | undefined;
  /** What the lifecycle stage, or a call's outcome, is called. */
  lifecycle?: string | undefined;
  outcome?: string | undefined;
  /** ISO: when it happened, or when the record was changed. */
  at?: string | undefined;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  url?: string | undefined;
}

/** Of more than so many associations HubSpot's ways of listing them each tell others. */
const MOST_LINKS = 50;
const typeIds: Readonly<Record<Target, string>> = {
  contacts: "0-1",
  companies: "0-2",
  deals: "0-3",
  tickets: "0-5",
};

/**
 * The items of a page's records. What a search finds again as it is stored already is left out, so that nothing is asked
 * about it; the associations of the others are asked for, which listings bring along.
 */
export async function itemsOf(
  kind: Kind,
  met: readonly CrmRecord[],
  { crm, db, account, searched }: { crm: Crm; db: Db; account: string; searched: boolean },
): Promise<Item[]> {
  const records = searched ? await changedOf(kind, met, db, account) : met;
  if (records.length === 0) return [];
  const directory = await crm.directory();
  const found = searched
    ? await crm.links(
        kind,
        records.map(({ id }) => id),
      )
    : undefined;
  const linked = records.map(({ id, associations }) => {
    const listed = (target: Target) => associations?.[target]?.results.map((one) => one.id);
    return linksOf((target) => (found === undefined ? listed(target) : found.get(id)?.[target]) ?? []);
  });
  const names = await namesOf(db, account, linked);
  return records.map((record, index) => {
    const links = linksOf((target) => linked[index]?.[target] ?? []);
    return itemOf(kind, record, { links, names, directory });
  });
}

async function changedOf(kind: Kind, met: readonly CrmRecord[], db: Db, account: string) {
  const stored = await storedRows(
    db,
    account,
    kind.path,
    met.map(({ id }) => id),
  );
  return met.filter(
    (record) => stored.get(record.id)?.["updatedAt"] !== (toIso(changedAt(kind, record)) ?? ""),
  );
}

function linksOf(of: (target: Target) => readonly string[]): Record<Target, string[]> {
  const first = (ids: readonly string[]) => [...new Set(ids)].toSorted(byId).slice(0, MOST_LINKS);
  return mapped((target) => first(of(target)));
}

function mapped<Value>(of: (target: Target) => Value): Record<Target, Value> {
  const [companies, contacts, deals, tickets] = [of("companies"), of("contacts"), of("deals"), of("tickets")];
  return { companies, contacts, deals, tickets };
}

/** Ids are numbers as text, which may be longer than numbers can be. */
const byId = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);

type Names = Readonly<Record<Target, ReadonlyMap<string, string>>>;

function itemOf(
  kind: Kind,
  record: CrmRecord,
  { links, names, directory }: { links: Record<Target, string[]>; names: Names; directory: Directory },
): Item {
  const { id, properties, createdAt } = record;
  const updatedAt = toIso(changedAt(kind, record));
  const values = Object.fromEntries(
    kind.properties.flatMap((name) => (properties[name] ? [[name, properties[name]]] : [])),
  );
  const named = (target: Target) =>
    links[target].map((linked) => ({ id: linked, name: names[target].get(linked) }));
  return {
    id,
    values,
    links: mapped(named),
    owner: directory.owners.get(values["hubspot_owner_id"] ?? ""),
    stage: stageOf(kind, values, directory),
    thread: directory.messages ? values["hs_conversations_originating_thread_id"] : undefined,
    lifecycle: directory.words.lifecyclestage.get(values["lifecyclestage"] ?? ""),
    outcome: directory.words.hs_call_disposition.get(values["hs_call_disposition"] ?? ""),
    at: toIso(kind.properties.includes("hs_timestamp") ? (values["hs_timestamp"] ?? createdAt) : updatedAt),
    createdAt: toIso(createdAt),
    updatedAt,
    url: urlOf(kind, id, links, directory.home),
  };
}

function stageOf({ path }: Kind, values: Item["values"], { stages }: Directory): Stage | undefined {
  if (path === "tickets") return stages.tickets.get(values["hs_pipeline_stage"] ?? "");
  return stages.deals.get(values["dealstage"] ?? "");
}

/** The page of a record; that of the first one an activity is about, opened at it. */
function urlOf(
  { path }: Kind,
  id: string,
  links: Record<Target, string[]>,
  home: string,
): string | undefined {
  const own = targets.find((target) => target === path);
  if (own !== undefined) return `${home}/record/${typeIds[own]}/${id}`;
  const about = targets.find((target) => links[target].length > 0);
  return about === undefined
    ? undefined
    : `${home}/record/${typeIds[about]}/${links[about][0]}?engagement=${id}`;
}

/** Names of what is associated, from the rows that the streams before this one keep. */
async function namesOf(db: Db, account: string, linked: readonly Record<Target, string[]>[]): Promise<Names> {
  const names = mapped(() => new Map<string, string>());
  for (const target of targets)
    for (const ids of batches([...new Set(linked.flatMap((links) => links[target]))], 400))
      for (const [id, row] of await storedRows(db, account, target, ids))
        names[target].set(String(id), String(row["name"]));
  return names;
}

async function storedRows(db: Db, account: string, path: Path, ids: readonly string[]) {
  const kind = kinds.find((one) => one.path === path);
  if (kind === undefined || ids.length === 0) return new Map<unknown, Record<string, unknown>>();
  const { table, key } = rowsOf(kind);
  const rows = await rowsOfAccount(db, table, account, { where: inArray(key, [...ids]) });
  return new Map(rows.map((row) => [row[key.name], row]));
}
