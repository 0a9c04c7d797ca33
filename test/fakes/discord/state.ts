/** What a sync of the world must come to: every message that may be read, from the world's state alone. */
import { ChannelType, MessageType } from "discord-api-types/v10";
import { HISTORY, mayDo, maySee } from "./permissions";
import { compareIds } from "./snowflake";
import type { DiscordWorld, FakeChannel } from "./world";

const quiet = new Set<number>([
  MessageType.UserJoin,
  MessageType.ChannelPinnedMessage,
  MessageType.ThreadCreated,
  MessageType.ThreadStarterMessage,
  MessageType.ChannelNameChange,
]);

/** Channels and threads whose messages can be read. */
export function readableChannels(world: DiscordWorld): FakeChannel[] {
  return [...world.channels.values()].filter((channel) => {
    const speaks = channel.type !== ChannelType.GuildCategory && !isForum(channel);
    return speaks && maySee(world, channel) && mayDo(world, channel, HISTORY);
  });
}

export function isForum({ type }: FakeChannel): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

/** Ids and texts by channel, as the own tables must hold them. */
export function expectedMessages(world: DiscordWorld): Map<string, string> {
  const expected = new Map<string, string>();
  for (const channel of readableChannels(world))
    for (const message of channel.messages)
      expected.set(`${channel.id}/${message.id}`, `${message.content}|${message.edited_timestamp ?? ""}`);
  return expected;
}

/** Messages that must be shown in an artifact, by channel, rising. */
export function shownMessages(world: DiscordWorld): Map<string, string[]> {
  return new Map(
    readableChannels(world).map((channel) => [
      channel.id,
      channel.messages
        .filter(({ type }) => !quiet.has(type))
        .map(({ id }) => id)
        .toSorted(compareIds),
    ]),
  );
}

/** The fewest requests in which all of it can be learnt, with Discord's page sizes. */
export function leastRequests(world: DiscordWorld): number {
  const guilds = [...world.guilds.values()].filter(({ joined }) => joined);
  let requests = 2; // the application, the list of servers
  for (const guild of guilds) {
    requests += 4 + Math.floor(guild.members.size / 1_000) + (world.membersIntent ? 1 : 0);
    for (const channel of world.channels.values()) {
      if (channel.guildId !== guild.id || channel.thread !== undefined) continue;
      if (!maySee(world, channel) || !mayDo(world, channel, HISTORY)) continue;
      const holdsThreads = [0, 5, 15, 16].includes(channel.type);
      const below = [...world.channels.values()].filter(
        (one) => one.parentId === channel.id && one.thread?.archived,
      );
      const archived = (isPrivate: boolean) =>
        Math.max(
          1,
          Math.ceil(
            below.filter((one) => (one.type === ChannelType.PrivateThread) === isPrivate).length / 100,
          ),
        );
      if (holdsThreads)
        requests += archived(false) + (channel.type === ChannelType.GuildText ? archived(true) : 0);
    }
  }
  // A page that is not full says that nothing is left; after a full one, only another request does.
  for (const { lastMessageId, messages } of readableChannels(world))
    if (lastMessageId !== null) requests += Math.floor(messages.length / 100) + 1;
  return requests;
}
