/** Kinds of channels and messages by their numbers (https://discord.com/developers/docs/resources/channel, …/message). */

export const CATEGORY = 4;
const PRIVATE_THREAD = 12;

const named = new Map([
  [0, "text channel"],
  [2, "voice channel"],
  [5, "announcement channel"],
  [10, "announcement thread"],
  [11, "thread"],
  [12, "private thread"],
  [13, "stage channel"],
  [15, "forum"],
  [16, "media channel"],
]);

/** Categories, and links to the server's directory (14), hold no messages and are known to. */
export function isKnownKind(type: number): boolean {
  return named.has(type) || type === CATEGORY || type === 14;
}

/** What people call a kind of channel; one that is not known yet is a "channel". */
export function kindOfChannel(type: number): string {
  return named.get(type) ?? "channel";
}

/** Forums and media channels hold posts, which are threads, and no messages of their own. */
export function holdsPosts(type: number): boolean {
  return type === 15 || type === 16;
}

export function isThread(type: number): boolean {
  return type === 10 || type === 11 || type === PRIVATE_THREAD;
}

/** Channels with messages of their own. */
export function holdsMessages(type: number): boolean {
  return isThread(type) || [0, 2, 5, 13].includes(type);
}

/** Channels below which threads can be: a listing of archived ones is worth asking for. */
export function holdsThreads(type: number): boolean {
  return type === 0 || type === 5 || holdsPosts(type);
}

/** Voice and stage channels take the right to connect, also for reading. */
export function isSpoken(type: number): boolean {
  return type === 2 || type === 13;
}

export const REPLY = 19;
export const CHAT_COMMAND = 20;
export const THREAD_STARTER = 21;
export const POLL_RESULT = 46;

/** Joins, boosts, pins, renames, alerts and the like: Discord's own notices of no lasting worth. A thread's starter stands in its channel. */
const notices = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 21, 22, 25, 26, 27, 28, 29, 31, 32, 36, 37, 38,
  39, 44, 55,
]);

/** What people and programs said. A kind that is not known yet counts, since it may hold text. */
export function isSaid(type: number): boolean {
  return !notices.has(type);
}
