import { z } from "zod";
import type { Reply } from "../fake-server";
import { type FakeRecord, type HubspotWorld, type Path, paths, type Target, targets } from "./world";

export interface Place {
  world: HubspotWorld;
  pageSize: number;
  lacking: ReadonlySet<string>;
  /** Epoch milliseconds: what was changed later is not found by searches yet. */
  findable: number;
}

/** Results of one search that can be paged through. */
const MOST_RESULTS = 10_000;

export function refusal(status: number, category: string, message: string, more = {}): Reply {
  return { status, body: { status: "error", message, correlationId: "c0ffee", category, ...more } };
}

export async function answerTo(request: Request, url: URL, place: Place): Promise<Reply> {
  const { world, lacking } = place;
  const at = `${request.method} ${url.pathname}`;
  const [, listed, searched] =
    /^(?:GET \/crm\/v3\/objects\/(\w+)|POST \/crm\/v3\/objects\/(\w+)\/search)$/.exec(at) ?? [];
  const [, from, to] = /^POST \/crm\/v4\/associations\/(\w+)\/(\w+)\/batch\/read$/.exec(at) ?? [];
  const asked = pathOf(listed ?? searched ?? from);
  const wanted = [asked, pathOf(to), ...(url.searchParams.get("associations") ?? "").split(",")];
  const scope = at === "GET /crm/v3/owners" ? "crm.objects.owners.read" : undefined;
  // Tickets have a scope that is called like them.
  const scopeOf = (path: string) => (path === "tickets" ? path : `crm.objects.${path}.read`);
  const needed = [scope, ...wanted.map((path) => path && scopeOf(path))];
  const lacks = needed.find((one) => one !== undefined && lacking.has(one));
  if (lacks !== undefined) return missingScope(lacks);
  if (at === "GET /account-info/v3/details")
    return {
      status: 200,
      body: { portalId: 1_234_567, uiDomain: "app-eu1.hubspot.com", timeZone: "Europe/Lisbon" },
    };
  if (at === "GET /crm/v3/owners") {
    const archived = url.searchParams.get("archived") === "true";
    return { status: 200, body: { results: world.owners.filter((owner) => owner.archived === archived) } };
  }
  if (at === "GET /crm/v3/pipelines/deals")
    return {
      status: 200,
      body: { results: [{ id: "default", label: "Sales", stages: world.stages }] },
    };
  if (at === "GET /crm/v3/pipelines/tickets")
    return lacking.has("tickets")
      ? missingScope("tickets")
      : { status: 200, body: { results: [{ id: "0", label: "Support", stages: world.ticketStages }] } };
  const [, inbox, thread] =
    /^GET (\/conversations\/v3\/conversations\/threads)(?:\/(\w+)\/messages)?$/.exec(at) ?? [];
  if (inbox !== undefined) return messages(thread, url.searchParams, place);
  const [, property] = /^GET \/crm\/v3\/properties\/\w+\/(\w+)$/.exec(at) ?? [];
  if (property !== undefined) return choices(property, place);
  if (asked === undefined) return refusal(404, "OBJECT_NOT_FOUND", "resource not found");
  if (listed !== undefined) return listing(asked, url.searchParams, place);
  const body: unknown = await request.json();
  const target = targets.find((one) => one === to);
  return target === undefined ? search(asked, body, place) : associations(asked, target, body, world);
}

const pathOf = (name: string | undefined) => paths.find((path) => path === name);

function missingScope(scope: string): Reply {
  const context = { requiredGranularScopes: [scope] };
  return refusal(
    403,
    "MISSING_SCOPES",
    "This app hasn't been granted all required scopes to make this call.",
    {
      errors: [{ message: "One or more of the following scopes are required.", context }],
    },
  );
}

/** What was written in a thread of the inbox; without one, that the inbox may be read. */
function messages(
  thread: string | undefined,
  query: URLSearchParams,
  { world, lacking, pageSize }: Place,
): Reply {
  const scope = "conversations.read";
  if (lacking.has(scope)) return missingScope(scope);
  if (thread === undefined) return { status: 200, body: { results: [] } };
  if (world.closed.has(thread)) return refusal(403, "BANNED", "You do not have access to this thread");
  const all = world.threads.get(thread);
  if (all === undefined) return refusal(404, "OBJECT_NOT_FOUND", "Thread not found");
  const start = Number(query.get("after") ?? "0");
  const end = start + Math.min(pageSize, Number(query.get("limit") ?? "20"));
  const next = end < all.length ? { paging: { next: { after: String(end) } } } : {};
  return { status: 200, body: { results: all.slice(start, end), ...next } };
}

/** The values of a property, which are words of the account's own or ids. */
function choices(name: string, { world, lacking }: Place): Reply {
  const scope = "crm.schemas.contacts.read";
  if (lacking.has(scope)) return missingScope(scope);
  const options = world.choices.get(name);
  if (options === undefined) return refusal(404, "OBJECT_NOT_FOUND", "No property exists with this name.");
  const told = [...options].map(([value, label]) => ({ value, label, hidden: false }));
  return { status: 200, body: { name, type: "enumeration", options: told } };
}

const modifiedOf = (path: Path) => (path === "contacts" ? "lastmodifieddate" : "hs_lastmodifieddate");

