/** The pages of one object: all records by id, or what changed since by time. Each is a statement of its own. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { PermanentError } from "@/core/models/errors";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";
import { type ForceApi, type Listed, quoted } from "../api";
import type { Kind } from "../models/kinds";
import type { ForceRecord } from "../models/models";
import { changedAt, type Item, itemOf, keyOf, valueAt } from "./items";
import type { Shape } from "./shape";
import { type Parts, within } from "./parts";

/** Salesforce stamps a record when its transaction works on it, and a transaction may take ten minutes. */
const OVERLAP_MS = 900_000;
const STAMP = "SystemModstamp";

/** Times and ids from which a listing goes on; `at` and `above` are those of the last record that was met. */
const changes = {
  from: z.string(),
  at: z.string().nullable(),
  above: z.string().nullable(),
  before: z.json(),
};
const stepSchema = z.discriminatedUnion("step", [
  z.object({ step: z.literal("list"), after: z.string().nullable() }),
  z.object({ step: z.literal("changes"), ...changes }),
  /** Records on which something changed that is of this object. */
  z.object({ step: z.literal("parts"), object: z.string(), ...changes }),
]);
type Step = z.infer<typeof stepSchema>;
type Since = Exclude<Step, { step: "list" }>;

/** What a step has given. */
interface Taken {
  listed: Listed;
  next: Step | undefined;
  /** Where these are parts: the field that says on which record they hang. */
  parent?: string;
}

const cursorSchema = z.object({ at: stepSchema, mark: z.json(), runId: z.string() });
const stateSchema = z.object({ mark: z.json() });

export interface Source {
  kind: Kind;
  api: ForceApi;
  /** What hangs on its records. */
  parts?: Parts | undefined;
  /** Whether somebody asked for this object by its name. */
  isNamed: boolean;
}

export async function* pagesOf(source: Source, request: PageRequest): AsyncGenerator<Page<Item>> {
  const { kind, api, isNamed } = source;
  const shape = await api.shape(kind);
  if (shape === undefined) {
    if (isNamed) throw unseen(kind);
    // Nothing of it is in sight, and nothing says from when on it will be.
    yield { items: [], cursor: null, watermark: null };
    return;
  }
  const { runId } = request.context;
  const left = cursorSchema.safeParse(request.cursor).data;
  let step: Step | undefined = left?.runId === runId ? left.at : firstStep(request, left?.at);
  let mark = left?.runId === runId ? Watermark.of(left.mark, new Date()) : undefined;
  while (step !== undefined) {
    const taken = await take(source, shape, step);
    const { listed, next } = taken;
    mark ??= Watermark.of(null, listed.at);
    for (const record of listed.records) mark.see(changedAt(record));
    const page = await pageOf(source, shape, taken);
    const state = { mark: stateOf(mark, step) };
    yield {
      ...page,
      cursor: next === undefined ? state : { at: next, mark: mark.toJSON(), runId },
      watermark: state,
    };
    step = next;
  }
}

/** What a sync left off that failed for good begins again: what changed since may stand before its place. */
function firstStep({ mode, cursor }: PageRequest, left: Step | undefined): Step {
  const before =
    left !== undefined && "before" in left ? left.before : stateSchema.safeParse(cursor).data?.mark;
  const from = mode === "full" || before === undefined ? null : Watermark.since(before, OVERLAP_MS);
  if (from === null || before === undefined) return { step: "list", after: null };
  return { step: "changes", from, at: null, above: null, before };
}

/** Where the next incremental sync starts; one that saw nothing moves nothing. */
function stateOf(mark: Watermark, step: Step): JsonValue {
  const seen = mark.toJSON();
  return seen.largest === null && "before" in step ? step.before : seen;
}

