/** The people and workspaces of a company: names for the ids that calls carry. */
import type { Db } from "@/core/models/database";
import { ForbiddenError, unlessRefused } from "@/core/services/http/errors";
import { plainLine } from "@/lib/clean-text";
import type { GongApi } from "../api";
import { type Directory, readDirectory, saveDirectory } from "../db/queries";
import type { Call, User } from "../models/models";

/** Names by id, as far as this key may see them. */
export interface Names {
  users: ReadonlyMap<string, string>;
  workspaces: ReadonlyMap<string, string>;
}

/** Reads people and workspaces from Gong, stores them, and gives their names. */
export async function refreshNames(db: Db, account: string, api: GongApi): Promise<Names> {
  // A key without the right to list people or workspaces still reads calls, which carry most names themselves; what is
  // known from before is used.
  const workspaces = await unlessRefused(api.workspaces(), ForbiddenError);
  const users = await unlessRefused(api.users(), ForbiddenError);
  const stored = await readDirectory(db, account);
  const directory = {
    users: users === undefined ? stored.users : distinct(users).map((user) => userRow(account, user)),
    workspaces:
      workspaces === undefined
        ? stored.workspaces
        : distinct(workspaces).map(({ id, name }) => ({
            account,
            workspaceId: id,
            name: plainLine(name ?? "") || id,
          })),
  };
  await saveDirectory(db, account, directory);
  return namesIn(directory);
}

/** Names that an earlier sync stored. */
export async function storedNames(db: Db, account: string): Promise<Names> {
  return namesIn(await readDirectory(db, account));
}

/** Whether a call speaks of a host or workspace that has no name here yet. */
export function lacksNames({ users, workspaces }: Names, { metaData }: Call): boolean {
  const { primaryUserId: host, workspaceId } = metaData;
  return (!!host && !users.has(host)) || (!!workspaceId && !workspaces.has(workspaceId));
}

/** What a call shows of the directory: under other names it is to be written again. */
export function namesShown({ metaData, parties, collaboration }: Call, { users, workspaces }: Names) {
  const people = [
    metaData.primaryUserId,
    ...parties.map(({ userId }) => userId),
    ...(collaboration?.publicComments ?? []).map(({ commenterUserId }) => commenterUserId),
  ];
  return [workspaces.get(metaData.workspaceId ?? ""), ...people.map((id) => users.get(id ?? ""))];
}

function namesIn({ users, workspaces }: Directory): Names {
  return {
    users: new Map(users.map(({ userId, name }) => [userId, name])),
    workspaces: new Map(workspaces.map(({ workspaceId, name }) => [workspaceId, name])),
  };
}

/** One row an id, in the order of ids. */
function distinct<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function userRow(account: string, user: User): Directory["users"][number] {
  const given = [user.firstName, user.lastName].filter((part) => typeof part === "string").join(" ");
  return {
    account,
    userId: user.id,
    name: plainLine(given) || (user.emailAddress ?? user.id),
    email: user.emailAddress ?? null,
    jobTitle: user.title ?? null,
    active: user.active ?? true,
    managerId: user.managerId ?? null,
  };
}
