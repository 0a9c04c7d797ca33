/** Slack's Web API methods as far as reading takes them: arguments in, an `{ok: true, …}` or a refusal out. */
import { Refusal, type SlackServerState } from "./state";
import type { FakeChannel, FakeMessage, FakeUser, SlackWorld } from "./world";

type Fields = URLSearchParams;
export type Method = (state: SlackServerState, fields: Fields) => Record<string, unknown>;

export const methods: Record<string, Method> = {
  "auth.test": ({ world: { team, users } }) => {
    const [bot] = users.values();
    return {
      url: team.url,
      team: team.name,
      team_id: team.id,
      user: bot?.name,
      user_id: bot?.id,
      bot_id: "B01",
    };
  },
  "users.list": (state, fields) => {
    const listed = [...state.world.users.values()].filter((user) => user.listed);
    const { shown, metadata } = pageOf(state, listed, fields);
    return { members: shown.map(userShape), response_metadata: metadata };
  },
  "users.info": ({ world }, fields) => {
    const user = world.users.get(fields.get("user") ?? "");
    if (user === undefined) throw new Refusal("user_not_found");
    return { user: userShape(user) };
  },
  "files.info": ({ world }, fields) => {
    const shared = [...world.channels.values()].flatMap(({ messages }) => messages.flatMap(filesOf));
    const file = shared.find(({ id }) => id === fields.get("file"));
    if (file === undefined) throw new Refusal("file_not_found");
    return { file };
  },
  "conversations.list": (state, fields) => {
    const types = (fields.get("types") ?? "public_channel").split(",");
    const listed = [...state.world.channels.values()].filter(({ isPrivate, isMember, direct }) =>
      direct !== undefined
        ? types.includes(direct)
        : isPrivate
          ? isMember && types.includes("private_channel")
          : types.includes("public_channel"),
    );
    const { shown, metadata } = pageOf(state, listed, fields);
    return { channels: shown.map(channelShape), response_metadata: metadata };
  },
  "conversations.history": (state, fields) => {
    const { world, tier, hiddenBefore } = state;
    const channel = openChannel(world, fields);
    if (state.emptyPages-- > 0) return { messages: [], has_more: false };
    const inclusive = fields.get("inclusive") === "true";
    const [oldest, latest] = [fields.get("oldest") ?? "0", fields.get("latest") ?? "9999999999.999999"];
    const found = world
      .inChannel(channel)
      .filter(({ ts }) => ts >= hiddenBefore)
      .filter(({ ts }) => (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest)))
      .toReversed();
    const limit = limitOf(fields, tier === "slow" ? 15 : state.pageSize);
    return {
      messages: found.slice(0, limit).map((message) => messageShape(world, channel, message)),
      has_more: found.length > limit,
      is_limited: world.inChannel(channel).some(({ ts }) => ts < hiddenBefore),
      pin_count: 0,
    };
  },
  "conversations.replies": (state, fields) => {
    const { world, tier } = state;
    const channel = openChannel(world, fields);
    const parent = channel.messages.find(({ ts }) => ts === fields.get("ts"));
    if (parent === undefined) throw new Refusal("thread_not_found");
    const all = [parent, ...world.answersTo(channel, parent)];
    const { shown, metadata } = pageOf(state, all, fields, tier === "slow" ? 15 : state.pageSize);
    const messages = shown.map((message) => messageShape(world, channel, message));
    return { messages, has_more: metadata.next_cursor !== "", response_metadata: metadata };
  },
};

function openChannel(world: SlackWorld, fields: Fields): FakeChannel {
  const channel = world.channels.get(fields.get("channel") ?? "");
  if (channel === undefined || (channel.isPrivate && !channel.isMember))
    throw new Refusal("channel_not_found");
  if (!channel.isMember) throw new Refusal("not_in_channel");
  return channel;
}

function limitOf(fields: Fields, most: number): number {
  return Math.min(Number(fields.get("limit") ?? 100), most);
}

/** A page of a listing by cursor: Slack's are opaque, and forgotten one day. */
function pageOf<Entry>(
  state: SlackServerState,
  all: readonly Entry[],
  fields: Fields,
  most = state.pageSize,
) {
  const cursor = fields.get("cursor") ?? "";
  const [generation, offset] =
    cursor === "" ? [state.generation, 0] : Buffer.from(cursor, "base64").toString().split(":").map(Number);
  if (generation !== state.generation || offset === undefined) throw new Refusal("invalid_cursor");
  const end = offset + limitOf(fields, most);
  const next = end < all.length ? Buffer.from(`${generation}:${end}`).toString("base64") : "";
  return { shown: all.slice(offset, end), metadata: { next_cursor: next } };
}

function userShape({ id, name, displayName, isBot }: FakeUser) {
  const profile = {
    display_name: displayName,
    real_name: `${displayName} of Quarry`,
    email: `${name}@quarry.example`,
  };
  return {
    id,
    team_id: "T0QUARRY1",
    name,
    deleted: false,
    is_bot: isBot,
    real_name: profile.real_name,
    profile,
    updated: 1,
  };
}

function channelShape(channel: FakeChannel) {
  const { id, name, isPrivate, isArchived, isMember, topic, purpose, direct, user } = channel;
  // Direct messages have neither name nor members.
  if (direct === "im")
    return { id, user, is_im: true, is_org_shared: false, is_user_deleted: false, created: 1 };
  return {
    is_mpim: direct === "mpim",
    id,
    name,
    is_channel: true,
    is_private: isPrivate,
    is_archived: isArchived,
    is_member: isMember,
    num_members: 3,
    topic: { value: topic, creator: "", last_set: 0 },
    purpose: { value: purpose, creator: "", last_set: 0 },
  };
}

const filesOf = ({ files }: FakeMessage): { id: string }[] => (Array.isArray(files) ? files : []);

/** Of a file in a channel that workspaces share, a message tells the id, and that the rest is to be asked for. */
function fileShape(world: SlackWorld, file: { id: string }) {
  if (!world.foreignFiles.has(file.id)) return file;
  const nothing = { name: null, title: null, mimetype: "", filetype: "", pretty_type: "", user: null };
  return {
    id: file.id,
    created: 1,
    timestamp: 1,
    ...nothing,
    mode: "file_access",
    file_access: "check_file_info",
  };
}

function messageShape(world: SlackWorld, channel: FakeChannel, given: FakeMessage) {
  const files = filesOf(given).map((file) => fileShape(world, file));
  const message = files.length === 0 ? given : { ...given, files };
  const answers = world.answersTo(channel, message);
  if (answers.length === 0)
    return message.thread_ts === message.ts ? { ...message, thread_ts: undefined } : message;
  return {
    ...message,
    reply_count: answers.length,
    reply_users_count: 1,
    latest_reply: answers.at(-1)?.ts,
    subscribed: false,
  };
}
