/** The world in the words of Discord's API. */
import type { APIChannel, APIGuildMember, APIMessage, APIUser } from "discord-api-types/v10";
import { ChannelType } from "discord-api-types/v10";
import type { DiscordWorld, FakeChannel, FakeGuild } from "./world";
import { NO_FLAGS, stamp } from "./world";

const colours = { primary_color: 0, secondary_color: null, tertiary_color: null };

export function guildShape(guild: FakeGuild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: "deprecated",
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: guild.roles.map((role, position) => ({
      id: role.id,
      name: role.name,
      permissions: String(role.permissions),
      position,
      color: 0,
      colors: colours,
      hoist: false,
      managed: false,
      mentionable: false,
      icon: null,
      unicode_emoji: null,
      flags: 0,
    })),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: "en-US",
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

export function partialGuildShape(world: DiscordWorld, guild: FakeGuild) {
  const mine = guild.members.get(world.bot.id)?.roles ?? [];
  const roles = guild.roles.filter((role) => role.id === guild.id || mine.includes(role.id));
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions: String(roles.reduce((all, role) => all | role.permissions, 0n)),
    features: [],
  };
}

export function channelShape(channel: FakeChannel, position: number): APIChannel {
  const isForum = channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
  const shape = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    position,
    flags: 0,
    parent_id: channel.parentId,
    permission_overwrites: channel.overwrites.map((one) => ({
      id: one.id,
      type: one.type,
      allow: String(one.allow),
      deny: String(one.deny),
    })),
    ...(channel.type === ChannelType.GuildCategory
      ? {}
      : { nsfw: false, last_message_id: channel.lastMessageId }),
    ...(channel.topic === null ? {} : { topic: channel.topic }),
    ...(isForum
      ? {
          available_tags: channel.tags.map((tag) => ({
            ...tag,
            moderated: false,
            emoji_id: null,
            emoji_name: null,
          })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  };
  // One shape serves every kind of channel here; the library has a type for each.
  return shape as APIChannel;
}

export function threadShape(channel: FakeChannel): APIChannel {
  const { thread } = channel;
  const shape = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    name: channel.name,
    owner_id: thread?.ownerId ?? "0",
    flags: 0,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: 0,
    // The starter of a thread counts for neither; both stop counting at 50 in old threads only.
    message_count: channel.messages.length,
    total_message_sent: thread?.totalSent ?? 0,
    member_count: Math.min(50, thread?.members.size ?? 0),
    applied_tags: thread?.tags ?? [],
    thread_metadata: {
      archived: thread?.archived ?? false,
      archive_timestamp: stamp(thread?.archivedAt ?? 0),
      auto_archive_duration: 1_440,
      locked: thread?.locked ?? false,
      create_timestamp: stamp(thread?.archivedAt ?? 0),
    },
  };
  return shape as APIChannel;
}

export function memberShape(user: APIUser, member: { nick: string | null; roles: string[] }): APIGuildMember {
  return {
    user,
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: stamp(1_700_000_000_000),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: NO_FLAGS,
    pending: false,
  };
}

/** A message as it is answered: with what it replies to, and emptied where the bot may not read contents. */
export function messageShape(world: DiscordWorld, channel: FakeChannel, message: APIMessage): APIMessage {
  const known = (user: APIUser) => world.users.get(user.id) ?? user;
  // People are shown by the names that they have by now.
  const shape: APIMessage = {
    ...message,
    author: known(message.author),
    mentions: message.mentions.map(known),
  };
  const reference = message.message_reference;
  if (reference !== undefined && message.message_snapshots === undefined) {
    const origin = world.channels.get(reference.channel_id ?? "");
    const original = origin?.messages.find((other) => other.id === reference.message_id);
    shape.referenced_message = original === undefined ? null : withoutContent(world, plain(original));
  }
  const thread = world.channels.get(message.id);
  if (thread !== undefined && thread.id !== channel.id) shape.thread = threadShape(thread);
  return withoutContent(world, shape);
}

/** A message as others carry it: without its reactions. */
function plain(message: APIMessage): APIMessage {
  const copy = { ...message };
  delete copy.reactions;
  return copy;
}

function withoutContent(world: DiscordWorld, message: APIMessage): APIMessage {
  const own = message.author.id === world.bot.id || message.mentions.some((user) => user.id === world.bot.id);
  if (world.messageContent || own) return message;
  const emptied = { ...message, content: "", embeds: [], attachments: [], components: [] };
  delete emptied.poll;
  return emptied;
}

export function applicationShape(world: DiscordWorld) {
  const content = world.messageContent ? 1 << 19 : 0;
  const members = world.membersIntent ? 1 << 15 : 0;
  return {
    id: world.bot.id,
    name: "Stoneturner",
    icon: null,
    description: "",
    type: null,
    bot: world.bot,
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: content | members,
    flags_new: String(content | members),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: world.bot,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
