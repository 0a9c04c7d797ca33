/** Everything there is: threads label by label, then what changed while they were listed. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { MissingError } from "@/core/services/http/errors";
import type { Page } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { DAY_MS } from "@/lib/time";
import type { GmailApi } from "../api/gmail-api";
import type { Choice } from "../models/labels";
import { changedThreads } from "./changes";
import type { ThreadItem } from "./items";

const PAGE = 100;
/** Later passes only look for what the first one passed over: next to nothing is read in them. */
const LARGEST_PAGE = 500;
const MOST_PASSES = 3;

const stateSchema = z.object({
  /** Of which settings this is the listing. */
  choice: z.string(),
  /** After which change the list of changes says what this listing may not have seen. */
  from: z.string(),
  pass: z.number(),
  /** Which list is read; behind the last one, changes are. */
  list: z.number(),
  /** Token of the next page; "" for the first. */
  page: z.string(),
  /** Whether something left meanwhile. */
  left: z.boolean(),
});
type State = z.infer<typeof stateSchema>;

/** Where an incremental sync begins. */
export const placeSchema = z.strictObject({ from: z.string() });

export function choiceMark(choice: Choice): string {
  return hashJson([choice.labels ?? null, choice.leaveOut, choice.bulk, choice.since ?? null]);
}

/**
 * Threads are listed by their newest message: one that gets a message moves to the top, and where one leaves, those
 * behind it move up. The list of changes tells of both; after the second, ids are listed once more.
 */
export async function* listingPages(
  api: GmailApi,
  choice: Choice,
  cursor: JsonValue | null,
): AsyncGenerator<Page<ThreadItem>> {
  const given = stateSchema.safeParse(cursor).data;
  let state = given?.choice === choiceMark(choice) ? given : await firstState(api, choice);
  for (;;) {
    for await (const page of listedPages(api, choice, state)) {
      state = page.cursor;
      yield page;
    }
    for await (const page of missedPages(api, choice, state)) {
      state = page.cursor;
      yield page;
    }
    const end = { from: state.from };
    if (!state.left || state.pass >= MOST_PASSES) {
      const incomplete = state.left
        ? { incomplete: "Mail was deleted or moved faster than it could be listed." }
        : {};
      yield { items: [], cursor: end, watermark: end, ...incomplete };
      return;
    }
    state = { ...state, pass: state.pass + 1, list: 0, page: "", left: false };
  }
}

async function firstState(api: GmailApi, choice: Choice): Promise<State> {
  const { historyId } = await api.profile();
  return { choice: choiceMark(choice), from: historyId, pass: 1, list: 0, page: "", left: false };
}

type StatePage = Page<ThreadItem> & { cursor: State };

async function* listedPages(api: GmailApi, choice: Choice, state: State): AsyncGenerator<StatePage> {
  const lists = listsOf(choice);
  for (let list = lists[state.list]; list !== undefined; list = lists[state.list]) {
    const answer = await api.threads({
      ...list.query,
      ...(state.page === "" ? {} : { pageToken: state.page }),
      maxResults: state.pass === 1 ? PAGE : LARGEST_PAGE,
    });
    const next = list.isNewest ? undefined : answer.nextPageToken || undefined;
    state = next === undefined ? { ...state, list: state.list + 1, page: "" } : { ...state, page: next };
    yield { items: (answer.threads ?? []).map(({ id, historyId }) => ({ id, historyId })), cursor: state };
  }
}

interface List {
  query: { q?: string; labelIds?: string };
  /** Of which the first page is enough. */
  isNewest?: true;
}

/**
 * Gmail's search narrows the listing, a day generously; what a thread then says of itself decides. Its words have to be
 * true of one message together, and labels count for the whole thread: where they are chosen, they alone narrow it. A
 * search may not find yet what came just now, so the newest threads are listed without one.
 */
function listsOf({ labels, bulk, since }: Choice): List[] {
  if (labels !== undefined) return labels.map((labelIds) => ({ query: { labelIds } }));
  const words = [
    ...(since === undefined ? [] : [`after:${Math.max(0, Math.floor((since - DAY_MS) / 1_000))}`]),
    ...bulk.map((id) => `-category:${id.slice("CATEGORY_".length).toLowerCase()}`),
  ];
  return words.length === 0
    ? [{ query: {} }]
    : [{ query: { q: words.join(" ") } }, { query: {}, isNewest: true }];
}

async function* missedPages(api: GmailApi, choice: Choice, state: State): AsyncGenerator<StatePage> {
  try {
    for await (const { threads, from, left } of changedThreads(api, choice, state.from)) {
      state = { ...state, from, left: state.left || left };
      yield { ...threads, cursor: state };
    }
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    // The list does not reach back to where this listing began, unless nothing has happened since.
    const { historyId } = await api.profile();
    if (historyId !== state.from) yield { items: [], cursor: { ...state, from: historyId, left: true } };
  }
}
