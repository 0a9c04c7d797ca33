/** What the bot may do where, as the stand-in decides it: written apart from the product's own, so that one checks the other. */
import { ChannelType } from "discord-api-types/v10";
import type { DiscordWorld, FakeChannel } from "./world";

export const VIEW = 1n << 10n;
export const HISTORY = 1n << 16n;
export const CONNECT = 1n << 20n;
export const MANAGE_THREADS = 1n << 34n;
const ADMINISTRATOR = 1n << 3n;

export function mayDo(world: DiscordWorld, channel: FakeChannel, wanted: bigint): boolean {
  return (permissionsOf(world, channel) & wanted) === wanted;
}

function permissionsOf(world: DiscordWorld, channel: FakeChannel): bigint {
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(world.bot.id);
  if (guild === undefined || member === undefined || !guild.joined) return 0n;
  const place = channel.thread === undefined ? channel : world.channels.get(channel.parentId ?? "");
  if (place === undefined) return 0n;
  const mine = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  let granted = 0n;
  for (const role of mine) granted |= role.permissions;
  if ((granted & ADMINISTRATOR) !== 0n) return ~0n;
  const steps = [
    place.overwrites.filter((one) => one.type === 0 && one.id === guild.id),
    place.overwrites.filter((one) => one.type === 0 && member.roles.includes(one.id)),
    place.overwrites.filter((one) => one.type === 1 && one.id === world.bot.id),
  ];
  for (const step of steps) {
    for (const { deny } of step) granted &= ~deny;
    for (const { allow } of step) granted |= allow;
  }
  return granted;
}

/** Whether the bot sees the channel at all: speaking rooms also take the right to enter, private threads a place in them. */
export function maySee(world: DiscordWorld, channel: FakeChannel): boolean {
  const kind = channel.thread === undefined ? channel.type : world.channels.get(channel.parentId ?? "")?.type;
  const spoken = kind === ChannelType.GuildVoice || kind === ChannelType.GuildStageVoice;
  if (!mayDo(world, channel, spoken ? VIEW | CONNECT : VIEW)) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return channel.thread?.members.has(world.bot.id) === true || mayDo(world, channel, MANAGE_THREADS);
}