/** A record with the properties that were asked for. */
function shown(record: FakeRecord, properties: readonly string[]) {
  const { id, path, createdAt, updatedAt, archivedAt } = record;
  const all: Record<string, string | null> = {
    ...record.properties,
    hs_object_id: id,
    [modifiedOf(path)]: updatedAt,
  };
  const asked = Object.fromEntries(properties.map((name) => [name, all[name] ?? null]));
  const archived = archivedAt !== undefined;
  return { id, properties: asked, createdAt, updatedAt, archived, ...(archived ? { archivedAt } : {}) };
}

/** By id; `after` is the last one met. */
function listing(path: Path, query: URLSearchParams, { world, pageSize }: Place): Reply {
  const limit = Number(query.get("limit") ?? "10");
  if (limit > 100) return refusal(400, "VALIDATION_ERROR", "limit must be at most 100");
  const archived = query.get("archived") === "true";
  const after = Number(query.get("after") ?? "0");
  const left = [...world.records.values()]
    .filter((record) => record.path === path && (record.archivedAt !== undefined) === archived)
    .filter(({ id }) => Number(id) > after)
    .toSorted((a, b) => Number(a.id) - Number(b.id));
  const page = left.slice(0, Math.min(limit, pageSize));
  const wanted = (query.get("associations") ?? "").split(",");
  const results = page.map((record) => ({
    ...shown(record, (query.get("properties") ?? "").split(",")),
    ...associationsIn(record, wanted, world),
  }));
  const next = left.length > page.length ? { next: { after: page.at(-1)?.id } } : undefined;
  return { status: 200, body: { results, ...(next === undefined ? {} : { paging: next }) } };
}

/** As a listing shows them: once for each of their types, and not at all where there is none. */
function associationsIn(record: FakeRecord, wanted: readonly string[], world: HubspotWorld) {
  const linked = targets
    .filter((target) => wanted.includes(target))
    .map((target) => [target, world.linksOf(record, target)] as const)
    .filter(([, records]) => records.length > 0)
    .map(([target, records]) => {
      const results = records.flatMap(({ id }) => [
        { id, type: `${record.path}_to_${target}` },
        { id, type: `${record.path}_to_${target}_unlabeled` },
      ]);
      return [target, { results }];
    });
  return linked.length === 0 ? {} : { associations: Object.fromEntries(linked) };
}

const searchSchema = z.object({
  filterGroups: z
    .array(
      z.object({
        filters: z.array(
          z.object({ propertyName: z.string(), operator: z.enum(["GTE", "GT", "EQ"]), value: z.string() }),
        ),
      }),
    )
    .max(5),
  sorts: z.array(z.object({ propertyName: z.string(), direction: z.literal("ASCENDING") })).max(1),
  properties: z.array(z.string()),
  limit: z.number().max(200),
  after: z.string().default("0"),
});

/** Never finds what is deleted. Times are compared by their milliseconds, ids as numbers. */
function search(path: Path, body: unknown, { world, pageSize, findable }: Place): Reply {
  const { data: asked, error } = searchSchema.safeParse(body);
  if (asked === undefined) return refusal(400, "VALIDATION_ERROR", error.message);
  const offset = Number(asked.after);
  if (offset >= MOST_RESULTS) return refusal(400, "VALIDATION_ERROR", "paging beyond 10000 results");
  const valueOf = (record: FakeRecord, name: string) =>
    name === modifiedOf(path)
      ? Date.parse(record.updatedAt)
      : Number(name === "hs_object_id" ? record.id : Number.NaN);
  const fits = (record: FakeRecord) =>
    asked.filterGroups.some(({ filters }) =>
      filters.every(({ propertyName, operator, value }) => {
        const difference = valueOf(record, propertyName) - Number(value);
        return operator === "EQ" ? difference === 0 : operator === "GT" ? difference > 0 : difference >= 0;
      }),
    );
  const by = asked.sorts[0]?.propertyName ?? "hs_object_id";
  const found = world
    .live(path)
    .filter((record) => Date.parse(record.updatedAt) <= findable && fits(record))
    .toSorted((a, b) => valueOf(a, by) - valueOf(b, by));
  const page = found.slice(offset, offset + Math.min(asked.limit, pageSize));
  const end = offset + page.length;
  const paging = end < found.length ? { paging: { next: { after: String(end) } } } : {};
  const results = page.map((record) => shown(record, asked.properties));
  return { status: 200, body: { total: found.length, results, ...paging } };
}

const inputsSchema = z.object({ inputs: z.array(z.object({ id: z.string() })).max(1_000) });

/** 207 where one of them has none: it then stands among the errors. */
function associations(path: Path, target: Target, body: unknown, world: HubspotWorld): Reply {
  const { inputs } = inputsSchema.parse(body);
  const linked = inputs.map(({ id }) => {
    const record = world.records.get(id);
    return { id, to: record === undefined ? [] : world.linksOf(record, target) };
  });
  const results = linked
    .filter(({ to }) => to.length > 0)
    .map(({ id, to }) => ({
      from: { id },
      to: to.map((one) => ({ toObjectId: Number(one.id), associationTypes: [{ typeId: 1, label: null }] })),
    }));
  const errors = linked
    .filter(({ to }) => to.length === 0)
    .map(({ id }) => ({
      status: "error",
      category: "OBJECT_NOT_FOUND",
      subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
      message: `No ${target} is associated with ${path} ${id}.`,
    }));
  const body207 = { status: "COMPLETE", results, numErrors: errors.length, errors };
  return { status: errors.length === 0 ? 200 : 207, body: body207 };
}
