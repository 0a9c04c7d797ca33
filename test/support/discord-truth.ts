/** Compares what is stored and served of Discord with a stand-in's state, exactly, and says in words what differs. */
import { and, eq, isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { discordMessage } from "@/integrations/discord/db/schema";
import { expectedMessages, shownMessages } from "../fakes/discord/state";
import { compareIds } from "../fakes/discord/snowflake";
import type { DiscordWorld } from "../fakes/discord/world";

/** Empty when own rows and served artifacts are what the world holds. */
export async function discordViolations(db: Db, world: DiscordWorld): Promise<string[]> {
  const violations: string[] = [];
  const rows = await db.select().from(discordMessage);
  const expected = expectedMessages(world);
  const held = new Map(rows.map((row) => [`${row.channelId}/${row.id}`, row]));
  for (const [key, text] of expected) {
    const row = held.get(key);
    if (row === undefined) violations.push(`${key} is missing`);
    else if (`${row.content}|${row.raw.edited_timestamp ?? ""}` !== text) violations.push(`${key} is stale`);
  }
  for (const key of held.keys()) if (!expected.has(key)) violations.push(`${key} is stored but gone`);
  const served = await db
    .select()
    .from(mdArtifacts)
    .where(and(isNull(mdArtifacts.deletedAt), eq(mdArtifacts.kind, "conversation")));
  const shown = new Map<string, typeof rows>();
  for (const [channelId, ids] of shownMessages(world)) {
    for (const id of ids) {
      const row = held.get(`${channelId}/${id}`);
      if (row?.artifact === null || row === undefined) violations.push(`${channelId}/${id} is shown nowhere`);
      else shown.set(row.artifact, [...(shown.get(row.artifact) ?? []), row]);
    }
  }
  for (const artifact of served) {
    const messages = shown.get(artifact.integrationArtifactId);
    if (messages === undefined)
      violations.push(`${artifact.integrationArtifactId} is served without messages`);
    else violations.push(...inOrder(artifact, messages));
    shown.delete(artifact.integrationArtifactId);
  }
  for (const key of shown.keys()) violations.push(`${key} is not served`);
  return violations.slice(0, 20);
}

/** Every message's text in the order of ids, and no turn more than there are messages (and a starter). */
function inOrder(
  artifact: { integrationArtifactId: string; markdown: string; metadata: Record<string, unknown> },
  messages: readonly { id: string; content: string }[],
): string[] {
  const { integrationArtifactId: id, markdown } = artifact;
  const sorted = [...messages].sort((a, b) => compareIds(a.id, b.id));
  let from = 0;
  for (const { id: message, content } of sorted) {
    const at = markdown.indexOf(content, from);
    if (at === -1) return [`${id} lacks message ${message}, or has it in another order`];
    from = at + content.length;
  }
  const turns = [...markdown.matchAll(/^\*\*.+\*\* \(\d\d:\d\d[^)]*\):/gm)].length;
  const said = Number(artifact.metadata["messages"]);
  if (turns !== said) return [`${id} has ${turns} turns for ${said} messages`];
  const starters = said - messages.length;
  return starters === 0 || (starters === 1 && id.startsWith("discord:thread:"))
    ? []
    : [`${id} shows ${said} messages instead of ${messages.length}`];
}
