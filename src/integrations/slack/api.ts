/** Slack's Web API as far as reading takes it (https://docs.slack.dev/apis/web-api). */
import { z } from "zod";
import { PermanentError, TransientError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/integration";
import * as shapes from "./models/api";
import { refusalOf, slowTier } from "./refusals";

export type SlackApi = ReturnType<typeof createApi>;

/** Slack's own advice for most listings; people and channels come in larger pages. */
export const MESSAGES_A_PAGE = 200;
const ENTRIES_A_PAGE = 500;
/** The largest page of the slow tier, whatever is asked for. */
const SLOW_PAGE = 15;

/** Fifty requests a minute of one method (tier 3) are the least that a workspace's own app is granted. */
const hostLimits = { "*": { concurrency: 2, spacingMs: 1_200 } };
/** The slow tier asks to wait a minute between two pages, which is sat out. */
const policy = { parkAfterMs: 90_000, maxElapsedMs: 900_000, attempts: 10 };

export interface ApiAccess {
  auth: HttpAuth;
  services: IntegrationServices;
  signal: AbortSignal;
}

export function createApi({ auth, services, signal }: ApiAccess) {
  const base = services.apiUrl("https://slack.com/api");
  const client = services.http({ auth, hostLimits, policy, errorInBody: refusalOf });
  const ask = async <Output>(
    method: string,
    schema: z.ZodType<Output>,
    form: Record<string, string | number | undefined> = {},
  ): Promise<Output> => {
    const given = Object.entries(form).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, `${value}`]],
    );
    const { data } = await client.request({
      method: "POST",
      url: `${base}/${method}`,
      form: z.record(z.string(), z.string()).parse(Object.fromEntries(given)),
      expect: "json",
      schema,
      signal,
      // Each method has a limit of its own.
      bucket: { route: method, place: "" },
    });
    return data;
  };
  let told = false;
  const messagesOf = async (method: string, form: Record<string, string | undefined>) => {
    const answer = await ask(method, shapes.messagesSchema, { ...form, limit: MESSAGES_A_PAGE });
    const isShort = answer.has_more === true && answer.messages.length <= SLOW_PAGE;
    if (isShort && !told) services.log.warn(slowTier);
    told ||= isShort;
    if (answer.messages.length > 0 || answer.has_more !== true) return answer;
    throw new TransientError("Slack gave an empty page and says that there is more.");
  };
  return {
    identity: () => ask("auth.test", shapes.identitySchema),
    /** One channel, to see whether the token may list them. */
    probe: () => ask("conversations.list", z.object({ channels: z.array(z.unknown()) }), { limit: 1 }),
    users: () =>
      allPages("members", shapes.userSchema, (cursor, schema) =>
        ask("users.list", schema, { limit: ENTRIES_A_PAGE, cursor }),
      ),
    user: async (id: string) =>
      (await ask("users.info", z.object({ user: shapes.userSchema }), { user: id })).user,
    channels: () =>
      allPages("channels", shapes.channelSchema, (cursor, schema) =>
        ask("conversations.list", schema, {
          types: "public_channel,private_channel",
          limit: ENTRIES_A_PAGE,
          cursor,
        }),
      ),
    /** Newest first, between two `ts` that are both left out. */
    history: async (channel: string, range: { oldest: string; latest: string }) => {
      const answer = await messagesOf("conversations.history", { channel, ...range });
      const lowest = answer.messages.at(-1)?.ts ?? "";
      if (answer.has_more !== true || lowest < range.latest) return answer;
      throw new PermanentError("Pagination is stuck: Slack gives messages that were not asked for.");
    },
    /** Whether a channel still has a message. */
    has: async (channel: string, ts: string) => {
      const range = { channel, oldest: ts, latest: ts, inclusive: "true" };
      return (await messagesOf("conversations.history", range)).messages.some((one) => one.ts === ts);
    },
    /** The message that a thread began from, then its answers, oldest first. */
    replies: async (channel: string, ts: string) => {
      const messages: shapes.MessagesAnswer["messages"] = [];
      for (let cursor: string | undefined; ;) {
        const answer = await messagesOf("conversations.replies", { channel, ts, cursor });
        messages.push(...answer.messages);
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (cursor === undefined) return messages;
      }
    },
  };
}

/** All entries of a listing by cursor. */
async function allPages<Entry>(
  name: string,
  entry: z.ZodType<Entry>,
  ask: (
    cursor: string | undefined,
    schema: z.ZodType<{ entries: Entry[]; next: string | undefined }>,
  ) => Promise<{ entries: Entry[]; next: string | undefined }>,
): Promise<Entry[]> {
  const schema = z
    .looseObject({ [name]: z.array(entry), response_metadata: shapes.metadataSchema })
    .transform((answer) => ({
      entries: z.array(entry).parse(answer[name]),
      next: shapes.metadataSchema.parse(answer["response_metadata"])?.next_cursor || undefined,
    }));
  const all: Entry[] = [];
  for (let cursor: string | undefined; ;) {
    const { entries, next } = await ask(cursor, schema);
    all.push(...entries);
    if (next === undefined || next === cursor) return all;
    cursor = next;
  }
}
