/** The stand-in for Discord as the suite for all integrations wants it: items that come, change, hide and go. */
import { ChannelType, type APIUser } from "discord-api-types/v10";
import { createRandom, type Random } from "../../support/random";
import type { ExpectedArtifact, FakeFaults, FakeSource, FakeWorld, StartFake } from "../fake";
import { maySee } from "./permissions";
import { type DiscordServer, serveDiscord, type Trouble } from "./server";
import { compareIds, timeOf } from "./snowflake";
import { isForum, leastRequests, readableChannels } from "./state";
import { DiscordWorld, type FakeChannel, type FakeGuild, UNKNOWN } from "./world";

const HOUR_MS = 3_600_000;
/** Messages so far apart are conversations of their own, and so many fit into the days that each sync reads again. */
const APART_MS = 5 * HOUR_MS;
const A_CHANNEL = 25;

interface Scene {
  world: DiscordWorld;
  guild: FakeGuild;
  forum: FakeChannel;
  author: APIUser;
  random: Random;
  count: number;
}

export const startFake: StartFake = ({ seed, items, clock }) => {
  const scene = sceneOf(seed, () => clock.now());
  populate(scene, items);
  const { world } = scene;
  const { token } = world;
  const server = serveDiscord(world, { now: () => clock.now(), sleep: (ms) => clock.sleep(ms) });
  const source: FakeSource = {
    integration: "Discord",
    apiUrls: `discord=${server.url}`,
    credential: { integration: "Discord", apiKey: token },
    secrets: [token],
    world: worldOf(scene),
    faults: faultsOf(world, server, token),
    requests: () => server.requests,
    leastRequests: () => leastRequests(world),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return Promise.resolve(source);
};

function sceneOf(seed: number, now: () => number): Scene {
  const world = new DiscordWorld(now);
  const guild = world.addGuild("Quarry");
  const author = world.addUser("mason", { globalName: "Mason Reed" });
  guild.members.set(author.id, { nick: null, roles: [] });
  const forum = world.addChannel(guild, "questions", { type: ChannelType.GuildForum });
  return { world, guild, forum, author, random: createRandom(seed), count: 0 };
}

const nextText = (scene: Scene) => `Stone ${++scene.count} lies in bed ${scene.random.below(1_000)}`;

/** A third each: conversations in channels, posts in a forum, channels with one message. */
function populate(scene: Scene, items: number): void {
  const { world, guild, author } = scene;
  const third = Math.floor(items / 3);
  const start = world.now() - (A_CHANNEL + 1) * APART_MS;
  let channel: FakeChannel | undefined;
  for (let index = 0; index < items - 2 * third; index++) {
    const place = index % A_CHANNEL;
    if (place === 0 || channel === undefined) channel = world.addChannel(guild, `talk-${index / A_CHANNEL}`);
    world.post(channel, author, nextText(scene), { at: start + place * APART_MS });
  }
  for (let index = 0; index < third; index++) addPost(scene, start + index * 60_000);
  for (let index = 0; index < third; index++) addRoom(scene, start + index * 60_000);
}

function addPost(scene: Scene, at: number, text = nextText(scene)): FakeChannel {
  const { world, forum, author } = scene;
  const post = world.addThread(forum, `Question ${++scene.count}`, author, { at, text });
  world.post(post, author, nextText(scene), { at: at + 30_000 });
  if (scene.count % 2 === 0) world.archive(post, at + HOUR_MS);
  return post;
}

function addRoom(scene: Scene, at: number): FakeChannel {
  const { world, guild, author } = scene;
  const room = world.addChannel(guild, `room-${++scene.count}`);
  world.post(room, author, nextText(scene), { at });
  return room;
}

const threadKey = (thread: FakeChannel) => `discord:thread:${thread.id}`;
const talkKey = (channel: FakeChannel, id: string) => `discord:conv:${channel.id}:${id}`;

function worldOf(scene: Scene): FakeWorld {
  const { world, random, author } = scene;
  const now = () => world.now();
  const threads = () =>
    readableChannels(world).filter((one) => one.thread !== undefined && one.messages.length > 0);
  const rooms = () =>
    readableChannels(world).filter((one) => one.thread === undefined && one.messages.length > 0);
  return {
    incrementalSees: { edits: true, deletions: true },
    create: () => {
      if (random.below(2) === 0) return threadKey(addPost(scene, now()));
      const room = addRoom(scene, now());
      return talkKey(room, room.lastMessageId ?? "");
    },
    edit: () => {
      const channel = random.pick([...threads(), ...rooms()]);
      const { id } = random.pick(channel.messages);
      world.edit(channel, id, `${nextText(scene)} again`);
      return channel.thread === undefined ? talkKey(channel, id) : threadKey(channel);
    },
    delete: () => {
      const channel = random.pick([...threads(), ...rooms()]);
      if (channel.thread !== undefined) {
        world.deleteChannel(channel);
        return threadKey(channel);
      }
      const { id } = random.pick(channel.messages);
      world.delete(channel, id);
      return talkKey(channel, id);
    },
    hide: () => {
      const room = random.pick(rooms().filter(({ name }) => name.startsWith("room-")));
      room.overwrites.push({ id: room.guildId, type: 0, allow: 0n, deny: 1n << 10n });
      return talkKey(room, room.messages[0]?.id ?? "");
    },
    createHuge: () => {
      const long = "A long stone. ".repeat(280);
      const post = addPost(scene, now(), long.trim());
      const embed = { title: "Stones", description: "Granite and slate. ".repeat(300).trim() };
      world.post(post, author, "", { at: now() + 60_000, embeds: [embed] });
      return threadKey(post);
    },
    createEmpty: () => {
      world.addThread(random.pick(rooms()), `Silence ${++scene.count}`, author, { at: now() });
      return undefined;
    },
    createUnknown: () => {
      world.addChannel(scene.guild, "tomorrow", { type: UNKNOWN });
      const post = addPost(scene, now());
      world.post(post, author, nextText(scene), { type: 99, components: [{ type: 88, novelty: [1, 2] }] });
    },
    snapshot: () => snapshot(scene),
  };
}

function snapshot({ world, guild }: Scene): Map<string, ExpectedArtifact> {
  const expected = new Map<string, ExpectedArtifact>();
  const visible = [...world.channels.values()].filter(
    (one) => one.thread === undefined && maySee(world, one),
  );
  expected.set(`discord:server:${guild.id}`, {
    title: `${guild.name}: channels of the Discord server`,
    needles: visible.map(({ name }) => `#${name}`),
  });
  for (const channel of readableChannels(world)) {
    const parent = world.channels.get(channel.parentId ?? "");
    const messages = channel.messages.toSorted((a, b) => compareIds(a.id, b.id));
    if (channel.thread !== undefined && messages.length > 0) {
      const needles = messages.map(({ content }) => content);
      expected.set(threadKey(channel), { title: `${channel.name} (#${parent?.name ?? ""})`, needles });
    } else if (!isForum(channel)) {
      for (const { id, content } of messages) {
        const day = new Date(timeOf(id)).toISOString().slice(0, 10);
        expected.set(talkKey(channel, id), {
          title: `#${channel.name}, ${day}: ${content}`,
          needles: [content],
        });
      }
    }
  }
  return expected;
}

function faultsOf(world: DiscordWorld, server: DiscordServer, token: string): FakeFaults {
  const next = (trouble: Trouble) => (times: number) =>
    void server.troubles.push(...Array.from({ length: times }, () => trouble));
  return {
    rateLimit: next("limited"),
    serverError: next("error"),
    breakOff: next("cut"),
    slow: next("slow"),
    refuseCredential: () => (world.token = "another.token.entirely"),
    breakShape: () => (server.always = "shape"),
    heal: () => {
      server.troubles.length = 0;
      server.always = undefined;
      world.token = token;
    },
    onRequest: (listener) => (server.onRequest = listener),
  };
}
