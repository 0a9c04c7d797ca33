/** Messages in a row as one artifact. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import { plainText } from "@/core/services/insights/plain";
import { plainLine } from "@/lib/clean-text";
import { DAY_MS } from "@/lib/time";
import { nameText } from "./chat-markdown";

/** People named as the artifact's authors, and as its participants. */
const MOST_AUTHORS = 5;
const MOST_PARTICIPANTS = 50;

export interface SaidMessage {
  author: string;
  /** ISO time. */
  at: string;
  markdown: string;
}

export interface ChatConversation {
  /** Source id, from the ids of the place and the first message alone. */
  id: string;
  title: string;
  url: string;
  /** What stands above: a heading and the like, then facts on lines of their own. Empty ones are left out. */
  heading: string;
  facts: readonly string[];
  /** In the order of their times. */
  messages: readonly SaidMessage[];
  /** Where it stands among others of the place: they are neighbours that lie near in time. */
  place: { id: string; from: number; until: string };
  metadata: Record<string, JsonValue>;
}

/** A conversation: its facts, who takes part, and the messages under a heading for each day (UTC). */
export function chatArtifact(conversation: ChatConversation): RenderedArtifact {
  const { id, title, url, heading, facts, messages, place, metadata } = conversation;
  const people = [...new Set(messages.map(({ author }) => author))];
  const head = [...facts, `People: ${people.map((name) => nameText(name, "")).join(", ")}`];
  const above = [heading, head.filter((line) => line !== "").join("  \n")];
  return {
    integrationArtifactId: id,
    kind: "conversation",
    title,
    url,
    author: people.slice(0, MOST_AUTHORS).join(", "),
    artifactDate: place.until,
    markdown: [...above.filter((part) => part !== ""), ...byDay(messages)].join("\n\n") + "\n",
    metadata: {
      ...metadata,
      participants: people.slice(0, MOST_PARTICIPANTS),
      messages: messages.length,
      sequence: { container: place.id, position: place.from / DAY_MS },
    },
  };
}

/** The first words of a conversation, for its title; "" where none of its messages has any. */
export function openingWords(texts: Iterable<string>): string {
  for (const markdown of texts) {
    const words = plainLine(plainText(markdown), 80);
    if (words !== "") return words;
  }
  return "";
}

function byDay(messages: readonly SaidMessage[]): string[] {
  let day = "";
  return messages.flatMap(({ at, markdown }) => {
    const own = at.slice(0, 10);
    const heading = own === day ? [] : [`## ${own}`];
    day = own;
    return [...heading, markdown];
  });
}
