/** Threads of a channel, a request and a page each. */
import { type ArtifactPages } from "@/core/services/conversations/channel-pages";
import { type ReadThreads, threadPage } from "@/core/services/conversations/thread-pages";
import { MissingError } from "@/core/services/http/errors";
import type { SlackApi } from "../api";
import { type MessageRow, messages } from "../db/messages";
import { saveUsers } from "../db/queries";
import type { MessagesAnswer } from "../models/api";
import { compare, peopleIn } from "./compare";
import { artifactOf, keyOf, type Reading } from "./message-page";

/** A page for each thread of the channel that has answers to be read. */
export async function* threadPages(reading: Reading): ArtifactPages {
  const { db, api, scene, channel, fill } = reading;
  const key = keyOf(channel);
  for (const ts of await messages.pendingThreads(db, key)) {
    const answered = await repliesOf(api, channel.id, ts);
    const people = await scene.meet(peopleIn(answered));
    const stored = await messages.thread(db, key, ts);
    await fill(answered, stored);
    const compared = compare(key, scene.names, answered, stored);
    yield await threadPage(
      readThreads(reading),
      ts,
      { compared, stored },
      {
        // A thread that is read for an answer to all is read again where it began: that is no listing gone round.
        cursor: { channel: channel.id, backTo: channel.backTo, thread: ts },
        save: (tx) => saveUsers(tx, people),
      },
    );
  }
}

/** The channel's threads: how each is shown. */
export function readThreads(reading: Reading): ReadThreads<MessageRow> {
  const { db, channel } = reading;
  return {
    db,
    key: keyOf(channel),
    messages,
    keyOf: (thread, part) => `slack:thread:${channel.id}:${thread}${part === undefined ? "" : `:${part}`}`,
    render: (artifact, rows) => artifactOf(reading, artifact, rows, true),
  };
}

async function repliesOf(api: SlackApi, channel: string, ts: string): Promise<MessagesAnswer["messages"]> {
  try {
    return await api.replies(channel, ts);
  } catch (error) {
    // Deleted since the channel was read: nothing of it is left.
    if (error instanceof MissingError) return [];
    throw error;
  }
}
