/**
 * Messages of all channels and threads: first what is new everywhere, then what lies behind, so that the latest talk is
 * searchable first. How far each channel has been read stands in its row, written with each page, so a sync that was
 * stopped goes on where it stood. A full sync forgets these marks and compares everything again.
 */
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { JsonValue } from "@/core/models/artifact";
import type { Page, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { sideBySide } from "@/lib/side-by-side";
import type { DiscordApi } from "../api";
import { extents } from "../db/messages";
import { channelsOf, type ChannelRow, forgetReading } from "../db/queries";
import { CATEGORY, holdsMessages } from "../models/channel-types";
import { type DiscordOptions, floorOf } from "../models/models";
import { compareIds, idAt } from "../models/snowflake";
import { leavingPage } from "./leaving";
import type { Conversation } from "./message-page";
import { type ServerScene, serverScene } from "./scene";
import { stalePages } from "./stale";
import { readOlder, readRecent, type Walk, whileOpen } from "./walk";

/** Channels that are read at once; each has a limit of its own at Discord. */
const AT_ONCE = 4;
const DAY_MS = 86_400_000;

/** What the streams that bring conversations have in common. */
export const conversations = {
  enumerates: [],
  key: ({ artifact }: Conversation) => artifact.integrationArtifactId,
  version: ({ artifact }: Conversation) => hashJson(artifact),
  render: ({ artifact }: Conversation) => artifact,
} as const;

export function messagesStream(
  context: SyncContext,
  api: DiscordApi,
  options: DiscordOptions,
): Stream<Conversation> {
  const { account, runId, mode } = context;
  return {
    ...conversations,
    name: "messages",
    async *pages({ db, cursor }) {
      const marked = (page: Page<Conversation>) => ({ ...page, cursor: { runId, at: page.cursor } });
      if (mode === "full" && runOf(cursor) !== runId)
        yield marked({ items: [], cursor: "begin", save: (tx) => forgetReading(tx, account) });
      for await (const page of allPages({ db, api, account, runId, options })) yield marked(page);
    },
  };
}

function runOf(cursor: JsonValue | null): JsonValue | undefined {
  return cursor !== null && typeof cursor === "object" && !Array.isArray(cursor)
    ? cursor["runId"]
    : undefined;
}

interface Work {
  db: Db;
  api: DiscordApi;
  account: string;
  runId: string;
  options: DiscordOptions;
}

async function* allPages(work: Work): AsyncGenerator<Page<Conversation>, void, undefined> {
  const { db, account, runId, options } = work;
  const floor = floorOf(options);
  const young = highest(floor, idAt(Date.now() - options.rereadDays * DAY_MS));
  const scenes = new Map<string, ServerScene>();
  const walkOf = async (row: ChannelRow): Promise<Walk> => {
    const scene = scenes.get(row.serverId) ?? (await serverScene(db, account, row.serverId));
    scenes.set(row.serverId, scene);
    return { ...work, scene, channel: scene.channels.get(row.id) ?? row, floor, young };
  };
  const all = await channelsOf(db, account);
  const held = await extents(db, account);
  for (const row of all) {
    const leaves = row.access !== "readable" && row.type !== CATEGORY;
    if (leaves && (held.has(row.id) || row.access === "gone"))
      yield await leavingPage(await walkOf(row), row.access);
  }
  const open = all
    .filter(({ type, access }) => access === "readable" && holdsMessages(type))
    .toSorted((a, b) => compareIds(b.lastMessageId ?? "0", a.lastMessageId ?? "0"));
  for (const read of [readRecent, readOlder]) {
    const walks: (() => AsyncGenerator<Page<Conversation>, void, undefined>)[] = [];
    for (const row of open) {
      const walk = await walkOf(row);
      if (read === readOlder || row.readInRun !== runId) walks.push(() => whileOpen(walk, read(walk)));
    }
    yield* sideBySide(walks, AT_ONCE);
  }
  for (const row of await channelsOf(db, account))
    if (row.stale) yield* stalePages({ ...(await walkOf(row)), channel: row });
}

function highest(a: string, b: string): string {
  return compareIds(a, b) > 0 ? a : b;
}
