import type { SyncContext } from "@/core/models/integration";
import { MissingError } from "@/core/services/http/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { lazy } from "@/lib/lazy";
import type { GmailApi } from "../api/gmail-api";
import { removeThreads, saveLabels, saveThreads } from "../db/queries";
import type { Choice } from "../models/labels";
import { mailsOf } from "../models/mail";
import type { Label } from "../models/models";
import { linkTo, renderThread } from "../render/thread";
import { changedThreads, readThreads } from "./changes";
import { isChosen, type ThreadItem } from "./items";
import { choiceMark, listingPages, placeSchema } from "./listing";

/** Raised when the same thread is rendered differently from now on, so that every thread is read again once. */
const RENDERING = 1;

/** The threads of one account. */
export function threadsStream(
  context: SyncContext,
  api: GmailApi,
  choice: Choice,
  labels: readonly Label[],
): Stream<ThreadItem> {
  const { account, signal } = context;
  const address = lazy(async () => (await api.profile()).emailAddress);
  const mark = choiceMark(choice);
  return {
    name: "threads",
    enumerates: ["full"],
    pages: async function* (request) {
      const pages =
        request.mode === "full" ? listingPages(api, choice, request.cursor) : since(api, choice, request);
      let isFirst = true;
      for await (const page of pages) {
        yield isFirst ? { ...page, save: (tx) => saveLabels(tx, account, labels) } : page;
        isFirst = false;
      }
    },
    revisit: async function* ({ keys }) {
      yield { ...(await readThreads(api, keys)), cursor: null };
    },
    key: ({ id }) => id,
    version: ({ historyId }) => hashJson([RENDERING, historyId, mark]),
    render: async (item) => {
      const mails = mailsOf(item.thread ?? (await api.thread(item.id)));
      if (mails.length === 0 || !isChosen(mails, choice)) return null;
      const url = linkTo(item.id, await address());
      item.shown = { mails, url };
      return renderThread(item.id, mails, url, api, signal);
    },
    save: (tx, items) => saveThreads(tx, account, items),
    remove: (tx, keys) => removeThreads(tx, account, keys),
  };
}

/** Changes since the last sync. Where there was none, or Gmail has forgotten them, everything is listed. */
async function* since(
  api: GmailApi,
  choice: Choice,
  { cursor, db, context }: PageRequest,
): AsyncGenerator<Page<ThreadItem>> {
  const place = placeSchema.safeParse(cursor).data;
  if (place === undefined) {
    yield* listingPages(api, choice, cursor);
    return;
  }
  try {
    for await (const { threads, from } of changedThreads(api, choice, place.from))
      yield { ...threads, cursor: { from } };
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    yield* forgotten(api, choice, place.from, { db, context });
  }
}

async function* forgotten(
  api: GmailApi,
  choice: Choice,
  from: string,
  { db, context }: Pick<PageRequest, "db" | "context">,
): AsyncGenerator<Page<ThreadItem>> {
  // Of an account in which nothing happens for weeks, its very last change is forgotten as well.
  if ((await api.profile()).historyId === from) {
    yield { items: [], cursor: { from } };
    return;
  }
  const { integration, account } = context;
  const reason = "Gmail has forgotten from where on changes were asked for.";
  await askForFullPass(db, { integration, account }, reason);
  yield* listingPages(api, choice, null);
}
