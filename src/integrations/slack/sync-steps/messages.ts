/** Messages of all channels of a workspace, with their threads. */
import type { RenderedArtifact } from "@/core/models/artifact";
import type { SyncContext } from "@/core/models/integration";
import { shownAgain } from "@/core/services/conversations/channel-pages";
import { chatStream, type WalkOf } from "@/core/services/conversations/chat-stream";
import { threadsShownAgain } from "@/core/services/conversations/thread-pages";
import type { PageRequest, Stream } from "@/core/services/sync/stream";
import { type ChannelRow, chat } from "../db/queries";
import { floorOf } from "../models/options";
import { HIGHEST, shifted } from "../models/timestamp";
import { readFiles } from "./file-texts";
import { readChannel } from "./message-page";
import { sceneOf } from "./scene";
import { readThreads } from "./thread-pages";
import { endOf, farewellPage, readOlder, readRecent, type Walk } from "./walk";
import type { Member } from "./workspace";

const DAY_MICROS = 86_400_000_000;
/** Answers are edited soon or never: threads of so many days are read again each time, a request each. */
const THREAD_DAYS = 3;

/** Channels of which what was read is served. */
const stays = ["readable", "archived"];

export function messagesStream(context: SyncContext, member: Member): Stream<RenderedArtifact> {
  const { account, runId, mode, signal } = context;
  return chatStream<ChannelRow, Walk>(context, {
    tables: chat,
    forget: (tx) => chat.forgetReading(tx, account),
    walks: async (db) => {
      const scene = await sceneOf(db, account, member.api, await member.workspace());
      return walksOf({ db, runId, mode, signal }, scene, member);
    },
    leaves: ({ access }) => !stays.includes(access),
    leave: farewellPage,
    open: (all) => all.filter(({ access }) => access === "readable"),
    endOf,
    passes: [readRecent, readOlder],
    // A method's limit is one for all channels.
    atOnce: 1,
    showAgain: (walk) => shownAgain(readChannel(walk), threadsShownAgain(readThreads(walk))),
  });
}

function walksOf(
  { db, runId, mode, signal }: Pick<PageRequest, "db" | "mode"> & Pick<SyncContext, "runId" | "signal">,
  scene: Walk["scene"],
  { api, options }: Member,
): WalkOf<ChannelRow, Walk> {
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
        if (options.files) await readFiles(api, answered, stored, { anew: mode === "full", signal });
      },
      reread: options.rereadDays * DAY_MICROS,
      youngThreads:
        mode === "full" ? "0" : shifted(newest, -Math.min(options.rereadDays, THREAD_DAYS) * DAY_MICROS),
    };
  };
}
