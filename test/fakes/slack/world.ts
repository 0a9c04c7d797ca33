/** A Slack workspace in memory: channels, people, messages and threads, as Slack's own objects. */

export interface FakeMessage {
  type: "message";
  ts: string;
  user?: string;
  text: string;
  thread_ts?: string;
  [field: string]: unknown;
}

export interface FakeChannel {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isMember: boolean;
  topic: string;
  purpose: string;
  /** Talk outside of channels: between two people, or in a group. */
  direct?: "im" | "mpim";
  /** Whom direct messages are with. */
  user?: string;
  /** What stands in the channel and in its threads, rising. */
  messages: FakeMessage[];
}

export interface FakeUser {
  id: string;
  name: string;
  displayName: string;
  isBot: boolean;
  /** False for people of other workspaces, whom only `users.info` knows. */
  listed: boolean;
}

export class SlackWorld {
  readonly team = { id: "T0QUARRY1", name: "Quarry", url: "https://quarry.slack.com/" };
  readonly channels = new Map<string, FakeChannel>();
  readonly users = new Map<string, FakeUser>();
  /** Content of files by their path at files.slack.com. */
  readonly files = new Map<string, string | Uint8Array>();
  private serial = 0;

  addUser(name: string, given: Partial<FakeUser> = {}): FakeUser {
    const user = { id: `U${this.nextId()}`, name, displayName: name, isBot: false, listed: true, ...given };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(name: string, given: Partial<FakeChannel> = {}): FakeChannel {
    const channel: FakeChannel = {
      id: `C${this.nextId()}`,
      name,
      isPrivate: false,
      isArchived: false,
      isMember: true,
      topic: "",
      purpose: "",
      messages: [],
      ...given,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Direct messages with a person, or in a group of several. */
  addDirect(...people: FakeUser[]): FakeChannel {
    const [first] = people;
    if (people.length === 1 && first !== undefined)
      return this.addChannel("", { id: `D${this.nextId()}`, direct: "im", user: first.id, isPrivate: true });
    const name = `mpdm-${people.map((one) => one.name).join("--")}-1`;
    return this.addChannel(name, { direct: "mpim", isPrivate: true });
  }

  /** Ids of files that lie in other workspaces. */
  readonly foreignFiles = new Set<string>();

  /** Puts a file into a message. */
  attach(
    message: FakeMessage,
    name: string,
    content: string | Uint8Array,
    more: Record<string, unknown> = {},
  ): string {
    const id = `F${this.nextId()}`;
    const path = `/files-pri/${this.team.id}-${id}/${encodeURIComponent(name)}`;
    this.files.set(path, content);
    const url_private = `https://files.slack.com${path}`;
    const own = {
      id,
      name,
      title: name,
      mode: "hosted",
      size: content.length,
      updated: 1,
      url_private,
      ...more,
    };
    message["files"] = [...(Array.isArray(message["files"]) ? message["files"] : []), own];
    return id;
  }

  /** @param at milliseconds since 1970; no two messages of a channel share a time. */
  post(channel: FakeChannel, text: string, at: number, more: Record<string, unknown> = {}): FakeMessage {
    let micros = Math.floor(at) * 1_000;
    const taken = new Set(channel.messages.map(({ ts }) => ts));
    const tsOf = () => `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, "0")}`;
    while (taken.has(tsOf())) micros++;
    const message: FakeMessage = { type: "message", ts: tsOf(), text, ...more };
    channel.messages.push(message);
    channel.messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
    return message;
  }

  answer(
    channel: FakeChannel,
    parent: FakeMessage,
    text: string,
    at: number,
    more: Record<string, unknown> = {},
  ): FakeMessage {
    parent.thread_ts = parent.ts;
    return this.post(channel, text, at, { thread_ts: parent.ts, parent_user_id: parent.user, ...more });
  }

  /** As Slack does: what others answered leaves a tombstone, anything else goes without a trace. */
  delete(channel: FakeChannel, message: FakeMessage): void {
    if (this.answersTo(channel, message).length > 0) {
      Object.assign(message, {
        subtype: "tombstone",
        text: "This message was deleted.",
        user: "USLACKBOT",
        files: [],
      });
      return;
    }
    channel.messages.splice(channel.messages.indexOf(message), 1);
  }

  answersTo(channel: FakeChannel, { ts }: FakeMessage): FakeMessage[] {
    return channel.messages.filter((one) => one.thread_ts === ts && one.ts !== ts);
  }

  /** What stands in a channel itself, rising. */
  inChannel(channel: FakeChannel): FakeMessage[] {
    return channel.messages.filter(
      ({ ts, thread_ts, subtype }) =>
        thread_ts === undefined || thread_ts === ts || subtype === "thread_broadcast",
    );
  }

  readable(): FakeChannel[] {
    return [...this.channels.values()].filter(({ isMember }) => isMember);
  }

  private nextId(): string {
    return (++this.serial).toString(36).toUpperCase().padStart(8, "0");
  }
}
