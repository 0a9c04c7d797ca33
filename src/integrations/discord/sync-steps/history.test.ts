import { expect, test } from "bun:test";
import { and, eq } from "drizzle-orm";
import { syncCheckpoint } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { discordApp } from "@test/discord";
import { discordViolations } from "@test/discord-truth";
import { fill, talk } from "@test/discord-worlds";

/** Makes what was done today be of long ago. */
async function letDaysPass(db: Db): Promise<void> {
  const history = { day: "2020-01-01", left: 0, channel: "0", after: "0" };
  await db
    .update(syncCheckpoint)
    .set({ cursor: { runId: "earlier", history } })
    .where(and(eq(syncCheckpoint.stream, "messages"), eq(syncCheckpoint.mode, "incremental")));
}

test("old edits and deletions are found by the day's slice of history, once a day", async () => {
  const acme = talk(13);
  fill(acme, { channels: 2, threads: 3, messages: 500, days: 60 });
  await using discord = await discordApp({ world: acme.world });
  await discord.connect({ rereadDays: "0" });
  await discord.sync("full");
  const [channel] = [...acme.world.channels.values()].filter(({ messages }) => messages.length > 100);
  if (channel === undefined) throw new Error("No channel with much talk");
  acme.world.edit(channel, channel.messages[5]?.id ?? "", "Rewritten long afterwards");
  acme.world.delete(channel, channel.messages[9]?.id ?? "");
  await discord.sync();
  expect(discord.server.requests.filter(({ route }) => route.endsWith("/messages"))).toEqual([]);
  await letDaysPass(discord.app.db);
  expect(await discord.sync()).toMatchObject({ state: "succeeded" });
  const asked = discord.server.requests.filter(({ route }) => route.endsWith("/messages"));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(10);
  expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
  await discord.sync();
  expect(discord.server.requests.filter(({ route }) => route.endsWith("/messages"))).toEqual([]);
});
