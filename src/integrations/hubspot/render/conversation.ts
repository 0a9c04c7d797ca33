import { htmlText } from "@/core/services/readers/html-text";
import { shownName } from "@/lib/file-names";
import { inlineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Message } from "../models/models";

/** Who wrote what when, with the names of files; "" for nothing. */
export async function conversationText(messages: readonly Message[], signal: AbortSignal): Promise<string> {
  const said: string[] = [];
  for (const message of messages) said.push(await turnOf(message, signal));
  return said.length === 0 ? "" : `## Conversation\n\n${said.join("\n\n")}`;
}

async function turnOf(message: Message, signal: AbortSignal): Promise<string> {
  const [sender] = message.senders;
  const at = toIso(message.createdAt);
  const when = at === undefined ? "" : ` (${at.slice(0, 16).replace("T", " ")} UTC)`;
  const name = sender?.name || sender?.deliveryIdentifier?.value || "Somebody";
  const html = await htmlText(message.richText ?? "", { name: "message", level: 3, signal });
  const files = message.attachments.flatMap((file) => (file.name ? [inlineText(shownName(file.name))] : []));
  const parts = [
    `**${inlineText(name)}**${when}:`,
    html || paragraphText(message.text ?? ""),
    files.length === 0 ? "" : `Attached: ${files.join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
