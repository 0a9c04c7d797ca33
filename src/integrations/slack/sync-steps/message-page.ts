/** One page of a channel as a page of the engine's: the conversations that it touches, and the rows to write with it. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { believeGone } from "@/core/services/conversations/believe-gone";
import { changedPage, type ReadChannel } from "@/core/services/conversations/channel-pages";
import { channelRule } from "@/core/services/conversations/cut";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import { threadsTouched } from "@/core/services/conversations/thread-pages";
import type { Range } from "@/core/services/conversations/windows";
import type { Page } from "@/core/services/sync/stream";
import type { SlackApi } from "../api";
import { type MessageRow, messages } from "../db/messages";
import { type ChannelRow, chat, saveUsers } from "../db/queries";
import type { MessagesAnswer } from "../models/api";
import { conversationArtifact, type Place } from "../render/conversation";
import type { MessageScene } from "../render/message";
import { compare, peopleIn } from "./compare";
import type { Scene } from "./scene";

export interface Reading {
  db: Db;
  api: SlackApi;
  scene: Scene;
  channel: ChannelRow;
  /** Fills in what shared files hold. */
  fill: (answered: MessagesAnswer["messages"], stored: readonly MessageRow[]) => Promise<void>;
  /** Messages up to then are not read. */
  floor: string;
  /** Threads with an answer from then on are read again. */
  youngThreads: string;
}

export const keyOf = ({ account, id }: ChannelRow): ChannelKey => ({ account, channelId: id });
export const BEGINNING = "0";

/**
 * @param channel with `backTo` as it will be after this page.
 * @param range all that the page speaks for: what is stored there and not on the page was deleted.
 * @param fields what of the channel's row changes with this page.
 */
export async function messagePage(
  reading: Reading,
  answered: MessagesAnswer["messages"],
  range: Range,
  fields: Partial<ChannelRow>,
  cursor: JsonValue,
): Promise<Page<RenderedArtifact>> {
  const { db, scene, channel } = reading;
  const key = keyOf(channel);
  const people = await scene.meet(peopleIn(answered));
  const stored = await messages.store(db, key).between(range.from, range.to);
  await reading.fill(answered, stored);
  const compared = compare(key, scene.names, answered, stored);
  await believeGone({
    gone: compared.gone.map(({ id }) => id),
    isRead: (id) => id > reading.floor,
    isEmpty: answered.length === 0,
    isThere: (id) => reading.api.has(channel.id, id),
    service: "Slack",
    channel: channel.name,
  });
  const threads = await threadsTouched({ db, key, messages }, { compared, stored });
  const young = answered.flatMap(({ ts, latest_reply }) =>
    typeof latest_reply === "string" && latest_reply >= reading.youngThreads ? ts : [],
  );
  const pending = [...young, ...threads.touched];
  return changedPage(readChannel(reading), compared, {
    cursor,
    completes: fields.backTo === BEGINNING,
    removed: threads.artifacts,
    save: async (tx) => {
      await saveUsers(tx, people);
      // Slack leaves a tombstone where a thread lives on without its first message.
      for (const thread of threads.ended) await messages.endThread(tx, key, thread);
      await messages.change(tx, key, pending, { threadPending: true });
      await chat.change(tx, channel.account, [channel.id], fields);
    },
  });
}

/** A channel as it stands now: how it is cut into conversations, and how these are shown. */
export function readChannel(reading: Reading): ReadChannel<MessageRow> {
  const { db, channel } = reading;
  return {
    db,
    key: keyOf(channel),
    tables: chat,
    rule: channelRule,
    complete: channel.backTo === BEGINNING,
    provisional: channel.backTo === null,
    keyOf: ({ rows }) => `slack:conv:${channel.id}:${rows[0]?.id ?? ""}`,
    render: (artifact, { rows }) => artifactOf(reading, artifact, rows, false),
  };
}

export function artifactOf(
  { scene, channel }: Reading,
  artifact: string,
  rows: readonly MessageRow[],
  thread: boolean,
): RenderedArtifact {
  const { workspace, names } = scene;
  const place: Place = { ...channel, workspace: workspace.name };
  const seen: MessageScene = { names, link: `${workspace.url}archives/${channel.id}` };
  return conversationArtifact(
    artifact,
    place,
    rows.map(({ raw }) => raw),
    seen,
    thread,
  );
}
