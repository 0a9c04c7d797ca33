import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { CursorExpiredError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { Watermark } from "@/core/services/sync/watermark";
import { hashJson } from "@/lib/hash";
import {
  type CallFilter,
  type CallsPage,
  createGongApi,
  type GongApi,
  gongHttp,
  isExpiredCursor,
} from "../api";
import { removeCalls, saveCalls } from "../db/queries";
import { type CallItem, startOf } from "../models/models";
import type { GongOptions } from "../models/options";
import { renderCall } from "../render/call";
import { rowsOf } from "../render/rows";
import { type ChangesState, isTooLong, readFrom, readState, stateAfter } from "./changes";
import { lacksNames, type Names, namesShown, refreshNames, storedNames } from "./directory";
import { assertTranscript, completeTranscripts, type ItemsPage, toItems } from "./items";
import { areTooMany, vanished } from "./vanished";
import { halves, readCursor, wholeListing, type Window } from "./window";

/** Raised when the same call is rendered differently from now on, so that every call is written again once. */
const RENDERING = 3;

/** Everything of one account: its calls, each with details and transcript. */
export function callsStream(context: SyncContext, options: GongOptions): Stream<CallItem> {
  const { credential, account, signal } = context;
  const baseUrl = context.apiUrl(credential.baseUrl ?? "https://api.gong.io");
  const http = context.http(gongHttp(baseUrl, credential.accessKey, credential.secretKey));
  const api = createGongApi(http, baseUrl, signal);
  const reading = new Reading(api, account, options);
  return {
    name: "calls",
    enumerates: ["full"],
    key: (item) => item.id,
    version: (item) => {
      const names = hashJson(namesShown(item.call, reading.names));
      return `${RENDERING}:${item.detailsHash}:${item.transcriptHash ?? "none"}:${names.slice(0, 16)}`;
    },
    pages: (request) => reading.pages(request),
    revisit: (request) => reading.again(request),
    prepare: (items) => completeTranscripts(items, api),
    render: (item) => {
      assertTranscript(item);
      return renderCall(item, reading.names);
    },
    save: (tx, items) =>
      saveCalls(
        tx,
        account,
        items.map((item) => rowsOf(account, item)),
      ),
    remove: (tx, keys) => removeCalls(tx, account, keys),
  };
}

/** One reading of an account's calls. */
class Reading {
  names: Names = { users: new Map(), workspaces: new Map() };
  private namesAreNew = false;
  private readonly inVain = new Set<string>();

  constructor(
    private readonly api: GongApi,
    private readonly account: string,
    private readonly options: GongOptions,
  ) {}

  async *pages(request: PageRequest): AsyncGenerator<Page<CallItem>> {
    const state = request.mode === "incremental" ? readState(request.cursor) : undefined;
    this.names = await storedNames(request.db, this.account);
    if (state === undefined) yield* this.everything(request);
    else yield* this.changes(request, state);
  }

  /** Single calls once more: those whose transcript was still to come, and those that failed. */
  async *again(request: PageRequest & { keys: readonly string[] }): AsyncGenerator<Page<CallItem>> {
    this.names = await storedNames(request.db, this.account);
    const met = new Set<string>();
    let cursor: string | undefined;
    do {
      const listed = await this.askFor({ callIds: request.keys }, cursor, null);
      const page = await this.itemsOf(listed, request);
      for (const key of metIn(page)) met.add(key);
      ({ cursor } = listed);
      const gone = cursor === undefined && page.incomplete === undefined ? unmetOf(request.keys, met) : [];
      yield { ...page, removed: gone.map((key) => ({ key, state: "gone" as const })), cursor: null };
    } while (cursor !== undefined);
  }

  /** All there is, window by window; goes on within a window where it was interrupted. */
  private async *everything(request: PageRequest): AsyncGenerator<Page<CallItem>> {
    const interrupted = readCursor(request.cursor);
    if (interrupted === undefined) await this.renewNames(request.db);
    let cursor = interrupted ?? wholeListing(this.options.since, this.options.workspaces, new Date());
    let mark: Watermark | undefined;
    for (let window = cursor.windows[0]; window !== undefined; window = cursor.windows[0]) {
      const rest = cursor.windows.slice(1);
      const start = { windows: cursor.windows, at: null };
      const listed = await this.ask(window, cursor.at ?? undefined, start);
      const parts = cursor.at === null ? halves(window, listed.total) : undefined;
      if (parts !== undefined) {
        cursor = { windows: [...parts, ...rest], at: null };
        continue;
      }
      mark ??= Watermark.of(readState(request.watermark ?? null)?.mark ?? null, listed.at);
      const page = await this.itemsOf(listed, request, mark);
      cursor = listed.cursor === undefined ? { windows: rest, at: null } : { ...cursor, at: listed.cursor };
      const state = stateAfter(mark, listed.at);
      const isLast = cursor.windows.length === 0;
      yield {
        ...page,
        cursor: isLast && request.mode === "incremental" ? state : cursor,
        watermark: state,
        expected: listed.total,
      };
    }
  }

  /** Recent calls once more, always from the start of their window: what was not met in it may be deleted. */
  private async *changes(request: PageRequest, state: ChangesState): AsyncGenerator<Page<CallItem>> {
    const { windows, reach } = await this.windowsToRead(state);
    let mark: Watermark | undefined;
    for (const [index, { window, first }] of windows.entries()) {
      const met = new Set<string>();
      for (let listed: CallsPage | undefined = first; listed !== undefined;) {
        mark ??= Watermark.of(state.mark, first.at);
        const page = await this.itemsOf(listed, request, mark);
        for (const key of metIn(page)) met.add(key);
        const isLastPage: boolean = listed.cursor === undefined;
        const gone =
          isLastPage && page.incomplete === undefined
            ? await vanished(request.db, this.account, window, met, {
                api: this.api,
                workspaces: this.options.workspaces,
              })
            : [];
        const isEnd = isLastPage && index === windows.length - 1;
        const readAt = reach === "long" ? first.at : new Date(state.longReadAt);
        yield {
          ...page,
          removed: gone.map((key) => ({ key, state: "gone" as const })),
          cursor: isEnd ? stateAfter(mark, readAt) : request.cursor,
        };
        listed = isLastPage ? undefined : await this.ask(window, listed.cursor, request.cursor);
      }
    }
  }

  /** The windows of an incremental listing, each with its first page: two weeks, or a day where that is too much. */
  private async windowsToRead(state: ChangesState) {
    const long = await this.openWindows(readFrom(state, "long"));
    const total = long.reduce((sum, { first }) => sum + first.total, 0);
    if (!isTooLong(state, total, new Date())) return { windows: long, reach: "long" as const };
    return { windows: await this.openWindows(readFrom(state, "short")), reach: "short" as const };
  }

  private async openWindows(from: string | undefined): Promise<{ window: Window; first: CallsPage }[]> {
    const { since, workspaces } = this.options;
    const { windows } = wholeListing(from ?? since, workspaces, new Date());
    const opened = [];
    for (const window of windows) opened.push({ window, first: await this.ask(window, undefined, null) });
    return opened;
  }

  /** @param windowStart where a reading begins again when Gong has forgotten the cursor. */
  private ask(
    { from, to, workspaceId }: Window,
    cursor: string | undefined,
    windowStart: JsonValue | null,
  ): Promise<CallsPage> {
    const chosen = workspaceId === undefined ? {} : { workspaceId };
    return this.askFor({ fromDateTime: from, toDateTime: to, ...chosen }, cursor, windowStart);
  }

  private async askFor(
    filter: CallFilter,
    cursor: string | undefined,
    windowStart: JsonValue | null,
  ): Promise<CallsPage> {
    try {
      return await this.api.calls(filter, cursor);
    } catch (error) {
      if (!isExpiredCursor(error)) throw error;
      throw new CursorExpiredError("Gong has forgotten where the listing was to go on.", {
        windowStart,
        cause: error,
      });
    }
  }

  private async itemsOf(listed: CallsPage, request: PageRequest, mark?: Watermark): Promise<ItemsPage> {
    const { db, mode } = request;
    const page = await toItems(listed.calls, listed.at, {
      db,
      mode,
      account: this.account,
      api: this.api,
      includePrivate: this.options.private,
      workspaces: this.options.workspaces,
      inVain: this.inVain,
    });
    for (const { call } of page.items) mark?.see(startOf(call));
    if (page.items.some(({ call }) => lacksNames(this.names, call))) await this.renewNames(db);
    return page;
  }

  /** Once a reading at most: a host who has left stays unknown. */
  private async renewNames(db: Db): Promise<void> {
    if (this.namesAreNew) return;
    this.names = await refreshNames(db, this.account, this.api);
    this.namesAreNew = true;
  }
}

/** Calls that a page spoke of. */
function metIn({ items, skipped, failures }: ItemsPage): string[] {
  return [...items.map(({ id }) => id), ...[...skipped, ...failures].map(({ key }) => key)];
}

function unmetOf(keys: readonly string[], met: ReadonlySet<string>): string[] {
  const unmet = keys.filter((key) => !met.has(key));
  return areTooMany(unmet, keys) ? [] : unmet;
}
