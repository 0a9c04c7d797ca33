/** What the bot may see changes: nothing is lost that may be seen, nothing is served that may not. */
import { describe, expect, test } from "bun:test";
import { and, eq, isNull, like } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { mdArtifacts, syncCheckpoint } from "@/core/db/schema";
import { discordApp, type DiscordApp } from "@test/discord";
import { discordViolations } from "@test/discord-truth";
import { fill, talk, type Talk } from "@test/discord-worlds";
import { structureViolations } from "@test/invariants";
import { HISTORY, MANAGE_THREADS, VIEW } from "../../../test/fakes/discord/permissions";
import type { FakeChannel } from "../../../test/fakes/discord/world";

async function synced(
  options: Record<string, string> = {},
): Promise<DiscordApp & { acme: Talk; room: FakeChannel }> {
  const acme = talk(3);
  fill(acme, { channels: 3, threads: 6, messages: 120, days: 20 });
  const room = [...acme.world.channels.values()].find(({ name }) => name === "channel-0");
  if (room === undefined) throw new Error("No such channel");
  const discord = await discordApp({ world: acme.world });
  await discord.connect(options);
  expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  return { ...discord, acme, room };
}

function deny(channel: FakeChannel, what: bigint): void {
  channel.overwrites.push({ id: channel.guildId, type: 0, allow: 0n, deny: what });
}

async function failures({ app }: DiscordApp): Promise<string> {
  return (await listTasks(app.db, "Discord", 0, { status: "FAILED" }))
    .map(({ error }) => error ?? "")
    .join("\n");
}

const served = ({ app }: DiscordApp, id: string) =>
  app.db.$count(
    mdArtifacts,
    and(isNull(mdArtifacts.deletedAt), like(mdArtifacts.integrationArtifactId, `%${id}%`)),
  );

