import { eq, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { SyncContext } from "@/core/models/integration";
import { keptRows } from "@/core/services/sync/kept-rows";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";
import { hashJson } from "@/lib/hash";
import { changedAt, Crm } from "../crm";
import { type Inbox, messagesOf } from "../conversations";
import { rowsOf } from "../db/rows";
import { hubspotActivity } from "../db/schema";
import { hubspotHttp } from "../hubspot-http";
import { earlier, type HubspotOptions, type Kind, kinds, targets } from "../models/kinds";
import { renderItem } from "../render/render-item";
import { type Item, itemsOf } from "./items";

/** Raised when the same record is rendered differently from now on, so that every one is written again once. */
const RENDERING = 2;
/** How long HubSpot may take until a search finds what was changed. */
const OVERLAP_MS = 300_000;

/** One stream a kind: those that others name come first. */
export function hubspotStreams(context: SyncContext, { objects }: HubspotOptions): Stream<unknown>[] {
  const { http, base } = hubspotHttp(context, context.credential.apiKey);
  const chosen = objects.length === 0 ? earlier : objects;
  const crm = new Crm(http, base, context.signal, chosen);
  return kinds.map((kind) =>
    chosen.includes(kind.path)
      ? recordsStream(kind, crm, context, { http, base, signal: context.signal })
      : leftOutStream(kind.path, rowsOf(kind), ownOf(kind)),
  );
}

/** Activities share a table. */
function ownOf({ path, name }: Kind): SQL | undefined {
  return targets.some((target) => target === path) ? undefined : eq(hubspotActivity.kind, name);
}

function recordsStream(kind: Kind, crm: Crm, context: SyncContext, inbox: Inbox): Stream<Item> {
  return {
    name: kind.path,
    enumerates: ["full"],
    key: ({ id }) => id,
    version: (item) => `${RENDERING}:${hashJson(item)}`,
    pages: (request) => pagesOf(kind, crm, request),
    render: async (item) => {
      const messages = item.thread === undefined ? [] : await messagesOf(inbox, item.thread);
      return renderItem(kind, item, messages, context.signal);
    },
    ...keptRows(rowsOf(kind)),
  };
}

const markSchema = z.object({ mark: z.json() });
const placeSchema = z.object({
  from: z.string(),
  passed: z.boolean().optional(),
  above: z.string().optional(),
});
const stepSchema = z.discriminatedUnion("step", [
  /** All records by id. */
  z.object({ step: z.literal("list"), after: z.string().nullable() }),
  /** What changed since `before`, which is the mark of the sync before, and then what was deleted. */
  z.object({ step: z.literal("changes"), place: placeSchema, before: z.json() }),
  z.object({ step: z.literal("deleted"), after: z.string().nullable(), before: z.json() }),
]);
const cursorSchema = z.object({ at: stepSchema, mark: z.json(), runId: z.string() });
type Step = z.infer<typeof stepSchema>;

async function* pagesOf(kind: Kind, crm: Crm, request: PageRequest): AsyncGenerator<Page<Item>> {
  const { runId, account } = request.context;
  const left = cursorSchema.safeParse(request.cursor).data;
  let step: Step | null = left?.runId === runId ? left.at : firstStep(request, left?.at);
  let mark = left?.runId === runId ? Watermark.of(left.mark, new Date()) : undefined;
  while (step !== null) {
    const { records, removed, unknown, at, next, total } = await take(kind, crm, step);
    mark ??= Watermark.of(null, at);
    const searched = step.step === "changes";
    const items = await itemsOf(kind, records, { crm, db: request.db, account, searched });
    for (const record of records) mark.see(changedAt(kind, record));
    const state = { mark: stateOf(mark, step) };
    yield {
      items,
      removed,
      ...(unknown === 0
        ? {}
        : { incomplete: `${unknown} ${kind.path} have a shape that is not known here.` }),
      ...(total === undefined ? {} : { expected: total }),
      cursor: next === null ? state : { at: next, mark: mark.toJSON(), runId },
      watermark: state,
    };
    step = next;
  }
}

/** What a sync left off that failed for good begins again: what changed since may stand before its place. */
function firstStep({ mode, cursor }: PageRequest, left: Step | undefined): Step {
  const before =
    left !== undefined && "before" in left ? left.before : markSchema.safeParse(cursor).data?.mark;
  const from = mode === "full" || before === undefined ? null : Watermark.since(before, OVERLAP_MS);
  if (from === null || before === undefined) return { step: "list", after: null };
  return { step: "changes", place: { from }, before };
}

async function take(kind: Kind, crm: Crm, step: Step) {
  const total = undefined;
  if (step.step === "list") {
    const { next, ...page } = await crm.list(kind, step.after, false);
    return { ...page, total, removed: [], next: next === null ? null : { ...step, after: next } };
  }
  const { before } = step;
  if (step.step === "changes") {
    const { next, ...page } = await crm.changed(kind, step.place);
    const following: Step =
      next === null ? { step: "deleted", after: null, before } : { step: "changes", place: next, before };
    return { ...page, removed: [], next: following };
  }
  const { next, records, ...page } = await crm.list(kind, step.after, true);
  const removed = records.map(({ id }) => ({ key: id, state: "gone" as const }));
  return { ...page, total, records: [], removed, next: next === null ? null : { ...step, after: next } };
}

/** Where the next incremental sync starts; one that saw nothing moves nothing. */
function stateOf(mark: Watermark, step: Step): JsonValue {
  const seen = mark.toJSON();
  return seen.largest === null && "before" in step ? step.before : seen;
}
