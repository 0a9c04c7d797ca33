/** Messages in a row as one artifact: a stretch of a channel, a thread, or a part of a long thread. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { plainText } from "@/core/services/insights/plain";
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { directWith, isDirect } from "../models/direct";
import { isoOf, timeOf } from "../models/timestamp";
import { authorOf, linkTo, messageBlock, type MessageScene, wordsOf } from "./message";
import { markdownOf, nameOf } from "./mrkdwn";

export interface Place {
  id: string;
  name: string;
  topic: string;
  isPrivate: boolean;
  workspace: string;
}

const DAY_MS = 86_400_000;

/** @param messages rising, at least one. @param thread whether they are a thread, or part of one. */
export function conversationArtifact(
  artifact: string,
  place: Place,
  messages: readonly ApiMessage[],
  scene: MessageScene,
  thread: boolean,
): RenderedArtifact {
  const first = messages[0]?.ts ?? "0";
  const authors = [...new Set(messages.map((message) => authorOf(message, scene.names)))];
  return {
    integrationArtifactId: artifact,
    kind: "conversation",
    title: titleOf(place, first, messages, scene, thread),
    url: linkTo(scene, first),
    author: authors.slice(0, 5).join(", "),
    artifactDate: isoOf(messages.at(-1)?.ts ?? first),
    markdown: [headOf(place, authors, thread), ...byDay(messages, scene, thread)].join("\n\n") + "\n",
    metadata: {
      workspace: place.workspace,
      channel: place.name,
      ...(thread ? { thread: first } : {}),
      participants: authors.slice(0, 50),
      messages: messages.length,
      // Neighbours in search are those that lie near in time: the place counts days.
      sequence: { container: place.id, position: timeOf(first) / DAY_MS },
    },
  };
}

function titleOf(
  place: Place,
  first: string,
  messages: readonly ApiMessage[],
  scene: MessageScene,
  thread: boolean,
): string {
  const opening = messages
    .filter(({ subtype }) => subtype !== "tombstone")
    .map(wordsOf)
    .find((text) => text.trim() !== "");
  const words = plainLine(plainText(markdownOf(opening ?? "", scene.names)), 80);
  const day = isoOf(first).slice(0, 10);
  const where = isDirect(place)
    ? `Direct messages with ${plainLine(directWith(place), 100)}`
    : `#${place.name}`;
  if (thread) return `${words === "" ? `Thread of ${day}` : words} (thread in ${where})`;
  return words === "" ? `${where}, ${day}` : `${where}, ${day}: ${words}`;
}

function headOf(place: Place, authors: readonly string[], thread: boolean): string {
  const channel = isDirect(place)
    ? `direct messages with ${nameOf(directWith(place), "")}`
    : `#${nameOf(place.name, "")} (${place.isPrivate ? "private channel" : "channel"})`;
  const facts = [
    `${thread ? `Thread in ${channel}` : capital(channel)} of ${nameOf(place.workspace, "")}`,
    place.topic === "" ? "" : `Topic: ${nameOf(place.topic, "")}`,
    `People: ${authors.map((author) => nameOf(author, "")).join(", ")}`,
  ];
  return facts.filter((line) => line !== "").join("  \n");
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Messages under a heading for each day (UTC). */
function byDay(messages: readonly ApiMessage[], scene: MessageScene, thread: boolean): string[] {
  let day = "";
  return messages.flatMap((message) => {
    const own = isoOf(message.ts).slice(0, 10);
    const heading = own === day ? [] : [`## ${own}`];
    day = own;
    return [...heading, messageBlock(message, scene, thread)];
  });
}
