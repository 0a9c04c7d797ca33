/** The conversations that changes of a channel touch, rendered anew, and the artifacts that are no more. */
import type { RenderedArtifact } from "@/core/models/artifact";
import {
  type Changes,
  type MessageStore,
  type Range,
  type StoredMessage,
  type Window,
  windowsAround,
  type WindowRule,
} from "./windows";

export interface Conversations<Row extends StoredMessage> extends WindowRule {
  store: MessageStore<Row>;
  /** True on a channel's first page: what may begin further down is shown as far as it is known. */
  provisional: boolean;
  /** Source id of a conversation, from the ids of the channel and its first message alone. */
  keyOf: (window: Window<Row>) => string;
  render: (
    key: string,
    window: Window<Row>,
    changes: Changes<Row>,
  ) => Promise<RenderedArtifact> | RenderedArtifact;
}

export interface TouchedConversations {
  items: RenderedArtifact[];
  /** Ids of messages by the artifact that they are shown in from now on. */
  placed: Map<string, string[]>;
  /** Source ids of artifacts that nothing is shown in any more. */
  removed: string[];
}

/** Conversations that ranges of a channel lie in, rendered as they are after the changes. */
export async function touchedConversations<Row extends StoredMessage>(
  channel: Conversations<Row>,
  ranges: readonly Range[],
  changes: Changes<Row>,
): Promise<TouchedConversations> {
  const items = new Map<string, RenderedArtifact>();
  const placed = new Map<string, string[]>();
  const before = new Set<string>();
  const kept = new Set<string>();
  for (const range of ranges) {
    const touched = await windowsAround(channel.store, range, changes, channel);
    for (const artifact of touched.before) before.add(artifact);
    for (const window of touched.windows) {
      const shownIn = window.rows.flatMap(({ artifact }) => artifact ?? []);
      // Older messages that are still to be read may belong to it: what is shown of it stays until they are.
      if (!window.settled && shownIn.length > 0) {
        for (const artifact of shownIn) kept.add(artifact);
        continue;
      }
      if (!window.settled && !channel.provisional) continue;
      const key = channel.keyOf(window);
      items.set(key, await channel.render(key, window, changes));
      const moved = window.rows.filter((row) => row.artifact !== key);
      placed.set(
        key,
        moved.map(({ id }) => id),
      );
    }
  }
  const removed = [...before].filter((artifact) => !items.has(artifact) && !kept.has(artifact));
  return { items: [...items.values()], placed, removed };
}
