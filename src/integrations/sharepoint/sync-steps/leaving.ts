/** What is no longer read: taken away, out of sight, or not chosen any more. */
import { and, eq, type SQL } from "drizzle-orm";
import { removeOwnRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { type OwnRows, ownRows } from "@/core/services/sync/kept-rows";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Stream } from "@/core/services/sync/stream";
import { forgetEmptyDrive, forgetSite, type Place } from "../db/queries";
import { sharepointItem, sharepointPage } from "../db/schema";
import { driveStreamName } from "./drive-stream";
import { pagesStreamName } from "./pages-stream";

/** By choice: it is taken out. Else: nothing lists it, and the guard against mass deletions has its say. */
type Why = "by choice" | "not listed";

const neverWritten = () => {
  throw new Error("Nothing is written of what is left out.");
};
export const itemRows = ownRows(sharepointItem, sharepointItem.itemKey, neverWritten);
export const pageRows = ownRows(sharepointPage, sharepointPage.pageKey, neverWritten);

export function leavingDrive(place: Place, why: Why): Stream<unknown> {
  const which = and(eq(sharepointItem.driveId, place.driveId), eq(sharepointItem.kind, "file"));
  const forget = (tx: Db) => forgetEmptyDrive(tx, place);
  return leaving(driveStreamName(place.driveId), place.account, why, { rows: itemRows, which, forget });
}

export function leavingPages(account: string, siteId: string, why: Why): Stream<unknown> {
  const which = eq(sharepointPage.siteId, siteId);
  const ofSite = and(eq(sharepointPage.account, account), which);
  const forget = async (tx: Db) => {
    if ((await tx.$count(sharepointPage, ofSite)) === 0) await forgetSite(tx, account, siteId);
  };
  return leaving(pagesStreamName(siteId), account, why, { rows: pageRows, which, forget });
}

interface Leaving {
  rows: OwnRows<unknown>;
  which: SQL | undefined;
  /** Forgets the place itself, once nothing of it is served. */
  forget: (tx: Db) => Promise<void>;
}

function leaving(name: string, account: string, why: Why, { rows, which, forget }: Leaving): Stream<unknown> {
  const leftOut = leftOutStream<unknown>(name, rows, which);
  return {
    ...leftOut,
    enumerates: why === "by choice" ? [] : ["full", "incremental"],
    pages: async function* (request) {
      if (why === "by choice") yield* leftOut.pages(request);
      yield { items: [], cursor: null, watermark: null, save: forget };
    },
    remove: async (tx, keys) => {
      await removeOwnRows(tx, rows.table, rows.key, account, keys);
      await forget(tx);
    },
  };
}
