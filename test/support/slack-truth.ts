/** Compares what is stored and served of Slack with a stand-in's state, exactly, and says in words what differs. */
import { and, eq, isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { slackMessage } from "@/integrations/slack/db/schema";
import type { FakeChannel, FakeMessage, SlackWorld } from "../fakes/slack/world";

type Row = typeof slackMessage.$inferSelect;

/** Empty when own rows and served conversations and threads are what the world holds. */
export async function slackViolations(db: Db, world: SlackWorld): Promise<string[]> {
  const violations: string[] = [];
  const held = new Map(
    (await db.select().from(slackMessage)).map((row) => [keyOf(row.channelId, { ts: row.id }), row]),
  );
  const shown = new Map<string, Row[]>();
  const show = (artifact: string | null | undefined, row: Row | undefined, where: string) => {
    if (!artifact || row === undefined) violations.push(`${where} is shown nowhere`);
    else shown.set(artifact, [...(shown.get(artifact) ?? []), row]);
  };
  const expected = new Set<string>();
  for (const channel of world.readable()) {
    for (const message of channel.messages) {
      const key = keyOf(channel.id, message);
      expected.add(key);
      const row = held.get(key);
      if (row === undefined) violations.push(`${key} is missing`);
      else if (row.text !== message.text) violations.push(`${key} is stale`);
    }
    for (const message of world.inChannel(channel)) {
      const row = held.get(keyOf(channel.id, message));
      show(row?.artifact, row, keyOf(channel.id, message));
    }
    for (const message of inThreads(world, channel)) {
      const row = held.get(keyOf(channel.id, message));
      show(row?.threadArtifact, row, `${keyOf(channel.id, message)} of a thread`);
    }
  }
  for (const key of held.keys()) if (!expected.has(key)) violations.push(`${key} is stored but gone`);
  return [...violations, ...(await servedViolations(db, shown))].slice(0, 20);
}

const keyOf = (channelId: string, { ts }: { ts: string }) => `${channelId}/${ts}`;

/** Messages that got answers, and those. */
function inThreads(world: SlackWorld, channel: FakeChannel): FakeMessage[] {
  return channel.messages.flatMap((message) => {
    const answers = world.answersTo(channel, message);
    return answers.length === 0 ? [] : [message, ...answers];
  });
}

async function servedViolations(db: Db, shown: Map<string, Row[]>): Promise<string[]> {
  const found: string[] = [];
  const served = await db
    .select()
    .from(mdArtifacts)
    .where(and(isNull(mdArtifacts.deletedAt), eq(mdArtifacts.kind, "conversation")));
  for (const { integrationArtifactId: id, markdown } of served) {
    const rows = shown.get(id)?.toSorted((a, b) => (a.id < b.id ? -1 : 1)) ?? [];
    shown.delete(id);
    const turns = [...markdown.matchAll(/^\*\*.+\*\* \(\d\d:\d\d[^)]*\):/gm)].length;
    if (turns !== rows.length) found.push(`${id} has ${turns} turns for ${rows.length} messages`);
    let from = 0;
    for (const { id: ts, text, subtype } of rows) {
      const at = markdown.indexOf(subtype === "tombstone" ? "(This message was deleted.)" : text, from);
      if (at === -1) found.push(`${id} lacks message ${ts}, or has it in another order`);
      else from = at + 1;
    }
  }
  for (const id of shown.keys()) found.push(`${id} is not served`);
  return found;
}
