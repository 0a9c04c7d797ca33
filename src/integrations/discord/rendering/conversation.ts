/** Messages in a row as one artifact: a stretch of a channel, a thread, or a part of a long thread. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { plainText } from "@/core/services/insights/plain";
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { isThread, kindOfChannel, holdsPosts } from "../models/channel-types";
import { timeOfId } from "../models/snowflake";
import { markdownOf, nameOf } from "./markup";
import { authorOf, messageBlock, type MessageScene } from "./message";

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

const DAY_MS = 86_400_000;

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
  const first = messages[0];
  const last = messages.at(-1) ?? first;
  const all = starter === undefined ? messages : [starter, ...messages];
  const authors = [...new Set(all.map((message) => authorOf(message, scene.names)))];
  return {
    integrationArtifactId: artifact,
    kind: "conversation",
    title: titleOf(place, first, all, scene),
    url: isThread(place.type) ? scene.link : `${scene.link}/${first?.id ?? ""}`,
    author: authors.slice(0, 5).join(", "),
    artifactDate: new Date(timeOfId(last?.id ?? place.id)).toISOString(),
    markdown: [...headLines(place, authors), ...byDay(all, scene)].join("\n\n") + "\n",
    metadata: {
      server: place.server.name,
      channel: place.parent?.name ?? place.name,
      ...(isThread(place.type)
        ? { thread: place.name, tags: [...place.tags], archived: place.archived }
        : {}),
      participants: authors.slice(0, 50),
      messages: all.length,
      // Neighbours in search are those that lie near in time: the place counts days.
      sequence: { container: place.id, position: timeOfId(first?.id ?? place.id) / DAY_MS },
    },
  };
}

function titleOf(
  place: Place,
  first: ApiMessage | undefined,
  all: readonly ApiMessage[],
  scene: MessageScene,
): string {
  const { parent } = place;
  if (parent !== undefined) return `${place.name} (#${parent.name})`;
  const opening = all.find((message) => message.content.trim() !== "");
  const words = plainLine(plainText(markdownOf(opening?.content ?? "", scene.names)), 80);
  const day = first?.timestamp.slice(0, 10) ?? "";
  return words === "" ? `#${place.name}, ${day}` : `#${place.name}, ${day}: ${words}`;
}

function headLines(place: Place, authors: readonly string[]): string[] {
  const { parent } = place;
  const where =
    parent === undefined
      ? `#${nameOf(place.name, "")} (${kindOfChannel(place.type)})`
      : `${holdsPosts(parent.type) ? "Post" : "Thread"} in #${nameOf(parent.name, "")}`;
  const facts = [
    `${where} of ${nameOf(place.server.name, "")}`,
    place.topic === null || place.topic === "" ? "" : `Topic: ${plainLine(place.topic, 200)}`,
    place.tags.length === 0 ? "" : `Tags: ${place.tags.map((tag) => nameOf(tag, "")).join(", ")}`,
    `People: ${authors.map((author) => nameOf(author, "")).join(", ")}`,
  ].filter((line) => line !== "");
  const heading = parent === undefined ? [] : [`# ${nameOf(place.name, "Thread")}`];
  return [...heading, facts.join("  \n")];
}

/** Messages under a heading for each day (UTC). */
function byDay(messages: readonly ApiMessage[], scene: MessageScene): string[] {
  let day = "";
  return messages.flatMap((message) => {
    const own = message.timestamp.slice(0, 10);
    const heading = own === day ? [] : [`## ${own}`];
    day = own;
    return [...heading, messageBlock(message, scene)];
  });
}
