/** The shortest whole chat: tables, a channel, its pages and the stream, with an API that pages from the newest down. */
import { z } from "zod";
import { boolean, json, primaryKey, table, text } from "@/core/db/table";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { believeGone } from "@/core/services/conversations/believe-gone";
import * as pages from "@/core/services/conversations/channel-pages";
import { chatArtifact, openingWords } from "@/core/services/conversations/chat-artifact";
import { saidBlock } from "@/core/services/conversations/chat-markdown";
import { accessAfter, chatStream } from "@/core/services/conversations/chat-stream";
import { ChatTables } from "@/core/services/conversations/chat-tables";
import { compareMessages } from "@/core/services/conversations/compare";
import { channelRule } from "@/core/services/conversations/cut";
import { MessageTable } from "@/core/services/conversations/message-table";

/** Ids are milliseconds since 1970, thirteen digits. */
const messageSchema = z.object({ id: z.string(), author: z.string(), text: z.string() });
type Message = z.infer<typeof messageSchema>;

export const deskChannel = table(
  "deskChannel",
  {
    ...{ account: text().notNull(), id: text().notNull(), name: text().notNull() },
    ...{ access: text().notNull(), stale: boolean().notNull() },
    /** All from `readDownTo` to `newestRead` was read; "0" is the beginning, null before the first page. */
    ...{ newestRead: text(), readDownTo: text() },
  },
  (t) => [primaryKey({ columns: [t.account, t.id] })],
);
export const deskMessage = table(
  "deskMessage",
  {
    ...{ account: text().notNull(), channelId: text().notNull(), id: text().notNull() },
    ...{ said: boolean().notNull(), artifact: text(), raw: json().$type<Message>().notNull() },
  },
  (t) => [primaryKey({ columns: [t.account, t.channelId, t.id] })],
);
type ChannelRow = typeof deskChannel.$inferSelect;
type MessageRow = typeof deskMessage.$inferSelect;

const messages = new MessageTable<MessageRow>(deskMessage, { timeOf: Number, textOf: ({ raw }) => raw.text });
export const chat = new ChatTables<ChannelRow, MessageRow>(deskChannel, messages, {
  listed: ["name", "access"],
  unread: { newestRead: null, readDownTo: null },
});

export interface DeskApi {
  /** Below an id, newest first. */
  messages: (channel: string, below: string) => Promise<{ entries: { id: string }[]; more: boolean }>;
  has: (channel: string, id: string) => Promise<boolean>;
}
interface Walk {
  db: Db;
  api: DeskApi;
  channel: ChannelRow;
}
const keyOf = ({ account, id }: ChannelRow) => ({ account, channelId: id });

function readChannel(db: Db, channel: ChannelRow, provisional: boolean): pages.ReadChannel<MessageRow> {
  const told = ({ raw }: MessageRow) => ({ author: raw.author, at: new Date(Number(raw.id)).toISOString() });
  return {
    ...{ db, key: keyOf(channel), tables: chat, rule: channelRule, provisional },
    complete: channel.readDownTo === "0",
    keyOf: ({ rows }) => `desk:conv:${channel.id}:${rows[0]?.id ?? ""}`,
    render: (id, { rows }) =>
      chatArtifact({
        id,
        title: `#${channel.name}: ${openingWords(rows.map(({ raw }) => raw.text))}`,
        url: `https://desk.example/${channel.id}/${rows[0]?.id ?? ""}`,
        ...{ heading: "", facts: [`#${channel.name}`], metadata: { channel: channel.name } },
        messages: rows.map((row) => ({
          ...told(row),
          markdown: saidBlock({ ...told(row), marks: [], blocks: [row.raw.text] }),
        })),
        place: {
          id: channel.id,
          from: Number(rows[0]?.id),
          until: new Date(Number(rows.at(-1)?.id)).toISOString(),
        },
      }),
  };
}

type Marks = (at: { top: string; lowest: string; isLast: boolean }) => Partial<ChannelRow>;

/** Pages below an id, until one reaches the floor. */
async function* downward(
  { db, api, channel }: Walk,
  { below, floor }: { below: string; floor: string },
  marksOf: Marks,
): pages.ArtifactPages {
  const { account, id, name } = channel;
  for (let top = below, isLast = false; !isLast;) {
    const { entries, more } = await api.messages(id, top);
    const lowest = more ? (entries.at(-1)?.id ?? "0") : "0";
    isLast = lowest <= floor;
    // The page speaks for everything from its lowest message to where it was asked from.
    const stored = await messages.store(db, keyOf(channel)).between(lowest, String(Number(top) - 1));
    const compared = compareMessages(
      entries.map((entry) => ({ id: entry.id, entry })),
      stored,
      {
        schema: messageSchema,
        notice: (one) => ({ key: `message:${id}:${one}`, words: `Message ${one}` }),
        row: (raw, before) => ({
          ...{ account, channelId: id, id: raw.id, said: true, raw },
          artifact: before?.artifact ?? null,
        }),
      },
    );
    await believeGone({
      gone: [...compared.deleted],
      isRead: () => true,
      isEmpty: entries.length === 0,
      isThere: (one) => api.has(id, one),
      ...{ service: "Desk", channel: name },
    });
    const marks = marksOf({ top: entries[0]?.id ?? "0", lowest, isLast });
    const after = { ...channel, ...marks };
    yield await pages.changedPage(readChannel(db, after, channel.readDownTo === null), compared, {
      cursor: { channel: id, top },
      completes: marks.readDownTo === "0",
      save: (tx) => chat.change(tx, account, [id], marks),
    });
    Object.assign(channel, marks);
    top = lowest;
  }
}

const HIGHEST = "9".repeat(13);
const WEEK_MS = 7 * 86_400_000;

/** What is new, and the last week again. The first time: the newest page. */
function readRecent(walk: Walk): pages.ArtifactPages {
  const { newestRead } = walk.channel;
  if (newestRead === null)
    return downward(walk, { below: HIGHEST, floor: HIGHEST }, ({ top, lowest }) => ({
      newestRead: top,
      readDownTo: lowest,
    }));
  let newest = newestRead;
  const floor = String(Math.max(0, Number(newestRead) - WEEK_MS));
  return downward(walk, { below: HIGHEST, floor }, ({ top, isLast }) => {
    if (top > newest) newest = top;
    return isLast ? { newestRead: newest } : {};
  });
}

async function* readOlder(walk: Walk): pages.ArtifactPages {
  const below = walk.channel.readDownTo ?? "0";
  if (below !== "0") yield* downward(walk, { below, floor: "0" }, ({ lowest }) => ({ readDownTo: lowest }));
}

/** The rows of channels are saved by a stream of their own, which comes before. */
export function messagesStream(context: SyncContext, api: DeskApi) {
  return chatStream<ChannelRow, Walk>(context, {
    tables: chat,
    forget: (tx) => chat.forgetReading(tx, context.account),
    walks: (db) => (channel) => ({ db, api, channel }),
    leaves: ({ access }) => access !== "readable",
    leave: ({ db, channel }, access) => pages.leavingPage({ db, key: keyOf(channel), tables: chat }, access),
    endOf: (_walk, error) => accessAfter(error),
    open: (all) => all.filter(({ access }) => access === "readable"),
    passes: [readRecent, readOlder],
    atOnce: 1,
    showAgain: ({ db }, channel) => pages.shownAgain(readChannel(db, channel, false)),
  });
}
