/** What rendering needs to know of a workspace beside the messages themselves. */
import type { Db } from "@/core/models/database";
import { MissingError, unlessRefused } from "@/core/services/http/errors";
import type { SlackApi } from "../api";
import { type ChannelRow, chat, type UserRow, usersOf } from "../db/queries";
import type { ApiUser } from "../models/api";
import type { Names } from "../render/mrkdwn";
import type { Workspace } from "../render/workspace";

export interface Scene {
  workspace: Workspace;
  channels: Map<string, ChannelRow>;
  names: Names;
  /** Looks up people who are not listed (guests of shared channels); rows to write for those that Slack knows. */
  meet: (ids: Iterable<string>) => Promise<UserRow[]>;
}

export async function sceneOf(db: Db, account: string, api: SlackApi, workspace: Workspace): Promise<Scene> {
  const channels = new Map((await chat.channels(db, account)).map((row) => [row.id, row]));
  const users = new Map((await usersOf(db, account)).map((row) => [row.id, row]));
  const asked = new Set<string>();
  return {
    workspace,
    channels,
    names: { user: (id) => users.get(id)?.name, channel: (id) => channels.get(id)?.name },
    meet: async (ids) => {
      const met: UserRow[] = [];
      for (const id of new Set(ids)) {
        if (users.has(id) || asked.has(id)) continue;
        asked.add(id);
        const user = await unlessRefused(api.user(id), MissingError);
        if (user === undefined) continue;
        const row = userRow(account, user);
        users.set(id, row);
        met.push(row);
      }
      return met;
    },
  };
}

export function userRow(
  account: string,
  { id, name, real_name, deleted, is_bot, profile }: ApiUser,
): UserRow {
  const realName = profile?.real_name || real_name || null;
  return {
    account,
    id,
    name: profile?.display_name || realName || name || id,
    realName,
    title: profile?.title || null,
    email: profile?.email || null,
    isBot: is_bot === true,
    isDeleted: deleted === true,
  };
}
