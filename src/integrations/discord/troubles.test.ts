/** Discord in trouble, and answers that nobody has seen yet. */
import { describe, expect, test } from "bun:test";
import { isNull } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { mdArtifacts } from "@/core/db/schema";
import { discordApp } from "@test/discord";
import { discordViolations } from "@test/discord-truth";
import { fill, talk } from "@test/discord-worlds";
import { UNKNOWN } from "../../../test/fakes/discord/world";
import type { Trouble } from "../../../test/fakes/discord/server";

const size = { channels: 3, threads: 4, messages: 350, days: 20 };

describe("limits", () => {
  test("of buckets are kept without a single refusal, and one bucket holds up no other", async () => {
    const acme = talk(5);
    fill(acme, size);
    await using discord = await discordApp({
      world: acme.world,
      limits: { perBucket: 2, windowMs: 400, global: 1_000 },
    });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded" });
    expect(discord.server.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
  });

  test("of all routes together are waited for, to the fraction of a second", async () => {
    const acme = talk(5);
    fill(acme, { channels: 2, threads: 2, messages: 40, days: 5 });
    await using discord = await discordApp({
      world: acme.world,
      limits: { perBucket: 1_000, windowMs: 1_000, global: 3 },
    });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded" });
    const refused = discord.server.requests.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(discord.server.requests.length / 2);
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
  });
});

test.each<[Trouble, number]>([
  ["error", 3],
  ["page", 3],
  ["broken", 3],
  ["cut", 3],
  ["slow", 2],
  ["limited", 2],
])("a few %s answers delay a sync and change nothing", async (trouble, times) => {
  const acme = talk(6);
  fill(acme, { channels: 2, threads: 2, messages: 60, days: 10 });
  await using discord = await discordApp({ world: acme.world });
  await discord.connect();
  discord.server.troubles.push(...Array.from({ length: times }, () => trouble));
  expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
});

test("a token that is revoked on the way stops everything at once; what was read stays, and a new one goes on", async () => {
  const acme = talk(7);
  fill(acme, size);
  const { token } = acme.world;
  await using discord = await discordApp({ world: acme.world });
  await discord.connect();
  let left = 14;
  discord.server.onRequest = () => {
    if (--left === 0) acme.world.token = "a-new-token.made.for-the-bot";
  };
  const run = await discord.sync("full");
  expect(run.state).toBe("failed");
  expect(run.error).toContain("Discord does not accept the bot token.");
  expect(discord.server.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4);
  const [account] = await discord.app.credentials.list("Discord");
  expect(account?.status).toBe("needs_reconnect");
  expect(JSON.stringify(discord.app.logged)).not.toContain(token);
  expect(await discord.app.db.$count(mdArtifacts, isNull(mdArtifacts.deletedAt))).toBeGreaterThan(0);
  discord.server.onRequest = undefined;
  await discord.connect();
  await discord.sync();
  expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
});

describe("what nobody has seen yet", () => {
  test("channels and messages of unknown kinds are taken for what they hold", async () => {
    const { world, guild, say } = talk(8);
    world.addChannel(guild, "hologram", { type: UNKNOWN });
    const channel = world.addChannel(guild, "general");
    say(channel, Date.now());
    const odd = world.post(channel, world.bot, "From tomorrow", {
      type: 99,
      components: [{ type: 88, wonder: {} }],
    });
    Object.assign(odd, { aura: { colour: 7 }, reactions: "many" });
    await using discord = await discordApp({ world });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await discordViolations(discord.app.db, world)).toEqual([]);
    expect(JSON.stringify(discord.app.logged)).toContain(
      "#hologram is a channel of a kind that is not known",
    );
  });

  test("a page of fifty megabytes stops its channel with its name, not the others, until it is smaller", async () => {
    const { world, guild, say } = talk(11);
    const [flooded, calm] = [world.addChannel(guild, "flooded"), world.addChannel(guild, "calm")];
    for (const channel of [flooded, calm, flooded, calm]) say(channel, Date.now());
    await using discord = await discordApp({ world });
    await discord.connect();
    await discord.sync("full");
    expect(await discordViolations(discord.app.db, world)).toEqual([]);
    for (const channel of [flooded, calm]) say(channel, Date.now());
    const flood = "x".repeat(50 * 1_048_576);
    discord.server.onAnswer = (_route, body) => {
      if (!Array.isArray(body)) return;
      for (const message of body) if (message.channel_id === flooded.id) message.content = flood;
    };
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 1, deleted: 0 });
    const [task] = await listTasks(discord.app.db, "Discord", 0, { status: "FAILED" });
    expect(task?.error).toContain("#flooded cannot be read any further");
    expect((await discord.app.sql.query(`SELECT count(*) FROM "discordMessage"`)).rows).toEqual([[5]]);
    discord.server.onAnswer = undefined;
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await listTasks(discord.app.db, "Discord", 0, { status: "FAILED" })).toEqual([]);
    expect(await discordViolations(discord.app.db, world)).toEqual([]);
  });

  test("a message that cannot be understood is a failed task until it can, or is gone; the rest is read", async () => {
    const { world, guild, say } = talk(9);
    const channel = world.addChannel(guild, "general");
    say(channel, Date.now());
    const broken = world.post(channel, world.bot, "Broken");
    say(channel, Date.now());
    await using discord = await discordApp({ world });
    await discord.connect();
    const garble = (route: string, body: unknown) => {
      if (!route.endsWith("/messages") || !Array.isArray(body)) return;
      for (const message of body)
        if (message.content.startsWith("Broken")) message.author = { name: "no id" };
    };
    discord.server.onAnswer = garble;
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 1 });
    const failed = () => listTasks(discord.app.db, "Discord", 0, { status: "FAILED" });
    const [task] = await failed();
    expect(task?.error).toContain(`Message ${broken.id} has a shape that is not known here (author.id`);
    expect((await discord.app.sql.query(`SELECT count(*) FROM "discordMessage"`)).rows).toEqual([[2]]);

    discord.server.onAnswer = undefined;
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await failed()).toEqual([]);
    expect(await discordViolations(discord.app.db, world)).toEqual([]);
    discord.server.onAnswer = garble;
    const second = world.post(channel, world.bot, "Broken too");
    world.post(channel, world.bot, "Broken at last");
    await discord.sync();
    expect(await failed()).toHaveLength(3);
    world.delete(channel, second.id);
    await discord.sync();
    expect(await failed()).toHaveLength(2);
    world.deleteChannel(channel);
    await discord.sync();
    expect(await failed()).toEqual([]);
  });

  test("ids of twenty digits are kept to the last one", async () => {
    const { world, guild } = talk(10);
    const channel = world.addChannel(guild, "future", { id: "18446744073709551615" });
    const id = "18446744073709551614";
    world.post(channel, world.bot, "Far away", { id, at: Date.now() });
    await using discord = await discordApp({ world });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded" });
    const { rows } = await discord.app.sql.query(
      `SELECT "channelId", "id", "artifact" FROM "discordMessage"`,
    );
    expect(rows).toEqual([[channel.id, id, `discord:conv:${channel.id}:${id}`]]);
  });
});

test("two bots are two accounts, and one is purged without the other", async () => {
  const { world, guild, say } = talk(11);
  say(world.addChannel(guild, "general"), Date.now());
  await using discord = await discordApp({ world });
  await discord.connect({}, "first");
  await discord.connect({}, "second");
  const runs = await discord.app.runner.start({ integration: "Discord", mode: "full", trigger: "manual" });
  for (const { runId } of runs)
    expect(await discord.app.runner.wait(runId)).toMatchObject({ state: "succeeded" });
  await discord.app.runner.purge("Discord", "first");
  const { rows } = await discord.app.sql.query(`SELECT DISTINCT "account" FROM "discordMessage"`);
  expect(rows).toEqual([["second"]]);
  expect(await discord.app.db.$count(mdArtifacts, isNull(mdArtifacts.deletedAt))).toBe(2);
});
