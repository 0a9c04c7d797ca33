/** Servers with their channels, roles and members, and an overview of each. Everything else is read below these. */
import { z } from "zod";
import { upsertRows } from "@/core/db/own-rows";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { artifactStream } from "@/core/services/sync/artifact-stream";
import type { ItemNotice, Page, Stream } from "@/core/services/sync/stream";
import type { DiscordApi } from "../api";
import {
  channelsOf,
  type ChannelRow,
  chat,
  deleteServer,
  markStale,
  membersOf,
  rolesOf,
  serversOf,
} from "../db/queries";
import { discordMember, discordRole, discordServer } from "../db/schema";
import { inviteLink } from "../invite-link";
import type { ApiGuild } from "../models/api";
import { isKnownKind, isThread } from "../models/channel-types";
import { type DiscordOptions, isNamed } from "../models/models";
import { CONTENT_INTENT, MEMBERS_INTENT, standingOf } from "../models/permissions";
import { labelOf } from "../render/names";
import { serverArtifact } from "../render/server";
import {
  belowRenamed,
  channelRows,
  closedRow,
  followParents,
  type Listing,
  openedAgain,
  threadRow,
} from "./channel-rows";
import { contentHidden } from "./compare";
import { memberRow } from "./scene";
import { noteThreadRights, type ThreadReading } from "./threads";

interface Asked extends Pick<ThreadReading, "api" | "managesThreads"> {
  db: Db;
  account: string;
  options: DiscordOptions;
  log: Logger;
  botId: string;
  listsMembers: boolean;
  /** Channels that Discord refused although their rights allow them are asked for again. */
  triesRefused: boolean;
}

/** The day, UTC, on which channels that were refused were last asked for again. */
const cursorSchema = z.object({ triedOn: z.string() });

export function serversStream(
  { context, api, managesThreads }: ThreadReading,
  options: DiscordOptions,
): Stream<RenderedArtifact> {
  const { account } = context;
  const stream = artifactStream("servers", async function* ({ db, cursor }) {
    const triedOn = new Date().toISOString().slice(0, 10);
    const { id, bot, flags } = await api.application();
    if ((flags & CONTENT_INTENT) === 0) throw contentHidden();
    const asked: Asked = {
      api,
      managesThreads,
      db,
      account,
      options,
      log: context.log,
      botId: bot?.id ?? id,
      listsMembers: (flags & MEMBERS_INTENT) !== 0,
      triesRefused: context.mode === "full" || cursorSchema.safeParse(cursor).data?.triedOn !== triedOn,
    };
    const dated = (page: Page<RenderedArtifact>) => ({ ...page, cursor: { at: page.cursor, triedOn } });
    const guilds = await api.guilds();
    const wanted = guilds.filter(
      ({ id, name }) => options.servers.length === 0 || isNamed(options.servers, id, name),
    );
    for (const server of await serversOf(db, account)) {
      if (wanted.some(({ id }) => id === server.id)) continue;
      const access = guilds.some(({ id }) => id === server.id) ? "left out" : "closed";
      yield dated(await farewell(db, account, server.id, access));
    }
    for (const { id } of wanted) yield dated(await serverPage(asked, id));
  });
  return { ...stream, failureLimit: 1 };
}

/** A server that the bot is no longer in, or that is no longer wanted. */
async function farewell(
  db: Db,
  account: string,
  serverId: string,
  access: "closed" | "left out",
): Promise<Page<RenderedArtifact>> {
  const channels = await channelsOf(db, account, serverId);
  const state = access === "closed" ? "hidden" : "gone";
  return {
    items: [],
    removed: [{ key: `discord:server:${serverId}`, state }, ...historyMended(channels)],
    cursor: { server: serverId, leaves: access },
    save: async (tx) => {
      await chat.save(
        tx,
        channels.map((row) => (access === "closed" ? closedRow(row) : { ...row, access })),
      );
      await deleteServer(tx, account, serverId);
    },
  };
}

async function serverPage(asked: Asked, id: string): Promise<Page<RenderedArtifact>> {
  const { api, db, account, botId } = asked;
  const [guild, channels, member, active] = await Promise.all([
    api.guild(id),
    api.channels(id),
    api.member(id, botId),
    api.activeThreads(id),
  ]);
  const stored = await storedRows(asked, id);
  const listing: Listing = { account, serverId: id, stored };
  const standing = standingOf(botId, guild, member);
  const listed = channelRows(listing, channels, standing, asked.options);
  noteThreadRights(asked.managesThreads, standing, channels);
  const rows = [...listed, ...threadRows(listing, listed, active)];
  tellUnknownKinds(listed, asked.log);
  const met = new Set(rows.map((row) => row.id));
  const gone = [...stored.values()].filter((row) => !met.has(row.id) && !isThread(row.type));
  const people = await peopleOf(asked, id);
  const renamedRows = rows.filter((row) => (stored.get(row.id)?.name ?? row.name) !== row.name);
  const roles = await rolesIn(asked, guild);
  const [before] = (await serversOf(db, account)).filter((row) => row.id === id);
  const serverRenamed = (before?.name ?? guild.name) !== guild.name;
  const notices = historyNotices(botId, listed, stored, asked.options);
  return {
    items: [serverArtifact({ ...guild, description: guild.description ?? null }, listed)],
    failures: notices.missing,
    removed: notices.mended,
    cursor: { server: id },
    save: async (tx) => {
      const server = { account, id, name: guild.name, description: guild.description ?? null };
      await upsertRows(tx, discordServer, [server]);
      await upsertRows(tx, discordRole, roles.rows);
      await upsertRows(tx, discordMember, people.rows);
      await chat.save(tx, [...rows, ...gone.map((row) => ({ ...row, access: "gone" }))]);
      const stale = [
        ...belowRenamed(stored, rows),
        // A thread's name stands in its channel as well.
        ...renamedRows.flatMap(({ type, parentId }) => (isThread(type) ? (parentId ?? []) : [])),
        ...(serverRenamed ? rows.map((row) => row.id) : []),
      ];
      await chat.change(tx, account, stale, { stale: true });
      await chat.change(tx, account, openedAgain(stored, listed), { archiveMark: null });
      await markStale(tx, account, id, {
        users: people.renamed,
        roles: roles.renamed,
        channels: renamedRows.map((row) => row.id),
      });
    },
  };
}

