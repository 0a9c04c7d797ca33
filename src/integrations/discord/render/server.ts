/** The overview of a server: what its channels are for. Channels that the bot cannot see are not named. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { nameText } from "@/core/services/conversations/chat-markdown";
import { plainLine } from "@/lib/clean-text";
import { CATEGORY, isThread, kindOfChannel } from "../models/channel-types";

export interface ListedChannel {
  id: string;
  type: number;
  name: string;
  topic: string | null;
  parentId: string | null;
  position: number;
  access: string;
}

export function serverArtifact(
  server: { id: string; name: string; description: string | null },
  channels: readonly ListedChannel[],
): RenderedArtifact {
  const readable = channels.filter(
    ({ type, access }) => access === "readable" && type !== CATEGORY && !isThread(type),
  );
  const shown = readable.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  const categories = channels
    .filter(({ type }) => type === CATEGORY)
    .toSorted((a, b) => a.position - b.position);
  const groups = [undefined, ...categories].flatMap((category) => {
    const known = new Set(categories.map(({ id }) => id));
    const inside = shown.filter(({ parentId }) =>
      category === undefined ? !known.has(parentId ?? "") : parentId === category.id,
    );
    if (inside.length === 0) return [];
    return [`## ${nameText(category?.name ?? "Channels", "Channels")}`, inside.map(lineOf).join("\n")];
  });
  const introduction = server.description === null ? [] : [plainLine(server.description, 1_000)];
  return {
    integrationArtifactId: `discord:server:${server.id}`,
    kind: "document",
    title: `${server.name}: channels of the Discord server`,
    url: `https://discord.com/channels/${server.id}`,
    markdown: [`# ${nameText(server.name, "Server")}`, ...introduction, ...groups].join("\n\n") + "\n",
    metadata: { server: server.name, channels: shown.length },
  };
}

function lineOf({ name, type, topic }: ListedChannel): string {
  const about = topic === null || topic === "" ? "" : `: ${plainLine(topic, 500)}`;
  return `- #${nameText(name, "unnamed")} (${kindOfChannel(type)})${about}`;
}
