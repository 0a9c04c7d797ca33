/** What the stand-in for Discord holds, and what people do in it. The server only reads this. */
import {
  type APIEmbed,
  type APIMessage,
  type APIUser,
  ChannelType,
  type GuildMemberFlags,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type UserFlags,
} from "discord-api-types/v10";
import { compareIds, snowflakes, timeOf } from "./snowflake";

export interface FakeRole {
  id: string;
  name: string;
  permissions: bigint;
}

export interface FakeOverwrite {
  id: string;
  /** 0: a role, 1: a member. */
  type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface FakeChannel {
  id: string;
  guildId: string;
  type: ChannelType;
  name: string;
  topic: string | null;
  parentId: string | null;
  overwrites: FakeOverwrite[];
  tags: { id: string; name: string }[];
  /** Set for threads. */
  thread?: FakeThread;
  /** By rising id. */
  messages: APIMessage[];
  /** Stays when the message is deleted. */
  lastMessageId: string | null;
}

export interface FakeThread {
  ownerId: string;
  archived: boolean;
  locked: boolean;
  archivedAt: number;
  tags: string[];
  members: Set<string>;
  totalSent: number;
}

export interface FakeGuild {
  id: string;
  name: string;
  ownerId: string;
  roles: FakeRole[];
  members: Map<string, { nick: string | null; roles: string[] }>;
  /** False when the bot was removed. */
  joined: boolean;
}

/** What a message may say beside its text. */
export interface Extras {
  at?: number;
  id?: string;
  type?: number;
  replyTo?: string;
  forward?: { channelId: string; messageId: string };
  embeds?: APIEmbed[];
  attachments?: { filename: string; size: number; content_type?: string; description?: string }[];
  poll?: { question: string; answers: [text: string, votes: number][] };
  stickers?: string[];
  webhookId?: string;
  components?: unknown[];
}

/** A kind of channel that nobody knows yet. */
export const UNKNOWN = 77 as ChannelType;

/** The library has no name for "none of them". */
export const NO_FLAGS = 0 as MessageFlags & UserFlags & GuildMemberFlags;

const EVERYTHING_READ = (1n << 10n) | (1n << 16n) | (1n << 20n) | (1n << 34n);

/** A world with one bot in it. Ids and, unless told, times come from `now`. */
export class DiscordWorld {
  readonly newId = snowflakes();
  readonly guilds = new Map<string, FakeGuild>();
  readonly channels = new Map<string, FakeChannel>();
  readonly users = new Map<string, APIUser>();
  readonly bot: APIUser;
  token = "bot-token-for-tests.abc.def";
  /** The switches of the developer portal. */
  messageContent = true;
  membersIntent = true;

  constructor(public now: () => number = Date.now) {
    this.bot = this.addUser("stoneturner-bot", { bot: true });
  }

  addUser(username: string, { globalName, bot }: { globalName?: string; bot?: boolean } = {}): APIUser {
    const user: APIUser = {
      id: this.newId(this.now()),
      username,
      discriminator: bot === true ? "0001" : "0",
      global_name: globalName ?? null,
      avatar: null,
      public_flags: NO_FLAGS,
      flags: NO_FLAGS,
      primary_guild: null,
      ...(bot === true ? { bot } : {}),
    };
    this.users.set(user.id, user);
    return user;
  }

  addGuild(name: string, permissions = EVERYTHING_READ): FakeGuild {
    const id = this.newId(this.now());
    const owner = this.addUser(`owner-of-${name.toLowerCase().replaceAll(" ", "-")}`);
    const guild: FakeGuild = {
      id,
      name,
      ownerId: owner.id,
      roles: [{ id, name: "@everyone", permissions }],
      members: new Map([[this.bot.id, { nick: null, roles: [] }]]),
      joined: true,
    };
    this.guilds.set(id, guild);
    return guild;
  }

