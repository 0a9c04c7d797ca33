/** The overview of a workspace: what its channels are for, and which of them the app is not in. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { nameText } from "@/core/services/conversations/chat-markdown";
import { bulletList, inlineText } from "@/lib/markdown-text";
import type { ChannelRow } from "../db/queries";
import { isDirect } from "../models/direct";
import { markdownOf, type Names } from "./mrkdwn";

export interface Workspace {
  id: string;
  name: string;
  /** With a slash at its end. */
  url: string;
}

export function workspaceArtifact(
  workspace: Workspace,
  channels: readonly ChannelRow[],
  names: Names,
): RenderedArtifact {
  // Who talks with whom is not for an overview.
  const sorted = channels.filter((row) => !isDirect(row)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const section = (title: string, rows: readonly ChannelRow[]) =>
    rows.length === 0 ? [] : [`## ${title}`, bulletList(rows.map((row) => channelLine(row, names)))];
  const readable = sorted.filter(({ access }) => access === "readable" || access === "archived");
  return {
    integrationArtifactId: `slack:workspace:${workspace.id}`,
    kind: "document",
    title: `${workspace.name}: channels of the Slack workspace`,
    url: workspace.url,
    markdown: [
      `# ${inlineText(workspace.name)}`,
      ...section(
        "Channels",
        readable.filter(({ isArchived }) => !isArchived),
      ),
      ...section(
        "Archived channels",
        readable.filter(({ isArchived }) => isArchived),
      ),
      ...section(
        "Channels that the app was not invited to",
        sorted.filter(({ access }) => access === "not joined"),
      ),
    ].join("\n\n"),
  };
}

function channelLine({ name, isPrivate, purpose, topic }: ChannelRow, names: Names): string {
  const about = [purpose, topic]
    .filter((text) => text !== "")
    .map((text) => markdownOf(text.replaceAll("\n", " "), names));
  return `#${nameText(name, "")}${isPrivate ? " (private)" : ""}${about.length === 0 ? "" : `: ${about.join(" · ")}`}`;
}
