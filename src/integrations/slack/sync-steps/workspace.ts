/** People and channels of a workspace, and an overview of it. Messages are read below these. */
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import { MissingError, unlessRefused } from "@/core/services/http/errors";
import { artifactStream } from "@/core/services/sync/artifact-stream";
import type { Page, Stream } from "@/core/services/sync/stream";
import type { SlackApi } from "../api";
import { type ChannelRow, chat, markStale, saveUsers, type UserRow, usersOf } from "../db/queries";
import type { ApiChannel } from "../models/api";
import { isDirect } from "../models/direct";
import { isWanted, type SlackOptions } from "../models/options";
import { type Workspace, workspaceArtifact } from "../render/workspace";
import { userRow } from "./scene";

const NO_CHANNEL = "slack:no-channel";

export interface Member {
  api: SlackApi;
  options: SlackOptions;
  /** A person's own token reads all public channels; an app reads those it was invited to. */
  readsAllPublic: boolean;
  /** Asked once a sync. */
  workspace: () => Promise<Workspace>;
}

export function workspaceStream({ account, mode }: SyncContext, member: Member): Stream<RenderedArtifact> {
  const stream = artifactStream("workspace", async function* ({ db }) {
    const { api } = member;
    const workspace = await member.workspace();
    const listedPeople = (await api.users()).map((user) => userRow(account, user));
    const strangers = mode === "full" ? await strangersOf(db, account, api, listedPeople) : [];
    const people = [...listedPeople, ...strangers];
    const listed = await api.channels(member.options.directMessages);
    const before = await chat.channels(db, account);
    const again = (row: ChannelRow | undefined) => mode === "full" || row?.access !== "refused";
    const channels = listed.map((channel) => {
      const stored = before.find(({ id }) => id === channel.id);
      const row = channelRow(account, workspace, withName(channel, people), stored);
      return { ...row, access: again(stored) ? accessOf(channel, row, stored, member) : "refused" };
    });
    yield await workspacePage(db, account, { workspace, people, channels, before });
  });
  return { ...stream, failureLimit: 1 };
}

/** People of other workspaces, who write in shared channels: no listing has them, so they are asked for by their ids. */
async function strangersOf(
  db: Db,
  account: string,
  api: SlackApi,
  listed: readonly UserRow[],
): Promise<UserRow[]> {
  const known = new Set(listed.map(({ id }) => id));
  const found: UserRow[] = [];
  for (const { id } of await usersOf(db, account)) {
    const user = known.has(id) ? undefined : await unlessRefused(api.user(id), MissingError);
    if (user !== undefined) found.push(userRow(account, user));
  }
  return found;
}

interface Listing {
  workspace: Workspace;
  people: readonly UserRow[];
  channels: readonly ChannelRow[];
  before: readonly ChannelRow[];
}

async function workspacePage(db: Db, account: string, listing: Listing): Promise<Page<RenderedArtifact>> {
  const { workspace, people, channels, before } = listing;
  const knownPeople = new Map((await usersOf(db, account)).map((row) => [row.id, row.name]));
  const knownChannels = new Map(before.map((row) => [row.id, row]));
  const met = new Set(channels.map(({ id }) => id));
  const gone = before.filter(({ id }) => !met.has(id)).map((row) => ({ ...row, access: "gone" }));
  const names = {
    user: (id: string) => people.find((one) => one.id === id)?.name,
    channel: (id: string) => channels.find((one) => one.id === id)?.name,
  };
  const isLonely = !channels.some(({ access }) => access === "readable");
  return {
    items: [workspaceArtifact(workspace, channels, names)],
    ...(isLonely ? { failures: [lonely] } : { removed: [{ key: NO_CHANNEL, state: "gone" as const }] }),
    cursor: { workspace: workspace.id },
    save: async (tx) => {
      await saveUsers(tx, people);
      await chat.save(tx, [...channels, ...gone]);
      await markStale(tx, account, {
        users: people.filter(({ id, name }) => (knownPeople.get(id) ?? name) !== name).map(({ id }) => id),
        channels: channels
          .filter((row) => looksDifferent(row, knownChannels.get(row.id)))
          .map(({ id }) => id),
      });
    },
  };
}

const lonely = {
  key: NO_CHANNEL,
  reason:
    "The app is in no channel, so there is nothing to read. In Slack, write /invite @ and the app's name in each " +
    "channel that is to be found; the next sync reads it.",
};

function looksDifferent(row: ChannelRow, before: ChannelRow | undefined): boolean {
  const shown = ({ name, topic, isPrivate, workspace, url }: ChannelRow) =>
    JSON.stringify([name, topic, isPrivate, workspace, url]);
  return before !== undefined && shown(row) !== shown(before);
}

/** Direct messages have no name but that of whom they are with. */
function withName(channel: ApiChannel, people: readonly { id: string; name: string }[]): ApiChannel {
  if (channel.is_im !== true) return channel;
  return { ...channel, name: people.find(({ id }) => id === channel.user)?.name ?? channel.user };
}

function accessOf(
  channel: ApiChannel,
  named: Pick<ChannelRow, "id" | "name">,
  before: ChannelRow | undefined,
  { options, readsAllPublic }: Member,
): string {
  if (!isWanted(options, named)) return "left out";
  if (isDirect(named)) return "readable";
  // Archiving sends everybody out, the app as well: what was read of the channel until then stays.
  const wasRead = before?.access === "readable" || before?.access === "archived";
  if (channel.is_archived === true && channel.is_member !== true && wasRead) return "archived";
  return channel.is_member === true || (readsAllPublic && channel.is_private !== true)
    ? "readable"
    : "not joined";
}

function channelRow(
  account: string,
  workspace: Workspace,
  channel: ApiChannel,
  before: ChannelRow | undefined,
): ChannelRow {
  const { id, name, topic, purpose, is_private, is_archived, num_members } = channel;
  return {
    newestRead: null,
    backTo: null,
    readInRun: null,
    stale: false,
    ...before,
    account,
    id,
    name: name || id,
    topic: topic?.value ?? "",
    purpose: purpose?.value ?? "",
    isPrivate: is_private === true || isDirect({ id, name: name || id }),
    isArchived: is_archived === true,
    members: num_members ?? 0,
    workspace: workspace.name,
    url: `${workspace.url}archives/${id}`,
    access: "readable",
  };
}
