import { eq, type SQL } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { keptRows } from "@/core/services/sync/kept-rows";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { ForceApi } from "../api";
import { rowsOf } from "../db/rows";
import { salesforceActivity, salesforcePerson, salesforceRecord } from "../db/schema";
import { customKind, type Kind, kinds, NOTE, partsOf } from "../models/kinds";
import type { ForceOptions } from "../models/options";
import { renderItem } from "../render/render-item";
import type { Item } from "./items";
import { pagesOf, type Source } from "./pages";
import { Parts } from "./parts";

/** Raised when the same record is rendered differently from now on, so that every one is written again once. */
const RENDERING = 1;

/** One stream an object; those that are left out take out what was read of them. */
export async function salesforceStreams(
  context: SyncContext,
  options: ForceOptions,
  db: Db,
): Promise<Stream<unknown>[]> {
  const { http, apiUrl, auth, signal } = context;
  const api = new ForceApi({
    http,
    apiUrl,
    auth,
    signal,
    instance: options.instanceUrl,
    share: options.share,
  });
  const chosen = (kind: Kind) =>
    options.objects.length === 0 || options.objects.some((one) => one === (kind.chosenBy ?? kind.path));
  const custom = options.custom.map(customKind);
  const left = (await storedObjects(db, context.account))
    .filter((object) => object.endsWith("__c") && !options.custom.includes(object))
    .map(customKind);
  return [
    ...kinds.map((kind) => {
      if (!chosen(kind)) return leftOutStream(kind.path, rowsOf(kind), ownOf(kind));
      const hanging = kind.object !== "Case" || options.talk ? partsOf[kind.object] : undefined;
      const parts = hanging && new Parts(api, hanging);
      return recordsStream({ kind, api, parts, isNamed: options.objects.length > 0 }, signal);
    }),
    ...custom.map((kind) => recordsStream({ kind, api, isNamed: true }, signal)),
    ...left.map((kind) => leftOutStream(kind.path, rowsOf(kind), ownOf(kind))),
  ];
}

function recordsStream(source: Source, signal: AbortSignal): Stream<Item> {
  const { kind, api, parts } = source;
  return {
    name: kind.path,
    enumerates: ["full"],
    key: ({ key }) => key,
    version: (item) => `${RENDERING}:${hashJson(item)}`,
    pages: (request) => pagesOf(source, request),
    ...(parts === undefined ? {} : { prepare: (items) => parts.prepare(items) }),
    render: async (item) => {
      const version = kind.object === NOTE ? item.values["LatestPublishedVersionId"] : undefined;
      const html = version === undefined ? undefined : await api.noteText(version);
      return renderItem(kind, item, parts?.of(item) ?? [], { html, signal });
    },
    ...keptRows(rowsOf(kind)),
  };
}

/** Which rows of a table that several objects share are those of one. */
function ownOf({ object, name }: Kind): SQL | undefined {
  if (object === "Task" || object === "Event") return eq(salesforceActivity.kind, name);
  if (object === "Contact" || object === "Lead") return eq(salesforcePerson.kind, name);
  const isOther = ["Account", "Opportunity", "Case"].includes(object);
  return isOther ? undefined : eq(salesforceRecord.object, object);
}

/** Objects of the organisation's own of which there are rows. */
async function storedObjects(db: Db, account: string): Promise<string[]> {
  const { object, account: whose } = salesforceRecord;
  const rows = await db.selectDistinct({ object }).from(salesforceRecord).where(eq(whose, account));
  return rows.map((row) => row.object);
}
