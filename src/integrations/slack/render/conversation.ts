/** Messages in a row as one artifact: a stretch of a channel, a thread, or a part of a long thread. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { chatArtifact, openingWords } from "@/core/services/conversations/chat-artifact";
import { nameText } from "@/core/services/conversations/chat-markdown";
import { plainLine } from "@/lib/clean-text";
import type { ApiMessage } from "../models/api";
import { directWith, isDirect } from "../models/direct";
import { isoOf, timeOf } from "../models/timestamp";
import { authorOf, linkTo, messageBlock, type MessageScene, wordsOf } from "./message";
import { markdownOf } from "./mrkdwn";

export interface Place {
  id: string;
  name: string;
  topic: string;
  isPrivate: boolean;
  workspace: string;
}

/** @param messages rising, at least one. @param thread whether they are a thread, or part of one. */
export function conversationArtifact(
  artifact: string,
  place: Place,
  messages: readonly ApiMessage[],
  scene: MessageScene,
  thread: boolean,
): RenderedArtifact {
  const first = messages[0]?.ts ?? "0";
  return chatArtifact({
    id: artifact,
    title: titleOf(place, first, messages, scene, thread),
    url: linkTo(scene, first),
    heading: "",
    facts: factsOf(place, thread),
    messages: messages.map((message) => ({
      author: authorOf(message, scene.names),
      at: isoOf(message.ts),
      markdown: messageBlock(message, scene, thread),
    })),
    place: { id: place.id, from: timeOf(first), until: isoOf(messages.at(-1)?.ts ?? first) },
    metadata: { workspace: place.workspace, channel: place.name, ...(thread ? { thread: first } : {}) },
  });
}

function titleOf(
  place: Place,
  first: string,
  messages: readonly ApiMessage[],
  scene: MessageScene,
  thread: boolean,
): string {
  const said = messages.filter(({ subtype }) => subtype !== "tombstone");
  const words = openingWords(said.map((message) => markdownOf(wordsOf(message), scene.names)));
  const day = isoOf(first).slice(0, 10);
  const where = isDirect(place)
    ? `Direct messages with ${plainLine(directWith(place), 100)}`
    : `#${place.name}`;
  if (thread) return `${words === "" ? `Thread of ${day}` : words} (thread in ${where})`;
  return words === "" ? `${where}, ${day}` : `${where}, ${day}: ${words}`;
}

function factsOf(place: Place, thread: boolean): string[] {
  const { name, isPrivate, workspace, topic } = place;
  const channel = isDirect(place)
    ? `direct messages with ${nameText(directWith(place), "")}`
    : `#${nameText(name, "")} (${isPrivate ? "private channel" : "channel"})`;
  return [
    `${thread ? `Thread in ${channel}` : capital(channel)} of ${nameText(workspace, "")}`,
    topic === "" ? "" : `Topic: ${nameText(topic, "")}`,
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
