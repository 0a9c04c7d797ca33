/**
 * Messages of all channels and threads: first what is new everywhere, then what lies behind, so that the latest talk is
 * searchable first. How far each channel has been read stands in its row, written with each page, so a sync that was
 * stopped goes on where it stood. A full sync forgets these marks and compares everything again.
 */
import type { Db } from "@/core/models/database";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { SyncContext } from "@/core/models/integration";
import { type ArtifactPages, shownAgain } from "@/core/services/conversations/channel-pages";
import { z } from "zod";
import type { Page, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { sideBySide } from "@/lib/side-by-side";
import type { DiscordApi } from "../api";
import { messages } from "../db/messages";
import { type ChannelRow, chat } from "../db/queries";
import { CATEGORY, holdsMessages } from "../models/channel-types";
import { type DiscordOptions, floorOf } from "../models/models";
import { compareIds, idAt } from "../models/snowflake";
import { doneToday, type HistoryPlace, historyPages, historyPlaceSchema } from "./history";
import { readChannel } from "./message-page";
import { type ServerScene, serverScene } from "./scene";
import { farewellPage, readOlder, readRecent, type Walk, whileOpen } from "./walk";

/** Channels that are read at once; each has a limit of its own at Discord. */
const AT_ONCE = 4;
const DAY_MS = 86_400_000;

export function messagesStream(
  context: SyncContext,
  api: DiscordApi,
  options: DiscordOptions,
): Stream<RenderedArtifact> {
  const { account, runId, mode } = context;
  return {
    name: "messages",
    enumerates: [],
    key: ({ integrationArtifactId }) => integrationArtifactId,
    version: hashJson,
    render: (item) => item,
    async *pages({ db, cursor }) {
      const before = cursorSchema.safeParse(cursor).data;
      let history = before?.history ?? null;
      const marked = (page: Page<RenderedArtifact>) => ({
        ...page,
        cursor: { runId, at: page.cursor, history: history === null ? null : { ...history } },
        // A full sync reads everything, so the day's slice of history is read with it.
        ...(mode === "full" ? { watermark: { runId, history: doneToday() } } : {}),
      });
      if (mode === "full" && before?.runId !== runId)
        yield marked({
          items: [],
          cursor: "begin",
          save: (tx) => chat.forgetReading(tx, account, { archiveMark: null }),
        });
      const work = { db, api, account, runId, options };
      const walkOf = walksOf(work);
      for await (const page of allPages(work, walkOf)) yield marked(page);
      if (mode === "full") return;
      const move = (place: HistoryPlace) => (history = place);
      for await (const page of historyPages(db, account, walkOf, history ?? undefined, move))
        yield marked(page);
    },
  };
}

/** `runId` tells whether a full sync has begun anew; `history` is how far the slice of old messages has come. */
const cursorSchema = z.object({ runId: z.string(), history: historyPlaceSchema.nullable().catch(null) });

interface Work {
  db: Db;
  api: DiscordApi;
  account: string;
  runId: string;
  options: DiscordOptions;
}

/** Makes a channel's walk; those of one server share what is known of it. */
function walksOf(work: Work): (row: ChannelRow) => Promise<Walk> {
  const { db, account, options } = work;
  const floor = floorOf(options);
  const young = highest(floor, idAt(Date.now() - options.rereadDays * DAY_MS));
  const scenes = new Map<string, ServerScene>();
  const tooLarge = new Set<string>();
  return async (row) => {
    const scene = scenes.get(row.serverId) ?? (await serverScene(db, account, row.serverId));
    scenes.set(row.serverId, scene);
    return { ...work, scene, channel: scene.channels.get(row.id) ?? row, floor, young, tooLarge };
  };
}

async function* allPages(
  { db, account, runId }: Work,
  walkOf: (row: ChannelRow) => Promise<Walk>,
): ArtifactPages {
  const all = await chat.channels(db, account);
  const held = await messages.counts(db, account);
  for (const row of all) {
    const leaves = row.access !== "readable" && row.type !== CATEGORY;
    if (leaves && (held.has(row.id) || row.access === "gone"))
      yield await farewellPage(await walkOf(row), row.access);
  }
  const open = all
    .filter(({ type, access }) => access === "readable" && holdsMessages(type))
    .toSorted((a, b) => compareIds(b.lastMessageId ?? "0", a.lastMessageId ?? "0"));
  for (const read of [readRecent, readOlder]) {
    const walks: (() => ArtifactPages)[] = [];
    for (const row of open) {
      const walk = await walkOf(row);
      if (read === readOlder || row.readInRun !== runId) walks.push(() => whileOpen(walk, read(walk)));
    }
    yield* sideBySide(walks, AT_ONCE);
  }
  for (const row of await chat.channels(db, account))
    if (row.stale) yield* shownAgain(readChannel({ ...(await walkOf(row)), channel: row }));
}

function highest(a: string, b: string): string {
  return compareIds(a, b) > 0 ? a : b;
}
