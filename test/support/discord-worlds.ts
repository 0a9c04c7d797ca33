/** Worlds of talk for tests: seeded, so that a failure can be replayed. */
import { ChannelType, MessageType } from "discord-api-types/v10";
import { DiscordWorld, type FakeChannel, type FakeGuild } from "../fakes/discord/world";
import { createRandom, type Random } from "./random";

const words =
  "crane harbour invoice deploy walrus budget meeting release customer pipeline query index".split(" ");
const DAY_MS = 86_400_000;

export interface Talk {
  world: DiscordWorld;
  guild: FakeGuild;
  random: Random;
  say: (channel: FakeChannel, at: number) => void;
}

/** People in one server, and something for them to say. */
export function talk(seed = 1, people = 12): Talk {
  const random = createRandom(seed);
  const world = new DiscordWorld();
  const guild = world.addGuild("Acme");
  const users = Array.from({ length: people }, (_, index) => world.addUser(`person-${index}`));
  for (const user of users) guild.members.set(user.id, { nick: null, roles: [] });
  let count = 0;
  const say = (channel: FakeChannel, at: number) => {
    const text = `Note ${++count}: ${Array.from({ length: 3 + random.below(9) }, () => random.pick(words)).join(" ")}.`;
    const earlier = channel.messages.at(-1 - random.below(5));
    const answers =
      earlier !== undefined && random.below(6) === 0 && earlier.type !== MessageType.ThreadStarterMessage;
    world.post(channel, random.pick(users), text, { at, ...(answers ? { replyTo: earlier.id } : {}) });
  };
  return { world, guild, random, say };
}

/** Channels, threads and posts filled with `messages` in all, over the last `days`. */
export function fill(
  { world, guild, random, say }: Talk,
  size: { channels: number; threads: number; messages: number; days: number },
): void {
  const start = Date.now() - size.days * DAY_MS;
  const category = world.addChannel(guild, "Work", { type: ChannelType.GuildCategory });
  const channels = Array.from({ length: size.channels }, (_, index) =>
    world.addChannel(guild, `channel-${index}`, {
      parentId: category.id,
      topic: `All about ${words[index % 12]}`,
    }),
  );
  const forum = world.addChannel(guild, "questions", {
    type: ChannelType.GuildForum,
    tags: [{ id: world.newId(start), name: "solved" }],
  });
  const perThread = 5;
  const rest = Math.max(0, size.messages - size.threads * perThread);
  for (let index = 0; index < rest; index++) {
    const at = start + Math.floor((index / rest) * size.days * DAY_MS * 0.999);
    say(channels[random.below(random.below(channels.length) + 1)] ?? forum, at);
  }
  for (let index = 0; index < size.threads; index++) {
    const at = start + Math.floor(((index + 1) / (size.threads + 2)) * size.days * DAY_MS);
    const thread = threadAt({ world, guild, random, say }, channels, forum, index, at);
    for (let turn = 1; turn < perThread; turn++) say(thread, at + turn * 60_000);
    if (random.below(4) > 0) world.archive(thread, at + 3_600_000);
  }
}

function threadAt(
  { world, random }: Talk,
  channels: readonly FakeChannel[],
  forum: FakeChannel,
  index: number,
  at: number,
): FakeChannel {
  const author = [...world.users.values()][2] ?? world.bot;
  const parent = random.pick(channels);
  const kind = index % 3;
  const starter = parent.messages.findLast((message) => Date.parse(message.timestamp) <= at);
  if (kind === 0 && starter !== undefined && !world.channels.has(starter.id))
    return world.threadFrom(parent, starter, `About it ${index}`);
  if (kind === 1)
    return world.addThread(parent, `Aside ${index}`, author, { at, isPrivate: index % 2 === 0 });
  const tags = forum.tags.slice(0, index % 2).map(({ id }) => id);
  return world.addThread(forum, `Question ${index}`, author, {
    at,
    text: `How does it work, number ${index}?`,
    tags,
  });
}

/** Random changes of every kind that people make; new talk is of now. */
export function changeThings({ world, random, say }: Talk, times: number): void {
  for (let change = 0; change < times; change++) {
    const young = Date.now() - 6 * DAY_MS;
    const channels = [...world.channels.values()].filter((one) => one.messages.length > 0);
    const channel = random.pick(channels);
    const recent = channel.messages.filter(
      ({ timestamp, type }) => Date.parse(timestamp) > young && type !== MessageType.ThreadStarterMessage,
    );
    const target = recent.length === 0 ? undefined : random.pick(recent);
    const kind = random.below(5);
    if (kind < 2 || target === undefined) say(channel, Date.now() - random.below(2));
    else if (kind === 2) world.edit(channel, target.id, `${target.content} Edited ${change}.`);
    else if (kind === 3) world.delete(channel, target.id);
    else world.react(channel, target.id, "👍", 1 + random.below(9));
  }
}
