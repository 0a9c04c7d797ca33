import { ForbiddenError, unlessRefused } from "@/core/services/http/errors";
import type { Db } from "@/core/models/database";
import { allOf, type NotionApi } from "../api/notion-api";
import { saveUsers, userNames } from "../db/queries";
import { plainId } from "../markdown/context";

/**
 * Names of people and bots by id. Reading them is a capability of its own: without it, what is known from before is
 * used, and mentions carry the names that Notion writes into them.
 */
export async function readUsers(api: NotionApi, db: Db, account: string): Promise<Map<string, string>> {
  const users = await unlessRefused(allOf(api.users), ForbiddenError);
  const rows = (users ?? []).flatMap(({ id, name, person, type }) =>
    name ? [{ account, userId: plainId(id), name, email: person?.email ?? null, type: type ?? null }] : [],
  );
  await saveUsers(db, rows);
  return userNames(db, account);
}
