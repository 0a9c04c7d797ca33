/** Messages in a row as one artifact: a stretch of a channel, a thread, or a part of a long thread. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import { chatArtifact, openingWords } from "@/core/services/conversations/chat-artifact";
import { nameText } from "@/core/services/conversations/chat-markdown";
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { isThread, kindOfChannel, holdsPosts } from "../models/channel-types";
import { timeOfId } from "../models/snowflake";
import { markdownOf } from "./markup";
import { authorOf, messageBlock, type MessageScene } from "./message";
import { briefly } from "./parts";

export interface Place {
  id: string;
  type: number;
  name: string;
  topic: string | null;
  tags: readonly string[];
  archived: boolean;
  server: { id: string; name: string };
  /** The channel of a thread. */
  parent: { name: string; type: number } | undefined;
}

/**
 * @param artifact source id, from the ids of channel and first message.
 * @param messages by rising id, at least one.
 * @param starter the message of the channel that a thread began from.
 */
export function conversationArtifact(
  artifact: string,
  place: Place,
  messages: readonly ApiMessage[],
  scene: MessageScene,
  starter?: ApiMessage,
): RenderedArtifact {
  const first = messages[0]?.id ?? place.id;
  const last = messages.at(-1)?.id ?? first;
  const all = starter === undefined ? messages : [starter, ...messages];
  const { parent } = place;
  const { name, tags, archived } = place;
  const about: Record<string, JsonValue> = isThread(place.type)
    ? { thread: name, tags: [...tags], archived }
    : {};
  return chatArtifact({
    id: artifact,
    title: titleOf(place, messages[0], all, scene),
    url: isThread(place.type) ? scene.link : `${scene.link}/${first}`,
    heading: parent === undefined ? "" : `# ${nameText(place.name, "Thread")}`,
    facts: factsOf(place),
    messages: all.map((message) => ({
      author: authorOf(message, scene.names),
      at: message.timestamp,
      markdown: messageBlock(message, scene),
    })),
    place: { id: place.id, from: timeOfId(first), until: new Date(timeOfId(last)).toISOString() },
    metadata: { server: place.server.name, channel: parent?.name ?? place.name, ...about },
  });
}

function titleOf(
  { name, parent }: Place,
  first: ApiMessage | undefined,
  all: readonly ApiMessage[],
  scene: MessageScene,
): string {
  if (parent !== undefined) return `${name} (#${parent.name})`;
  // Talk of files and cards alone is called by the first of these.
  const words = openingWords(
    [...all.map(({ content }) => content), ...all.map((message) => briefly(message))].map((text) =>
      markdownOf(text, scene.names),
    ),
  );
  return `#${name}, ${first?.timestamp.slice(0, 10) ?? ""}${words === "" ? "" : `: ${words}`}`;
}

function factsOf({ name, type, parent, server, topic, tags }: Place): string[] {
  const where =
    parent === undefined
      ? `#${nameText(name, "")} (${kindOfChannel(type)})`
      : `${holdsPosts(parent.type) ? "Post" : "Thread"} in #${nameText(parent.name, "")}`;
  return [
    `${where} of ${nameText(server.name, "")}`,
    topic ? `Topic: ${plainLine(topic, 200)}` : "",
    tags.length === 0 ? "" : `Tags: ${tags.map((tag) => nameText(tag, "")).join(", ")}`,
  ];
}
