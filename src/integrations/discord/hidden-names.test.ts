/** Names of what the bot may not see: Discord lists them to it, and nobody who searches learns them. */
import { expect, test } from "bun:test";
import { discordApp, type DiscordApp } from "@test/discord";
import { talk, type Talk } from "@test/discord-worlds";
import { VIEW } from "../../../test/fakes/discord/permissions";
import type { FakeChannel } from "../../../test/fakes/discord/world";

async function synced(): Promise<DiscordApp & { acme: Talk; room: FakeChannel; other: FakeChannel }> {
  const acme = talk(3);
  const [room, other] = ["room", "other"].map((name) => acme.world.addChannel(acme.guild, name));
  if (room === undefined || other === undefined) throw new Error("There is no channel.");
  acme.say(room, Date.now());
  const discord = await discordApp({ world: acme.world });
  await discord.connect();
  await discord.sync("full");
  return { ...discord, acme, room, other };
}

function deny(channel: FakeChannel, what: bigint): void {
  channel.overwrites.push({ id: channel.guildId, type: 0, allow: 0n, deny: what });
}

test("a channel that the bot may not see is named nowhere, and is again once it may", async () => {
  await using discord = await synced();
  const { acme, room } = discord;
  const secret = acme.world.addChannel(acme.guild, "layoffs", { topic: "Who goes" });
  acme.world.post(room, acme.world.bot, `All of it is in <#${secret.id}>`);
  deny(secret, VIEW);
  const told = async () => {
    const { rows } = await discord.app.sql.query(
      `SELECT "markdown" AS t FROM "mdArtifacts" WHERE t LIKE '%layoffs%' OR t LIKE '%Who goes%' ` +
        `UNION ALL SELECT "name" FROM "discordChannel" WHERE "name" = 'layoffs' OR "topic" = 'Who goes'`,
    );
    return rows.length;
  };
  await discord.sync();
  expect(await told()).toBe(0);
  secret.overwrites.length = 0;
  await discord.sync();
  // Its row, the overview of the server, and where it is spoken of.
  expect(await told()).toBe(3);
  deny(secret, VIEW);
  await discord.sync();
  expect(await told()).toBe(0);
});

test("a channel that is closed takes the names of its threads from where they are spoken of", async () => {
  await using discord = await synced();
  const { acme, room, other } = discord;
  const thread = acme.world.addThread(room, "Severance pay", acme.world.bot, { at: Date.now() });
  acme.world.post(thread, acme.world.bot, "How much?");
  acme.world.post(other, acme.world.bot, `It is in <#${thread.id}>`);
  const archived = acme.world.addThread(room, "Severance pay, part one", acme.world.bot, { at: Date.now() });
  acme.world.post(archived, acme.world.bot, "A month for each year");
  acme.world.archive(archived, Date.now() - 86_400_000);
  const listed = async () => {
    const { rows } = await discord.app.sql.query(
      `SELECT 1 FROM "discordChannel" WHERE "name" LIKE 'Severance%'`,
    );
    return rows.length;
  };
  const told = async () => {
    const text = '"deletedAt" IS NULL AND "markdown" LIKE \'%Severance pay%\'';
    const { rows } = await discord.app.sql.query(`SELECT 1 FROM "mdArtifacts" WHERE ${text}`);
    return rows.length;
  };
  await discord.sync();
  expect([await told(), await listed()]).toEqual([3, 2]);
  deny(room, VIEW);
  await discord.sync();
  expect([await told(), await listed()]).toEqual([0, 0]);
  room.overwrites.length = 0;
  await discord.sync();
  expect([await told(), await listed()]).toEqual([3, 2]);
  acme.guild.joined = false;
  await discord.sync();
  expect([await told(), await listed()]).toEqual([0, 0]);
  acme.guild.joined = true;
  await discord.sync();
  expect([await told(), await listed()]).toEqual([3, 2]);
});