  addChannel(guild: FakeGuild, name: string, more: Partial<FakeChannel> = {}): FakeChannel {
    const channel: FakeChannel = {
      id: this.newId(this.now()),
      guildId: guild.id,
      type: ChannelType.GuildText,
      name,
      topic: null,
      parentId: null,
      overwrites: [],
      tags: [],
      messages: [],
      lastMessageId: null,
      ...more,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Starts a thread from a message of the parent: it takes that message's id. */
  threadFrom(parent: FakeChannel, starter: APIMessage, name: string): FakeChannel {
    const thread = this.thread(parent, starter.id, name, ChannelType.PublicThread, starter.author);
    starter.flags = (starter.flags ?? 0) | MessageFlags.HasThread;
    this.post(thread, starter.author, "", {
      type: MessageType.ThreadStarterMessage,
      at: timeOf(starter.id) + 1,
      replyTo: starter.id,
    });
    return thread;
  }

  /** A thread without a starter, or a forum's post when `text` is given: its first message shares its id. */
  addThread(
    parent: FakeChannel,
    name: string,
    author: APIUser,
    more: { at?: number; text?: string; tags?: string[]; isPrivate?: boolean } = {},
  ): FakeChannel {
    const id = this.newId(more.at ?? this.now());
    const type = more.isPrivate === true ? ChannelType.PrivateThread : ChannelType.PublicThread;
    const thread = this.thread(parent, id, name, type, author);
    if (thread.thread !== undefined) thread.thread.tags = more.tags ?? [];
    if (parent.type === ChannelType.GuildForum || parent.type === ChannelType.GuildMedia) {
      parent.lastMessageId = id;
      this.post(thread, author, more.text ?? "", { id, at: timeOf(id) });
    }
    return thread;
  }

  private thread(parent: FakeChannel, id: string, name: string, type: ChannelType, owner: APIUser) {
    const made: FakeChannel = {
      ...{ id, guildId: parent.guildId, type, name, topic: null, parentId: parent.id },
      ...{ overwrites: [], tags: [], messages: [], lastMessageId: null },
      thread: {
        ...{ ownerId: owner.id, archived: false, locked: false, archivedAt: timeOf(id) },
        ...{ tags: [], members: new Set([owner.id]), totalSent: 0 },
      },
    };
    this.channels.set(id, made);
    return made;
  }

  archive(thread: FakeChannel, at = this.now()): void {
    if (thread.thread === undefined) return;
    thread.thread.archived = true;
    thread.thread.archivedAt = at;
  }

  post(channel: FakeChannel, author: APIUser, content: string, extras: Extras = {}): APIMessage {
    const at = extras.at ?? this.now();
    const id = extras.id ?? this.newId(at);
    const message = this.messageOf(channel, author, content, { ...extras, at, id });
    const { messages } = channel;
    let place = messages.length;
    while (place > 0 && compareIds(messages[place - 1]?.id ?? "0", id) > 0) place--;
    messages.splice(place, 0, message);
    if (compareIds(id, channel.lastMessageId ?? "0") > 0) channel.lastMessageId = id;
    if (channel.thread !== undefined) {
      channel.thread.totalSent++;
      if (channel.thread.archived) Object.assign(channel.thread, { archived: false, archivedAt: at });
    }
    return message;
  }

  private messageOf(
    channel: FakeChannel,
    author: APIUser,
    content: string,
    extras: Extras & { at: number; id: string },
  ): APIMessage {
    const { at, id, type, replyTo, forward, poll } = extras;
    const mentioned = [...content.matchAll(/<@!?(\d+)>/g)].flatMap(
      (hit) => this.users.get(hit[1] ?? "") ?? [],
    );
    const origin = channel.type === ChannelType.PublicThread && type === 21 ? channel.parentId : channel.id;
    return {
      id,
      channel_id: channel.id,
      type: type ?? (replyTo === undefined ? MessageType.Default : MessageType.Reply),
      content,
      author,
      mentions: mentioned,
      mention_roles: [...content.matchAll(/<@&(\d+)>/g)].map((hit) => hit[1] ?? ""),
      mention_everyone: content.includes("@everyone"),
      embeds: extras.embeds ?? [],
      attachments: (extras.attachments ?? []).map((file) => this.attachment(channel, file, at)),
      // Components are whatever a test makes; Discord's own type knows each kind.
      components: (extras.components ?? []) as APIMessage["components"] & object,
      timestamp: stamp(at),
      edited_timestamp: null,
      flags: NO_FLAGS,
      pinned: false,
      tts: false,
      ...(extras.webhookId === undefined ? {} : { webhook_id: extras.webhookId }),
      ...(extras.stickers === undefined
        ? {}
        : { sticker_items: extras.stickers.map((name) => ({ id: this.newId(at), name, format_type: 1 })) }),
      ...(replyTo === undefined || origin === null
        ? {}
        : { message_reference: { type: MessageReferenceType.Default, ...this.place(origin, replyTo) } }),
      ...(forward === undefined ? {} : this.forwarded(forward)),
      ...(poll === undefined ? {} : { poll: pollOf(poll, at) }),
    };
  }

  private place(channelId: string, messageId: string) {
    const guildId = this.channels.get(channelId)?.guildId;
    return {
      channel_id: channelId,
      message_id: messageId,
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    };
  }

  private forwarded({ channelId, messageId }: { channelId: string; messageId: string }) {
    const original = this.channels.get(channelId)?.messages.find((message) => message.id === messageId);
    if (original === undefined) throw new Error(`Nothing to forward: ${messageId}`);
    const { type, content, mentions, mention_roles, attachments, embeds, timestamp, edited_timestamp } =
      original;
    const message = {
      type,
      content,
      mentions,
      mention_roles,
      attachments,
      embeds,
      timestamp,
      edited_timestamp,
    };
    return {
      message_reference: { type: MessageReferenceType.Forward, ...this.place(channelId, messageId) },
      message_snapshots: [{ message: { ...message, flags: 0, components: [] } }],
    };
  }

  private attachment(channel: FakeChannel, file: NonNullable<Extras["attachments"]>[number], at: number) {
    const id = this.newId(at);
    const path = `attachments/${channel.id}/${id}/${file.filename}`;
    const signed = `?ex=${(Math.floor(at / 1000) + 86_400).toString(16)}&is=0&hm=0`;
    return {
      id,
      ...file,
      url: `https://cdn.discordapp.com/${path}${signed}`,
      proxy_url: `https://media.discordapp.net/${path}${signed}`,
    };
  }

  edit(channel: FakeChannel, id: string, content: string, at = this.now()): void {
    const message = this.message(channel, id);
    message.content = content;
    message.edited_timestamp = stamp(at);
  }

  react(channel: FakeChannel, id: string, name: string, count: number): void {
    const message = this.message(channel, id);
    const others = (message.reactions ?? []).filter((reaction) => reaction.emoji.name !== name);
    const burst = { me_burst: false, burst_colors: [], count_details: { burst: 0, normal: count } };
    message.reactions = [...others, { emoji: { id: null, name }, count, me: false, ...burst }];
  }

  delete(channel: FakeChannel, id: string): void {
    const left = channel.messages.filter((message) => message.id !== id);
    channel.messages.splice(0, channel.messages.length, ...left);
  }

  /** Deletes a channel or thread with everything in it. */
  deleteChannel(channel: FakeChannel): void {
    this.channels.delete(channel.id);
    for (const other of this.channels.values())
      if (other.parentId === channel.id && other.thread !== undefined) this.channels.delete(other.id);
  }

  message(channel: FakeChannel, id: string): APIMessage {
    const found = channel.messages.find((message) => message.id === id);
    if (found === undefined) throw new Error(`No message ${id} in #${channel.name}`);
    return found;
  }
}

/** Discord writes times with an offset and microseconds. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000+00:00");
}

function pollOf({ question, answers }: NonNullable<Extras["poll"]>, at: number) {
  return {
    question: { text: question },
    answers: answers.map(([text], index) => ({ answer_id: index + 1, poll_media: { text } })),
    expiry: stamp(at + 86_400_000),
    allow_multiselect: false,
    layout_type: 1,
    results: {
      is_finalized: true,
      answer_counts: answers.map(([, count], index) => ({ id: index + 1, count, me_voted: false })),
    },
  };
}
