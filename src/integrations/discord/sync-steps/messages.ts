/** Messages of all channels and threads of a bot's servers, those with the latest talk first. */
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { shownAgain } from "@/core/services/conversations/channel-pages";
import { chatStream } from "@/core/services/conversations/chat-stream";
import type { Stream } from "@/core/services/sync/stream";
import { DAY_MS } from "@/lib/time";
import { type DiscordApi, PAGE } from "../api";
import { type ChannelRow, chat } from "../db/queries";
import { CATEGORY, holdsMessages } from "../models/channel-types";
import { type DiscordOptions, floorOf } from "../models/models";
import { compareIds, highestOf, idAt } from "../models/snowflake";
import { readAgain } from "./history";
import { readChannel } from "./message-page";
import { type ServerScene, serverScene } from "./scene";
import { endOf, farewellPage, readOlder, readRecent, type Walk } from "./walk";

/** Raised when the same messages are shown differently from now on. */
const RENDERING = 2;
/** Channels that are read at once; each has a limit of its own at Discord. */
const AT_ONCE = 4;

export function messagesStream(
  context: SyncContext,
  api: DiscordApi,
  options: DiscordOptions,
): Stream<RenderedArtifact> {
  const { account, runId } = context;
  return chatStream<ChannelRow, Walk>(context, {
    tables: chat,
    rendering: RENDERING,
    forget: (tx) => chat.forgetReading(tx, account, { archiveMark: null }),
    walks: (db) => walksOf({ db, api, account, runId, options }),
    leaves: ({ access, type }) => access !== "readable" && type !== CATEGORY,
    leave: farewellPage,
    open: (all) =>
      all
        .filter(({ type, access }) => access === "readable" && holdsMessages(type))
        .toSorted((a, b) => compareIds(b.lastMessageId ?? "0", a.lastMessageId ?? "0")),
    endOf,
    passes: [readRecent, readOlder],
    atOnce: AT_ONCE,
    showAgain: (walk, channel) => shownAgain(readChannel({ ...walk, channel })),
    slice: {
      pageSize: PAGE,
      isComplete: ({ access, readDownTo }) => access === "readable" && readDownTo !== null,
      readAgain,
    },
  });
}

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
  const young = highestOf(floor, idAt(Date.now() - options.rereadDays * DAY_MS));
  const scenes = new Map<string, ServerScene>();
  return async (row) => {
    const scene = scenes.get(row.serverId) ?? (await serverScene(db, account, row.serverId));
    scenes.set(row.serverId, scene);
    return { ...work, scene, channel: scene.channels.get(row.id) ?? row, floor, young };
  };
}
