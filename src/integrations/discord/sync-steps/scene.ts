/** What rendering needs to know of a server and its channels beside the messages themselves. */
import type { Db } from "@/core/models/database";
import { channelsOf, membersOf, rolesOf, serversOf, type ChannelRow, type MemberRow } from "../db/queries";
import type { ApiUser } from "../models/api";
import { isThread } from "../models/channel-types";
import { labelOf, type Names } from "../render/names";
import type { Place } from "../render/conversation";

export interface ServerScene {
  account: string;
  server: { id: string; name: string };
  names: Names;
  channels: Map<string, ChannelRow>;
  /** Takes in people met in messages: new ones and those with another name than before. */
  learn: (users: readonly ApiUser[]) => { rows: MemberRow[]; renamed: string[] };
  placeOf: (channel: ChannelRow) => Place;
}

export async function serverScene(db: Db, account: string, serverId: string): Promise<ServerScene> {
  const server = (await serversOf(db, account)).find(({ id }) => id === serverId);
  const channels = new Map((await channelsOf(db, account, serverId)).map((row) => [row.id, row]));
  const members = new Map((await membersOf(db, account, serverId)).map((row) => [row.userId, row]));
  const roles = new Map((await rolesOf(db, account, serverId)).map((row) => [row.id, row.name]));
  const named = { id: serverId, name: server?.name ?? "Unknown server" };
  return {
    account,
    server: named,
    channels,
    names: {
      user: (id) => {
        const member = members.get(id);
        return member === undefined ? undefined : labelOf(member);
      },
      role: (id) => (id === serverId ? "everyone" : roles.get(id)),
      channel: (id) => {
        // Where the bot may not see it, its id stands for its name.
        const { name = id } = channels.get(id) ?? {};
        return name === id ? undefined : name;
      },
    },
    learn: (users) => {
      const rows = new Map<string, MemberRow>();
      const renamed: string[] = [];
      for (const user of users) {
        const row = memberRow(account, serverId, user, members.get(user.id)?.nick ?? null);
        const known = members.get(user.id);
        if (known !== undefined && known.username === row.username && known.displayName === row.displayName)
          continue;
        if (known !== undefined && labelOf(known) !== labelOf(row)) renamed.push(user.id);
        members.set(user.id, row);
        rows.set(user.id, row);
      }
      return { rows: [...rows.values()], renamed };
    },
    placeOf: (channel) => {
      const parent = isThread(channel.type) ? channels.get(channel.parentId ?? "") : undefined;
      return { ...channel, server: named, parent };
    },
  };
}

export function memberRow(account: string, serverId: string, user: ApiUser, nick: string | null): MemberRow {
  return {
    account,
    serverId,
    userId: user.id,
    username: user.username,
    displayName: user.global_name ?? null,
    nick,
    bot: user.bot === true,
  };
}
