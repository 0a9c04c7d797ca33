import { CONNECT, MANAGE_THREADS, READ_MESSAGE_HISTORY, VIEW_CHANNEL } from "./models/permissions";

/**
 * The page on which a server's owner lets the bot in, with exactly the rights that reading takes.
 * @param privateThreads also those that archived private threads take, which Discord counts among a moderator's.
 */
export function inviteLink(applicationId: string, { privateThreads }: { privateThreads: boolean }): string {
  const rights = VIEW_CHANNEL | READ_MESSAGE_HISTORY | CONNECT | (privateThreads ? MANAGE_THREADS : 0n);
  const query = new URLSearchParams({ client_id: applicationId, scope: "bot", permissions: String(rights) });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