async function take({ kind, api, parts }: Source, shape: Shape, step: Step): Promise<Taken> {
  // Deleted records, and activities that Salesforce has archived, are told of by this way of asking alone.
  const all = kind.only === undefined;
  const only = kind.only === undefined ? [] : [kind.only];
  if (step.step === "list") {
    const live = all ? ["IsDeleted = false"] : only;
    const above = step.after === null ? [] : [`Id > ${quoted(step.after)}`];
    const rest = `FROM ${kind.object} WHERE ${[...live, ...above].join(" AND ")} ORDER BY Id`;
    const listed = await api.select(shape, rest, kind.page, all);
    const last = lastOf(listed);
    return { listed, next: last === undefined ? undefined : { ...step, after: last.Id } };
  }
  const stamp = step.step === "changes" ? (kind.stamp ?? STAMP) : STAMP;
  const since = [...(step.step === "changes" ? only : []), ...sinceOf(step, stamp)].join(" AND ");
  const order = `ORDER BY ${stamp}, Id`;
  if (step.step === "changes") {
    const listed = await api.select(shape, `FROM ${kind.object} WHERE ${since} ${order}`, kind.page, all);
    return { listed, next: await after(kind, step, listed, parts) };
  }
  const parent = (await parts?.seen())?.find(({ object }) => object === step.object)?.parent ?? "ParentId";
  const what = `SELECT Id, ${parent}, SystemModstamp FROM ${step.object}`;
  const listed = await api.query(`${what} WHERE ${parent} != null AND ${since} ${order}`, kind.page, true);
  return { listed, next: await after(kind, step, listed, parts), parent };
}

/** After a page's last record, where more follow. */
function lastOf({ records, more }: Listed): ForceRecord | undefined {
  return more ? records.at(-1) : undefined;
}

function sinceOf({ from, at, above }: Since, stamp: string): string[] {
  if (at === null || above === null) return [`${stamp} >= ${from}`];
  return [`${stamp} >= ${at}`, `(${stamp} > ${at} OR Id > ${quoted(above)})`];
}

function stampOf({ object }: Kind, record: ForceRecord): string {
  const stamp = changedAt(record);
  if (stamp !== undefined) return stamp;
  throw new PermanentError(`Salesforce does not say when its ${object} records were changed.`, {
    action: "Start a full sync; if that fails as well, Salesforce's API may have changed.",
  });
}

/** After a page of changes: the rest of them, then those of what hangs on the records, one object after the other. */
async function after(
  kind: Kind,
  step: Since,
  listed: Listed,
  parts: Parts | undefined,
): Promise<Step | undefined> {
  const last = lastOf(listed);
  if (last !== undefined) return { ...step, at: stampOf(kind, last), above: last.Id };
  const told = ((await parts?.seen()) ?? []).filter(({ quiet }) => quiet !== true);
  const objects = told.map(({ object }) => object);
  const object = objects[step.step === "parts" ? objects.indexOf(step.object) + 1 : 0];
  const { from, before } = step;
  return object === undefined ? undefined : { step: "parts", object, from, before, at: null, above: null };
}

async function pageOf(source: Source, shape: Shape, { listed, parent }: Taken) {
  const { kind, api, parts } = source;
  const records = parent === undefined ? listed.records : await wholesOf(source, shape, listed, parent);
  const isGone = (record: ForceRecord) => valueAt(record, "IsDeleted") === "true";
  const items = records
    .filter((record) => !isGone(record))
    .map((record) => itemOf(kind, shape, record, api.home));
  const removed = records
    .filter(isGone)
    .map((record) => ({ key: keyOf(kind, record), state: "gone" as const }));
  const unknown = `${listed.unknown} of Salesforce's ${kind.object} records have a shape that is not known here.`;
  return {
    items: parts === undefined ? items : await parts.joined(items),
    removed,
    ...(listed.unknown === 0 ? {} : { incomplete: unknown }),
  };
}

/** The records on which something changed. */
async function wholesOf(
  { kind, api }: Source,
  shape: Shape,
  { records }: Listed,
  parent: string,
): Promise<ForceRecord[]> {
  const ids = [...new Set(records.flatMap((record) => valueAt(record, parent) ?? []))];
  const found: ForceRecord[] = [];
  for (let last: string | undefined = ids.length === 0 ? undefined : ""; last !== undefined;) {
    const above = last === "" ? "" : ` AND Id > ${quoted(last)}`;
    const rest = `FROM ${kind.object} WHERE ${within("Id", ids)}${above} ORDER BY Id`;
    const page = await api.select(shape, rest, ids.length, false);
    found.push(...page.records);
    last = page.more && found.length < ids.length ? page.records.at(-1)?.Id : undefined;
  }
  return found;
}

function unseen({ object }: Kind): PermanentError {
  return new PermanentError(`Salesforce shows this account no object '${object}'.`, {
    action: "Give its user the permission to read it, or leave it out in the account's settings.",
  });
}
