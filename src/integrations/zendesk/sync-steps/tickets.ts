import { z } from "zod";
import { keyWindows, unmetItems } from "@/core/db/queries/unmet-items";
import { PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/models";
import { keptRows, type OwnRows, ownRows } from "@/core/services/sync/kept-rows";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import { hashJson } from "@/lib/hash";
import { zendeskTicket } from "../db/schema";
import type { Options } from "../models/options";
import { addressOf, renderTicket, titleOf } from "../render/ticket";
import { TicketsApi } from "../tickets-api";
import { zendeskHttp } from "../zendesk-http";
import { type TicketItem, ticketsOf, type TicketsRead } from "./ticket-items";

/** Raised when the same ticket is rendered differently from now on, so that each is written again once. */
const RENDERING = 1;
/** Tickets that are stored together: a sync that is stopped reads at most the comments of so many once more. */
const AT_ONCE = 50;
/** Tickets that one question gives by id. */
const BY_ID = 100;
/** Stored tickets that are looked through at once. */
const WINDOW = 2_000;
const NAME = "tickets";

/**
 * All tickets, archived ones too, in the order in which they changed: an incremental sync goes on where the last one
 * ended, and is told of deletions by their status. What was said is asked for ticket by ticket, of those that changed.
 */
export function ticketsStream(context: SyncContext, { notes }: Pick<Options, "notes">): Stream<TicketItem> {
  const api = new TicketsApi(zendeskHttp(context, context.credential), context.signal);
  const site = siteOf(context);
  return {
    name: NAME,
    enumerates: ["full"],
    key: ({ id }) => id,
    // Whether notes are told is part of what an artifact follows from.
    version: (item) => `${RENDERING}:${hashJson({ item, notes })}`,
    pages: (request) => pagesOf(api, request),
    async *revisit({ keys, cursor }) {
      for await (const { page, gone } of byId(api, keys))
        yield { ...page, removed: [...page.removed, ...gone], cursor };
    },
    render: async (item) =>
      renderTicket(item, await api.conversation(item.id), { notes, site, signal: context.signal }),
    ...keptRows(ticketRows(site)),
  };
}

export const siteOf = ({ credential }: Pick<SyncContext, "credential">) =>
  URL.parse(credential.baseUrl ?? "")?.origin ?? "";

/** `after` is Zendesk's cursor, null before the first export; `met` tells pages of one export apart. */
const cursorSchema = z.object({ after: z.string().nullable(), met: z.number().default(0) });

async function* pagesOf(api: TicketsApi, request: PageRequest): AsyncGenerator<Page<TicketItem>> {
  let after = cursorSchema.safeParse(request.cursor).data?.after ?? null;
  for (let ended = false; !ended;) {
    const exported = await api.exported(after);
    const next: string | null = exported.after_cursor ?? after;
    ended = exported.end_of_stream;
    if (!ended && next === after) throw nowhereToGo();
    const read = ticketsOf(exported, exported.tickets.length === 0 ? new Map() : await api.fields());
    yield* inPieces(read, after, next);
    after = next;
  }
  if (request.mode === "full") yield* passedOver(api, request, after);
}

/**
 * One export, a few tickets at a time. Until the last of them is stored the listing stands where the export began: whoever
 * goes on from there meets the same tickets, and asks nothing about those that are stored.
 */
function* inPieces(read: TicketsRead, from: string | null, next: string | null): Generator<Page<TicketItem>> {
  const { items, removed, unknown } = read;
  const pieces = items.length === 0 ? [[]] : batches(items, AT_ONCE);
  let met = 0;
  for (const piece of pieces) {
    met += piece.length;
    const isLast = met === items.length;
    yield {
      items: piece,
      ...(isLast ? { removed, ...incompleteOf(unknown) } : {}),
      cursor: isLast ? { after: next, met: 0 } : { after: from, met },
      watermark: { after: next, met: 0 },
    };
  }
}

const incompleteOf = (unknown: number) =>
  unknown === 0 ? {} : { incomplete: `${unknown} tickets have a shape that is not known here.` };

/**
 * An export leaves out what changed within its last minute, wherever that stood before: what is stored and was not met is
 * asked for by its id, or it would pass for deleted.
 */
async function* passedOver(
  api: TicketsApi,
  { db, context }: PageRequest,
  after: string | null,
): AsyncGenerator<Page<TicketItem>> {
  const stream = { integration: context.integration, account: context.account, stream: NAME };
  for await (const window of keyWindows(db, stream, WINDOW)) {
    const unmet = await unmetItems(db, stream, context.runId, window, WINDOW);
    const ids = unmet.map(({ itemKey }) => itemKey);
    // What is not there either is left to the engine: most of what there was, gone at once, is for a person to confirm.
    for await (const { page } of byId(api, ids))
      yield { ...page, cursor: { after, met: 0 }, watermark: { after, met: 0 } };
  }
}

/** Tickets by their ids, and the ids of those that are gone for good: these are told by nothing but not being there. */
async function* byId(api: TicketsApi, ids: readonly string[]) {
  for (const some of batches(ids, BY_ID)) {
    const { items, removed, unknown } = ticketsOf(await api.tickets(some), await api.fields());
    const told = new Set([...items.map(({ id }) => id), ...removed.map(({ key }) => key)]);
    const others = unknown > 0 ? [] : some.filter((id) => !told.has(id));
    const gone = others.map((key) => ({ key, state: "gone" as const }));
    yield { page: { items, removed, ...incompleteOf(unknown) }, gone };
  }
}

function nowhereToGo(): PermanentError {
  return new PermanentError("Zendesk does not say where its export of tickets goes on.", {
    action: "What was read is kept, and nothing was removed. The next sync tries again.",
  });
}

/** One row a ticket. */
export function ticketRows(site: string): OwnRows<TicketItem> {
  return ownRows(zendeskTicket, zendeskTicket.ticketId, (item: TicketItem, account) => ({
    account,
    ticketId: item.id,
    subject: titleOf(item),
    status: item.status ?? null,
    priority: item.priority ?? null,
    type: item.type ?? null,
    channel: item.channel ?? null,
    requester: item.requester ?? null,
    organisation: item.organisation ?? null,
    assignee: item.assignee ?? null,
    groupName: item.group ?? null,
    tags: item.tags,
    fields: Object.fromEntries(item.fields.map(({ title, value }) => [title, value])),
    satisfaction: item.satisfaction?.score ?? null,
    createdAt: item.createdAt ?? null,
    updatedAt: item.updatedAt ?? null,
    url: addressOf(item.id, site) ?? null,
  }));
}
