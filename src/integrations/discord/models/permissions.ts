/**
 * What the bot may do in a channel, worked out here, so that a channel that is closed to it is not even asked for.
 * After https://discord.com/developers/docs/topics/permissions#permission-overwrites.
 */
import type { ApiChannel, ApiGuild, ApiMember, ApiOverwrite } from "./api";
import { isSpoken } from "./channel-types";

export const VIEW_CHANNEL = 1n << 10n;
export const READ_MESSAGE_HISTORY = 1n << 16n;
export const CONNECT = 1n << 20n;
export const MANAGE_THREADS = 1n << 34n;
const ADMINISTRATOR = 1n << 3n;

/** Flags of an application: the second of each pair is given to those of fewer than 10,000 users. */
export const CONTENT_INTENT = (1 << 18) | (1 << 19);
export const MEMBERS_INTENT = (1 << 14) | (1 << 15);

const ALL = (1n << 64n) - 1n;

/** The bot in one server. */
export interface Standing {
  botId: string;
  guild: ApiGuild;
  /** Ids of its roles. */
  roles: readonly string[];
}

export function standingOf(botId: string, guild: ApiGuild, member: ApiMember): Standing {
  return { botId, guild, roles: member.roles };
}

/** The bot's rights in a channel. Threads have those of their parent. */
export function rightsIn(standing: Standing, channel: Pick<ApiChannel, "permission_overwrites">): bigint {
  const { botId, guild, roles } = standing;
  if (guild.owner_id === botId) return ALL;
  const mine = guild.roles.filter((role) => role.id === guild.id || roles.includes(role.id));
  const base = mine.reduce((all, role) => all | BigInt(role.permissions), 0n);
  if ((base & ADMINISTRATOR) !== 0n) return ALL;
  const { permission_overwrites: overwrites } = channel;
  const everyone = overwrites.filter((one) => one.type === 0 && one.id === guild.id);
  const ofRoles = overwrites.filter((one) => one.type === 0 && one.id !== guild.id && roles.includes(one.id));
  const own = overwrites.filter((one) => one.type === 1 && one.id === botId);
  return [everyone, ofRoles, own].reduce(applied, base);
}

/** All denials of a step first, then all grants. */
function applied(rights: bigint, step: readonly ApiOverwrite[]): bigint {
  const denied = step.reduce((all, one) => all | BigInt(one.deny), 0n);
  const allowed = step.reduce((all, one) => all | BigInt(one.allow), 0n);
  return (rights & ~denied) | allowed;
}

/** "readable"; "closed" when the bot cannot see the channel; "no history" when it would be answered with nothing. */
export function accessOf(rights: bigint, type: number): "readable" | "closed" | "no history" {
  const toSee = isSpoken(type) ? VIEW_CHANNEL | CONNECT : VIEW_CHANNEL;
  if ((rights & toSee) !== toSee) return "closed";
  return (rights & READ_MESSAGE_HISTORY) === 0n ? "no history" : "readable";
}