/** What Discord brings tomorrow is listed, but nobody knows here how its messages are read. */
function tellUnknownKinds(rows: readonly ChannelRow[], log: Logger): void {
  for (const { id, name, type } of rows.filter((row) => !isKnownKind(row.type)))
    log.warn(`#${name} is a channel of a kind that is not known here, so its messages are not read.`, {
      id,
      type,
    });
}

async function storedRows({ db, account, triesRefused }: Asked, serverId: string) {
  const rows = await channelsOf(db, account, serverId);
  return new Map(rows.map((row) => [row.id, triesRefused ? triedAgain(row) : row]));
}

/** A right may be taken and given back while a sync reads, which no listing of rights tells. */
function triedAgain(row: ChannelRow): ChannelRow {
  return row.access === "refused" ? { ...row, access: "readable" } : row;
}

/** Active threads as listed, and what follows for those that are no longer among them. */
function threadRows(
  listing: Listing,
  listed: readonly ChannelRow[],
  active: Awaited<ReturnType<DiscordApi["activeThreads"]>>,
) {
  const parents = new Map(listed.map((row) => [row.id, row]));
  const met = active.flatMap((thread) => {
    const parent = parents.get(thread.parent_id ?? "");
    return parent === undefined ? [] : [threadRow(listing, thread, parent)];
  });
  const ids = new Set(met.map(({ id }) => id));
  const others = [...listing.stored.values()].filter(({ id, type }) => isThread(type) && !ids.has(id));
  // No longer active: archived, unless the listing of archived ones does not know it either.
  const left = others.map((row) =>
    row.archived ? row : { ...row, archived: true, archivedAt: null, stale: true },
  );
  const followed = new Map(followParents(listed, left).map((row) => [row.id, row]));
  return [...met, ...left.map((row) => followed.get(row.id) ?? row)];
}

async function peopleOf({ api, db, account, listsMembers }: Asked, serverId: string) {
  if (!listsMembers) return { rows: [], renamed: [] };
  const known = new Map((await membersOf(db, account, serverId)).map((row) => [row.userId, row]));
  const rows = (await api.members(serverId)).flatMap(({ user, nick }) =>
    user ? [memberRow(account, serverId, user, nick ?? null)] : [],
  );
  const renamed = rows.filter((row) => {
    const before = known.get(row.userId);
    return before !== undefined && labelOf(before) !== labelOf(row);
  });
  return { rows, renamed: renamed.map(({ userId }) => userId) };
}

async function rolesIn({ db, account }: Asked, { id: serverId, roles }: ApiGuild) {
  const rows = roles.map(({ id, name }) => ({ account, serverId, id, name }));
  const known = new Map((await rolesOf(db, account, serverId)).map((row) => [row.id, row.name]));
  const renamed = rows.filter((row) => (known.get(row.id) ?? row.name) !== row.name);
  return { rows, renamed: renamed.map(({ id }) => id) };
}

/** Channels that the bot sees but would be shown as empty, in words; and those where that is over. */
function historyNotices(
  botId: string,
  rows: readonly ChannelRow[],
  stored: ReadonlyMap<string, ChannelRow>,
  options: DiscordOptions,
) {
  const missing: ItemNotice[] = rows
    .filter(({ access }) => access === "no history")
    .map(({ id, name }) => ({
      key: `channel:${id}`,
      reason:
        `#${name} cannot be read: the bot sees it but lacks the right “Read Message History”, without which Discord ` +
        `shows every channel as empty. Grant it to the bot's role, or invite it again: ${inviteLink(botId, options)}`,
    }));
  const left = new Set(missing.map(({ key }) => key));
  return { missing, mended: historyMended([...stored.values()]).filter(({ key }) => !left.has(key)) };
}

/** Notices of channels that are told of no longer: they can be read, or are gone. */
function historyMended(channels: readonly ChannelRow[]) {
  return channels
    .filter(({ access }) => access === "no history")
    .map(({ id }) => ({ key: `channel:${id}`, state: "gone" as const }));
}
