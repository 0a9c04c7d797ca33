/**
 * Messages of all channels: first what is new everywhere, then what lies behind, so that the latest talk is searchable
 * first. How far each channel has been read stands in its row, written with each page, so a sync that was stopped goes
 * on where it stood. A full sync forgets these marks and compares everything again.
 */
import { z } from "zod";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { SyncContext } from "@/core/models/integration";
import { type ArtifactPages, shownAgain } from "@/core/services/conversations/channel-pages";
import { threadsShownAgain } from "@/core/services/conversations/thread-pages";
import type { PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { messages } from "../db/messages";
import { type ChannelRow, chat } from "../db/queries";
import { floorOf } from "../models/options";
import { HIGHEST, shifted } from "../models/timestamp";
import { readFiles } from "./file-texts";
import { readChannel } from "./message-page";
import { sceneOf } from "./scene";
import { readThreads, threadPages } from "./thread-pages";
import { farewellPage, readOlder, readRecent, type Walk, whileOpen } from "./walk";
import type { Member } from "./workspace";

const DAY_MICROS = 86_400_000_000;
/** Answers are edited soon or never: threads of so many days are read again each time, a request each. */
const THREAD_DAYS = 3;

export function messagesStream(
  { account, runId, mode, signal }: SyncContext,
  member: Member,
): Stream<RenderedArtifact> {
  return {
    name: "messages",
    enumerates: [],
    key: ({ integrationArtifactId }) => integrationArtifactId,
    version: hashJson,
    render: (item) => item,
    async *pages({ db, cursor }) {
      const begun = cursorSchema.safeParse(cursor).data?.runId === runId;
      if (mode === "full" && !begun)
        yield { items: [], cursor: { runId, at: "begin" }, save: (tx) => chat.forgetReading(tx, account) };
      const scene = await sceneOf(db, account, member.api, await member.workspace());
      const walkOf = walksOf({ db, runId, mode, signal }, scene, member);
      for await (const page of channelPages(
        await chat.channels(db, account),
        walkOf,
        await messages.counts(db, account),
      ))
        yield { ...page, cursor: { runId, at: page.cursor } };
      for (const row of await chat.channels(db, account))
        if (row.stale)
          for await (const page of shownAgain(
            readChannel(walkOf(row)),
            threadsShownAgain(readThreads(walkOf(row))),
          ))
            yield { ...page, cursor: { runId, at: page.cursor } };
    },
  };
}

/** Tells whether a full sync has begun anew. */
const cursorSchema = z.object({ runId: z.string() });

function walksOf(
  { db, runId, mode, signal }: Pick<PageRequest, "db" | "mode"> & Pick<SyncContext, "runId" | "signal">,
  scene: Walk["scene"],
  { api, options }: Member,
): (row: ChannelRow) => Walk {
  const floor = floorOf(options);
  return (channel) => {
    const newest = channel.newestRead ?? HIGHEST;
    return {
      db,
      scene,
      channel,
      api,
      runId,
      floor,
      fill: async (answered, stored) => {
        if (options.files) await readFiles(api, answered, stored, signal);
      },
      reread: options.rereadDays * DAY_MICROS,
      youngThreads:
        mode === "full" ? "0" : shifted(newest, -Math.min(options.rereadDays, THREAD_DAYS) * DAY_MICROS),
    };
  };
}

/** Channels of which what was read is served. */
const stays = ["readable", "archived"];

async function* channelPages(
  all: readonly ChannelRow[],
  walkOf: (row: ChannelRow) => Walk,
  held: ReadonlyMap<string, number>,
): ArtifactPages {
  for (const row of all)
    if (!stays.includes(row.access) && (held.has(row.id) || row.access === "gone"))
      yield await farewellPage(walkOf(row), row.access);
  const walks = all.filter(({ access }) => access === "readable").map(walkOf);
  // A sync that was stopped has read what is new of some channels already, but maybe not all that answers it.
  for (const walk of walks)
    yield* whileOpen(walk, walk.channel.readInRun === walk.runId ? threadPages(walk) : readRecent(walk));
  for (const walk of walks) yield* whileOpen(walk, readOlder(walk));
}
