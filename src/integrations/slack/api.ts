/** What is asked of Slack: who and where somebody is, and what was said. */
import { z } from "zod";
import { PermanentError, TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import * as shapes from "./models/api";
import { MissingScopeError, slowTier } from "./refusals";
import { createDownload } from "./download";
import { allEntries, type ApiAccess, type Call, createCall } from "./web-api";

export type SlackApi = ReturnType<typeof createApi>;
type Messages = shapes.MessagesAnswer["messages"];

/** Slack's own advice for most listings; people and channels come in larger pages. */
const MESSAGES_A_PAGE = 200;
const ENTRIES_A_PAGE = 500;
/** The largest page of the slow tier, whatever is asked for. */
const SLOW_PAGE = 15;

export function createApi(access: ApiAccess) {
  const call = createCall(access);
  return {
    ...workspaceMethods(call),
    ...messageMethods(call, access.services.log),
    file: fileMethod(call),
    download: createDownload(access),
  };
}

function workspaceMethods(call: Call) {
  const limit = ENTRIES_A_PAGE;
  return {
    identity: () => call("auth.test", shapes.identitySchema),
    /** One channel, to see whether the token may list them. */
    probe: () => call("conversations.list", z.object({ channels: z.array(z.unknown()) }), { limit: 1 }),
    users: () =>
      allEntries(call, "users.list", { name: "members", entry: shapes.userSchema, form: { limit } }),
    user: async (id: string) =>
      (await call("users.info", z.object({ user: shapes.userSchema }), { user: id })).user,
    /** @param direct also talk between people. */
    channels: (direct: boolean) =>
      allEntries(call, "conversations.list", {
        name: "channels",
        entry: shapes.channelSchema,
        form: { limit, types: `public_channel,private_channel${direct ? ",mpim,im" : ""}` },
      }),
  };
}

/**
 * What a file is, by its id. Undefined where that is not to be had: it is gone, or not ours to see, or the app lacks the
 * scope, which is asked for once alone.
 */
function fileMethod(call: Call) {
  let isLet = true;
  const schema = z.object({ file: z.looseObject({ id: z.string() }) });
  return async (file: string) => {
    if (!isLet) return undefined;
    try {
      return (await call("files.info", schema, { file })).file;
    } catch (error) {
      if (error instanceof MissingScopeError) isLet = false;
      else if (!(error instanceof MissingError) && !(error instanceof ForbiddenError)) throw error;
      return undefined;
    }
  };
}

function messageMethods(call: Call, log: Logger) {
  let told = false;
  const page = async (method: string, form: Record<string, string | undefined>) => {
    const answer = await call(method, shapes.messagesSchema, { ...form, limit: MESSAGES_A_PAGE });
    const isShort = answer.has_more === true && answer.messages.length <= SLOW_PAGE;
    if (isShort && !told) log.warn(slowTier);
    told ||= isShort;
    if (answer.messages.length > 0 || answer.has_more !== true) return answer;
    throw new TransientError("Slack gave an empty page and says that there is more.");
  };
  return {
    /** Newest first, between two `ts` that are both left out. */
    history: async (channel: string, range: { oldest: string; latest: string }) => {
      const answer = await page("conversations.history", { channel, ...range });
      const lowest = answer.messages.at(-1)?.ts ?? "";
      if (answer.has_more === true && lowest >= range.latest) throw stuck();
      return answer;
    },
    /** Whether a channel still has a message. */
    has: async (channel: string, ts: string) => {
      const range = { channel, oldest: ts, latest: ts, inclusive: "true" };
      return (await page("conversations.history", range)).messages.some((one) => one.ts === ts);
    },
    /** The message that a thread began from, then its answers, oldest first. */
    replies: async (channel: string, ts: string) => {
      const messages: Messages = [];
      for (let cursor: string | undefined; ;) {
        const answer = await page("conversations.replies", { channel, ts, cursor });
        messages.push(...answer.messages);
        const next = answer.response_metadata?.next_cursor || undefined;
        if (next === undefined) return messages;
        if (next === cursor) throw stuck();
        cursor = next;
      }
    },
  };
}

function stuck(): PermanentError {
  return new PermanentError("Pagination is stuck: Slack gives a page that was read before.");
}
