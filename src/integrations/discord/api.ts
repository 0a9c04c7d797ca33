/** Discord's API as far as reading takes it (https://discord.com/developers/docs/reference, version 10). */
import type { z } from "zod";
import { AuthError, PermanentError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { IntegrationServices } from "@/core/models/integration";
import { userAgent } from "@/core/services/http/user-agent";
import type { InvalidRequests } from "./invalid-requests";
import * as shapes from "./models/api";

export type DiscordApi = ReturnType<typeof createApi>;

/** Discord's own page size of each listing. */
export const PAGE = 100;
const GUILDS_A_PAGE = 200;
const MEMBERS_A_PAGE = 1_000;

/** Fifty requests a second of one bot, as Discord allows; each route's own limit is learnt from its answers. */
const hostLimits = { "*": { concurrency: 8, spacingMs: 20 } };

export type ArchivedKind = "public" | "private" | "joined";

const archivedPaths: Record<ArchivedKind, string> = {
  public: "threads/archived/public",
  private: "threads/archived/private",
  joined: "users/@me/threads/archived/private",
};

export interface ApiAccess {
  token: string;
  services: IntegrationServices;
  invalid: InvalidRequests;
  signal: AbortSignal;
}

export function createApi(access: ApiAccess) {
  const get = createGet(access);
  return {
    application: () => get("/applications/@me", [], shapes.applicationSchema),
    guilds: () =>
      allPages(GUILDS_A_PAGE, (after) =>
        get("/users/@me/guilds", [], shapes.guildsSchema, { limit: GUILDS_A_PAGE, after }),
      ),
    guild: (id: string) => get("/guilds/:id", [id], shapes.guildSchema),
    channels: (guildId: string) => get("/guilds/:id/channels", [guildId], shapes.channelSchema.array()),
    member: (guildId: string, userId: string) =>
      get("/guilds/:id/members/:id", [guildId, userId], shapes.memberSchema),
    members: async (guildId: string) => {
      const page = async (after: string | undefined) => {
        const query = { limit: MEMBERS_A_PAGE, after };
        const members = await get("/guilds/:id/members", [guildId], shapes.memberSchema.array(), query);
        return members.map((member) => ({ ...member, id: member.user?.id ?? "" }));
      };
      return allPages(MEMBERS_A_PAGE, page);
    },
    activeThreads: async (guildId: string) =>
      (await get("/guilds/:id/threads/active", [guildId], shapes.threadsSchema)).threads,
    archivedThreads: (channelId: string, kind: ArchivedKind, before: string | undefined) =>
      get(`/channels/:id/${archivedPaths[kind]}`, [channelId], shapes.threadsSchema, { limit: PAGE, before }),
    channel: (id: string) => get("/channels/:id", [id], shapes.channelSchema),
    /** Newest first, also with `after`, which gives those just above an id. */
    messages: (channelId: string, { before, after }: { before?: string; after?: string } = {}) =>
      get("/channels/:id/messages", [channelId], shapes.messagesSchema, { limit: PAGE, before, after }),
    message: (channelId: string, id: string) =>
      get("/channels/:id/messages/:id", [channelId, id], shapes.messageSchema),
  };
}

type Get = <Output>(
  /** Path whose `:id` stand for `ids`, which is what Discord counts its limits by. */
  route: string,
  ids: readonly string[],
  schema: z.ZodType<Output>,
  query?: Record<string, string | number | undefined>,
) => Promise<Output>;

/** One way to ask for everything: by the bot's token, within Discord's limits, answers parsed. */
function createGet({ token, services, invalid, signal }: ApiAccess): Get {
  const base = services.apiUrl("https://discord.com/api/v10");
  const client = services.http({
    auth: { headers: () => Promise.resolve({ Authorization: `Bot ${token}` }) },
    hostLimits,
    errorInBody: ({ status, headers, json, now }) => {
      invalid.count(status, headers.get("x-ratelimit-scope"));
      return refusalOf(status, json, now);
    },
  });
  return async (route, ids, schema, query = {}) => {
    invalid.check();
    let next = 0;
    const path = route.replaceAll(":id", () => ids[next++] ?? "");
    const { data } = await client.request({
      url: `${base}${path}`,
      query,
      headers: { "User-Agent": `DiscordBot (https://github.com/stoneturner, ${userAgent()})` },
      expect: "json",
      schema,
      signal,
      bucket: { route, place: ids[0] ?? "" },
    });
    return data;
  };
}

async function allPages<Item extends { id: string }>(
  size: number,
  page: (after: string | undefined) => Promise<Item[]>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const items = await page(all.at(-1)?.id);
    all.push(...items);
    if (items.length < size) return all;
  }
}

const UNKNOWN_AGENT = 40333;

/** What Discord says more exactly in the body than by the status. */
function refusalOf(status: number, json: unknown, now: number): StoneturnerError | undefined {
  const fields = new Map<string, unknown>(
    json !== null && typeof json === "object" ? Object.entries(json) : [],
  );
  const seconds = fields.get("retry_after");
  if (status === 429 && typeof seconds === "number" && seconds > 0) {
    const retryAt = new Date(now + Math.min(86_400, seconds) * 1_000);
    return new RateLimitedError("Discord asks to wait.", retryAt);
  }
  if (status === 401) {
    return new AuthError("Discord does not accept the bot token.", {
      action:
        "Copy the token from the bot's page in the developer portal (“Reset Token” makes a new one), and reconnect.",
    });
  }
  if (status === 403 && fields.get("code") === UNKNOWN_AGENT) {
    return new PermanentError("Discord's network refused the request before it was looked at (code 40333).", {
      action: "A proxy may change the User-Agent header; Discord requires the one that is sent.",
    });
  }
  return undefined;
}
