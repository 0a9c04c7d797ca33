/** Recordings: listed by every sync, for nothing else tells of deletions, and read where something may have changed. */
import { z } from "zod";
import { removeOwnRows, rowsOfAccount, upsertRows } from "@/core/db/own-rows";
import { messageOf, PermanentError, TransientError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/models";
import { MissingError } from "@/core/services/http/errors";
import type { ItemNotice, Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import { hashJson } from "@/lib/hash";
import { DAY_MS } from "@/lib/time";
import { plaudRecording } from "../db/schema";
import type { Detail, Listed } from "../models/models";
import { createPlaudApi, type Listing, type PlaudApi } from "../plaud-api";
import { hasText, renderRecording, speakersOf, startOf, titleOf } from "../render/recording";

/** Raised whenever the same recording is rendered differently. */
const RENDERING = 1;
/** Transcripts come late, and people correct them and name speakers in the first days: those are read each time. */
const STILL_CHANGES_MS = 14 * DAY_MS;
/** One recording that cannot be read stops no others; so many in a row say that something else is wrong. */
const MOST_IN_A_ROW = 3;
/** Recordings of one page of ours: each may take a request. */
const BATCH = 25;

interface Recording {
  listed: Listed;
  listedHash: string;
  /** Of the recording itself, as it was read now or before. */
  detailHash: string;
  detail: Detail | undefined;
}

type Row = typeof plaudRecording.$inferSelect;

export function recordingsStream(context: SyncContext): Stream<Recording> {
  const api = createPlaudApi(context, context.auth, context.signal);
  return {
    name: "recordings",
    enumerates: ["full", "incremental"],
    key: ({ listed }) => listed.id,
    version: ({ listedHash, detailHash }) => `${RENDERING}:${hashJson([listedHash, detailHash])}`,
    pages: (request) => pagesOf(api, request),
    // One that was not read in this sync is rendered anew by a newer program.
    render: async ({ listed, detail }) => renderRecording(listed, detail ?? (await api.detail(listed.id))),
    remove: (tx, keys, { account }) =>
      removeOwnRows(tx, plaudRecording, plaudRecording.recordingId, account, keys),
  };
}

const cursorSchema = z.object({ after: z.string(), runId: z.string() });

async function* pagesOf(
  api: PlaudApi,
  { context, db, mode, cursor }: PageRequest,
): AsyncGenerator<Page<Recording>> {
  const { account, runId } = context;
  const rows = await rowsOfAccount(db, plaudRecording, account);
  const known = new Map(rows.map((row) => [row.recordingId, row]));
  const { recordings, unknown, now } = await steadyList(api, known);
  const left = cursorSchema.safeParse(cursor).data;
  const after = left?.runId === runId ? left.after : "";
  const ordered = recordings.filter(({ id }) => id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const parts = batches(ordered, BATCH);
  let inARow = 0;
  for (const part of parts.length === 0 ? [[]] : parts) {
    const found: Recording[] = [];
    const failures: ItemNotice[] = [];
    for (const listed of part) {
      try {
        const one = await read(api, listed, known.get(listed.id), { mode, now });
        // One that is gone by now is not met, like any other that is.
        if (one !== undefined) found.push(one);
        inARow = 0;
      } catch (error) {
        const isOfOne = error instanceof TransientError || error instanceof PermanentError;
        if (!isOfOne || ++inARow === MOST_IN_A_ROW) throw error;
        failures.push({
          key: listed.id,
          reason: `${titleOf(listed)} could not be read: ${messageOf(error)}`,
        });
      }
    }
    const told = found.flatMap((one) => (one.detail === undefined ? [] : [rowOf(account, one, one.detail)]));
    const changed = told.filter((row) => hashJson(row) !== hashJson(known.get(row.recordingId)));
    yield {
      items: found,
      failures,
      expected: recordings.length,
      cursor: { after: part.at(-1)?.id ?? after, runId },
      ...(unknown === 0 ? {} : { incomplete: `${unknown} recordings have a shape that is not known here.` }),
      save: (tx) => upsertRows(tx, plaudRecording, changed),
    };
  }
}

/**
 * Pages are numbered, newest first: what is deleted while they are read moves others past the place. Where a known
 * recording is missing, all are listed once more, and only what is missing in both is.
 */
async function steadyList(api: PlaudApi, known: ReadonlyMap<string, Row>): Promise<Listing> {
  const first = await api.list();
  const byId = new Map(first.recordings.map((one) => [one.id, one]));
  if ([...known.keys()].every((id) => byId.has(id))) return { ...first, recordings: [...byId.values()] };
  const second = await api.list();
  for (const one of second.recordings) byId.set(one.id, one);
  return { ...second, unknown: first.unknown + second.unknown, recordings: [...byId.values()] };
}

/** Undefined for one that is gone since it was listed. */
async function read(
  api: PlaudApi,
  listed: Listed,
  row: Row | undefined,
  { mode, now }: { mode: string; now: number },
): Promise<Recording | undefined> {
  const listedHash = hashJson(listed);
  const isOld = now - Date.parse(startOf(listed) ?? "") > STILL_CHANGES_MS;
  if (mode === "incremental" && isOld && row?.listed === listedHash)
    return { listed, listedHash, detailHash: row.detail, detail: undefined };
  try {
    const detail = await api.detail(listed.id);
    return { listed, listedHash, detailHash: hashJson(detail), detail };
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    throw error;
  }
}

function rowOf(account: string, { listed, listedHash, detailHash }: Recording, detail: Detail): Row {
  const said = detail.turns.map(({ content }) => content).join(" ");
  return {
    account,
    recordingId: listed.id,
    title: titleOf(listed),
    startedAt: startOf(listed) ?? null,
    seconds: listed.duration ? Math.round(listed.duration / 1_000) : null,
    speakers: speakersOf(detail),
    words: said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
    hasText: hasText(detail),
    listed: listedHash,
    detail: detailHash,
  };
}
