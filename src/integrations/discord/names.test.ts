/** What is called by another name is shown by it everywhere after the next sync, without a message being read again. */
import { expect, test } from "bun:test";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { discordApp } from "@test/discord";
import { ChannelType } from "discord-api-types/v10";
import { DiscordWorld } from "../../../test/fakes/discord/world";

const long = Date.now() - 60 * 86_400_000;

test("people, roles, channels, threads, tags and the server itself", async () => {
  const world = new DiscordWorld();
  const guild = world.addGuild("Old Acme");
  const ann = world.addUser("ann", { globalName: "Old Ann" });
  const bob = world.addUser("bob");
  for (const user of [ann, bob]) guild.members.set(user.id, { nick: null, roles: [] });
  const role = { id: world.newId(long), name: "Old role", permissions: 0n };
  guild.roles.push(role);
  const room = world.addChannel(guild, "old-room");
  const other = world.addChannel(guild, "other");
  const tag = { id: world.newId(long), name: "old-tag" };
  const forum = world.addChannel(guild, "old-forum", { type: ChannelType.GuildForum, tags: [tag] });
  const first = world.post(room, ann, "Hello", { at: long });
  world.post(other, bob, `Ask <@${ann.id}> or <@&${role.id}> in <#${room.id}>`, { at: long + 1_000 });
  const thread = world.threadFrom(room, first, "Old thread");
  world.post(thread, bob, "In the thread", { at: long + 2_000 });
  const post = world.addThread(forum, "Old question", bob, { at: long, text: "How?", tags: [tag.id] });
  world.archive(post, long + 3_000);
  await using discord = await discordApp({ world });
  await discord.connect();
  await discord.sync("full");
  const texts = async () => {
    const rows = await discord.app.db.select().from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));
    return rows.map(({ title, markdown, author }) => [title, markdown, author].join("\n")).join("\n");
  };
  expect((await texts()).match(/old/gi)?.length).toBeGreaterThan(10);
  guild.name = "New Acme";
  world.users.set(ann.id, { ...ann, global_name: "New Ann" });
  guild.members.set(bob.id, { nick: "New Bob", roles: [] });
  role.name = "New role";
  Object.assign(room, { name: "new-room" });
  Object.assign(forum, { name: "new-forum" });
  Object.assign(thread, { name: "New thread" });
  Object.assign(tag, { name: "new-tag" });
  expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const left = (await texts())
    .split("\n")
    .filter((line) => /old/i.test(line) && !line.includes("Old question"));
  expect(left).toEqual([]);
  expect(await texts()).toContain("**New Bob**");
  expect(discord.server.requests.filter(({ route }) => route.endsWith("/messages"))).toEqual([]);
});

test("what an older program showed otherwise is shown anew by an update, without a message being read again", async () => {
  const world = new DiscordWorld();
  const room = world.addChannel(world.addGuild("Acme"), "room");
  world.post(room, world.addUser("ann"), "Hello", { at: long });
  await using discord = await discordApp({ world });
  await discord.connect();
  await discord.sync("full");
  await discord.sync();
  const { db } = discord.app;
  await db.raw.run(`UPDATE "mdArtifacts" SET "markdown" = 'An older look.', "contentHash" = 'older'`);
  await db.raw.run(`UPDATE "syncItem" SET "version" = 'older'`);
  const looks = () => db.select({ markdown: mdArtifacts.markdown }).from(mdArtifacts);
  await discord.sync();
  expect(await looks()).toContainEqual({ markdown: "An older look." });
  await db.raw.run(
    `UPDATE "syncCheckpoint" SET "cursor" = json_set("cursor", '$.rendering', 1) WHERE "stream" = 'messages'`,
  );
  await discord.sync();
  expect(await looks()).not.toContainEqual({ markdown: "An older look." });
  expect(discord.server.requests.filter(({ route }) => route.endsWith("/messages"))).toEqual([]);
});

test("a channel is called otherwise where messages were forwarded from it as well", async () => {
  const world = new DiscordWorld();
  const guild = world.addGuild("Acme");
  const [room, other] = [world.addChannel(guild, "old-room"), world.addChannel(guild, "other")];
  const ann = world.addUser("ann");
  const first = world.post(room, ann, "Hello", { at: long });
  world.post(other, ann, "", { at: long + 1_000, forward: { channelId: room.id, messageId: first.id } });
  await using discord = await discordApp({ world });
  await discord.connect();
  await discord.sync("full");
  const told = async (name: string) => {
    const rows = await discord.app.db.select().from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));
    return rows.filter(({ markdown }) => markdown.includes(`Forwarded from #${name}:`)).length;
  };
  expect(await told("old-room")).toBe(1);
  Object.assign(room, { name: "new-room" });
  await discord.sync();
  expect([await told("old-room"), await told("new-room")]).toEqual([0, 1]);
});