describe("a channel", () => {
  test("that is closed to the bot is not asked for, hidden with its threads, and back when it is opened", async () => {
    await using discord = await synced();
    const { room } = discord;
    deny(room, VIEW);
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(discord.server.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await served(discord, room.id)).toBe(0);
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
    const hidden = await discord.app.db.$count(mdArtifacts, eq(mdArtifacts.deletedReason, "hidden"));
    expect(hidden).toBeGreaterThan(0);
    room.overwrites.length = 0;
    expect(await discord.sync()).toMatchObject({ state: "succeeded" });
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
    expect(await structureViolations(discord.app.db)).toEqual([]);
  });

  test("whose history may not be read is never taken for empty, and the person is told", async () => {
    await using discord = await synced();
    const { room } = discord;
    deny(room, HISTORY);
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 1 });
    expect(await failures(discord)).toContain(
      `#channel-0 cannot be read: the bot sees it but lacks the right`,
    );
    expect(discord.server.requests.filter(({ path }) => path.includes(`${room.id}/messages`))).toEqual([]);
    room.overwrites.length = 0;
    expect(await discord.sync()).toMatchObject({ failed: 0 });
    expect(await failures(discord)).toBe("");
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
    // Nor is anybody told of it for ever when the channel is deleted.
    deny(room, HISTORY);
    expect(await discord.sync()).toMatchObject({ failed: 1 });
    discord.world.deleteChannel(room);
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await failures(discord)).toBe("");
  });

  test("that lies about its rights, with an empty list, loses nothing", async () => {
    await using discord = await synced({ rereadDays: "90" });
    const { room } = discord;
    const before = await served(discord, room.id);
    // The rights are taken away after they were worked out: Discord then answers with nothing.
    discord.server.onRequest = ({ path }) => {
      if (path.includes("/messages")) deny(room, HISTORY);
    };
    await discord.sync();
    discord.server.onRequest = undefined;
    room.overwrites.length = 0;
    await discord.sync();
    expect(await served(discord, room.id)).toBe(before);
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("that is refused all the same is asked once a day, and again by a full sync", async () => {
    await using discord = await synced();
    const { acme, room } = discord;
    const closed = new Set<string>();
    discord.server.onRefuse = ({ path }) => closed.has(path);
    closed.add(`/channels/${room.id}/messages`);
    acme.say(room, Date.now());
    await discord.sync();
    expect(discord.server.requests.filter(({ status }) => status === 403)).toHaveLength(1);
    await discord.sync();
    expect(discord.server.requests.filter(({ status }) => status === 403)).toEqual([]);
    expect(await served(discord, `conv:${room.id}`)).toBe(0);
    // What is new and what is old are read one after the other, but not of a channel that has refused.
    await discord.sync("full");
    expect(discord.server.requests.filter(({ status }) => status === 403)).toHaveLength(1);
    closed.clear();
    await discord.sync("full");
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("from which the right was taken while it was read, and given back, is there again the next day", async () => {
    await using discord = await synced();
    const { acme, room } = discord;
    acme.say(room, Date.now());
    discord.server.onRequest = ({ path }) => {
      if (path.includes(`${room.id}/messages`)) deny(room, VIEW);
    };
    await discord.sync();
    expect(await served(discord, `conv:${room.id}`)).toBe(0);
    discord.server.onRequest = undefined;
    room.overwrites.length = 0;
    // No listing tells that anything had changed.
    await discord.app.db
      .update(syncCheckpoint)
      .set({ cursor: { triedOn: "2026-01-01" } })
      .where(and(eq(syncCheckpoint.stream, "servers"), eq(syncCheckpoint.mode, "incremental")));
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("that was deleted goes with its threads; so does a single thread, active or archived", async () => {
    await using discord = await synced();
    const { acme, room } = discord;
    acme.world.deleteChannel(room);
    const threads = [...acme.world.channels.values()].filter(({ thread }) => thread !== undefined);
    const active = threads.find(({ thread }) => thread?.archived === false);
    const archived = threads.find(({ thread }) => thread?.archived === true);
    if (active !== undefined) acme.world.deleteChannel(active);
    if (archived !== undefined) acme.world.deleteChannel(archived);
    await discord.sync();
    await discord.sync("full");
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
    expect(await structureViolations(discord.app.db)).toEqual([]);
  });
});

describe("a server", () => {
  test("that the bot was removed from is hidden whole, and back when it is invited again", async () => {
    await using discord = await synced();
    const { acme } = discord;
    acme.guild.joined = false;
    expect(await discord.sync()).toMatchObject({ state: "succeeded" });
    expect(await served(discord, "discord")).toBe(0);
    expect((await discord.app.sql.query(`SELECT count(*) FROM "discordMessage"`)).rows).toEqual([[0]]);
    acme.guild.joined = true;
    await discord.sync();
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("is read as far as the options say, and more or less when they change", async () => {
    await using discord = await synced();
    const { room } = discord;
    await discord.connect({ channels: "channel-0", servers: "acme" });
    await discord.sync();
    expect(await served(discord, "discord:conv")).toBe(await served(discord, `conv:${room.id}`));
    await discord.connect({ exclude: "Work" });
    await discord.sync();
    expect(await served(discord, "discord:conv")).toBe(0);
    await discord.connect();
    await discord.sync();
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("is read from a date on, and from an earlier one when that changes", async () => {
    await using discord = await synced();
    const since = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
    await discord.connect({ since });
    await discord.sync("full");
    const { rows } = await discord.app.sql.query(`SELECT min("createdAt") FROM "discordMessage"`);
    expect(String(rows[0]?.[0]) >= since).toBe(true);
    await discord.connect();
    await discord.sync();
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });
});

test("private threads are read where the bot may manage threads, else where it is in them", async () => {
  const acme = talk(4);
  const room = acme.world.addChannel(acme.guild, "room", {
    overwrites: [{ id: acme.guild.id, type: 0, allow: 0n, deny: MANAGE_THREADS }],
  });
  for (const joined of [true, false]) {
    for (const archived of [true, false]) {
      const name = `${joined ? "joined" : "other"} ${archived ? "archived" : "active"}`;
      const thread = acme.world.addThread(room, name, acme.world.bot, { isPrivate: true });
      if (!joined) thread.thread?.members.clear();
      acme.say(thread, Date.now());
      if (archived) acme.world.archive(thread);
    }
  }
  await using discord = await discordApp({ world: acme.world });
  await discord.connect();
  await discord.sync("full");
  expect(await served(discord, "discord:thread")).toBe(2);
  // Nothing is asked for that would be refused: refusals count against the machine's address.
  expect(discord.server.requests.filter(({ status }) => status === 403)).toEqual([]);
  expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
  room.overwrites.length = 0;
  await discord.sync();
  expect(await served(discord, "discord:thread")).toBe(4);
  expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
});

describe("without the intent", () => {
  test("a sync stops with the reason, and what was read stays as it was", async () => {
    await using discord = await synced();
    discord.world.messageContent = false;
    const run = await discord.sync("full");
    expect(run.state).toBe("failed");
    expect(run.error).toContain("Turn on “Message Content Intent”");
    discord.world.messageContent = true;
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });

  test("that is turned off on the way, nothing is emptied", async () => {
    await using discord = await synced({ rereadDays: "30" });
    discord.server.onRequest = ({ path }) => {
      if (path.includes("/messages")) discord.world.messageContent = false;
    };
    const run = await discord.sync();
    expect(run).toMatchObject({ state: "failed", updated: 0, deleted: 0 });
    expect(run.error).toContain("Message Content intent is off");
    discord.server.onRequest = undefined;
    discord.world.messageContent = true;
    await discord.sync();
    expect(await discordViolations(discord.app.db, discord.world)).toEqual([]);
  });
});
