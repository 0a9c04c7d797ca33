/** The requests to Gong's API v2 (https://gong.app.gong.io/settings/api/documentation), parsed. */
import type { z } from "zod";
import type { HttpClient, ProviderHttpOptions } from "@/core/models/http";
import { basicAuth } from "@/core/services/http/auth-kinds";
import { MissingError, RequestRefusedError, TooLargeError } from "@/core/services/http/errors";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import {
  callsPageSchema,
  type Monologue,
  transcriptsPageSchema,
  type User,
  usersPageSchema,
  type Workspace,
  workspacesSchema,
} from "./models/models";

/** Three requests a second and 10,000 a day, shared by everything that a company connects. */
const LIMITS = { hostLimits: { "*": { concurrency: 2, spacingMs: 340 } }, requestsPerDay: 10_000 } as const;
/** The answer for calls or transcripts comes in pages of 100 whose size cannot be chosen. */
const MOST_BYTES = 96 * 1_024 * 1_024;
/** Everything that is rendered or kept; without it the answer holds nothing but the call's own fields. */
const CONTENT = {
  context: "Extended",
  exposedFields: {
    parties: true,
    content: {
      topics: true,
      trackers: true,
      pointsOfInterest: true,
      brief: true,
      outline: true,
      highlights: true,
      callOutcome: true,
      keyPoints: true,
    },
    interaction: { questions: true },
    collaboration: { publicComments: true },
  },
} as const;

export interface CallFilter {
  fromDateTime?: string;
  toDateTime?: string;
  workspaceId?: string;
  callIds?: readonly string[];
}

/** A page of calls, unparsed. `cursor`: undefined after the last page. */
export interface CallsPage {
  calls: readonly unknown[];
  cursor: string | undefined;
  total: number;
  /** The time by Gong's clock. */
  at: Date;
}

export interface GongApi {
  /** @throws RequestRefusedError with "cursor has expired" an hour after the first page. */
  calls: (filter: CallFilter, cursor?: string, detailed?: boolean) => Promise<CallsPage>;
  /** Transcripts by call id, for at most 100 ids. A call without one is missing. */
  transcripts: (ids: readonly string[]) => Promise<Map<string, Monologue[] | "too large">>;
  users: () => Promise<User[]>;
  workspaces: () => Promise<Workspace[]>;
}

/** Options for a client of a company's API. The company's limits hold for all keys it gives out. */
export function gongHttp(baseUrl: string, accessKey?: string, secretKey?: string): ProviderHttpOptions {
  return { ...LIMITS, auth: basicAuth(accessKey, secretKey), sharedBy: new URL(baseUrl).host };
}

export function createGongApi(http: HttpClient, baseUrl: string, signal: AbortSignal): GongApi {
  const request = { expect: "json", signal, maxBytes: MOST_BYTES } as const;
  const post = <Output>(path: string, json: unknown, schema: z.ZodType<Output>) =>
    http.request({ ...request, method: "POST", url: `${baseUrl}${path}`, json, schema });
  const get = <Output>(path: string, query: Record<string, string | undefined>, schema: z.ZodType<Output>) =>
    http.request({ ...request, url: `${baseUrl}${path}`, query, schema });
  return {
    async calls(filter, cursor, detailed = true) {
      const body = { ...(cursor === undefined ? {} : { cursor }), filter, ...contentOf(detailed) };
      const answer = await emptyIfNone(() => post("/v2/calls/extensive", body, callsPageSchema));
      const records = answer?.data.records;
      return {
        calls: answer?.data.calls ?? [],
        cursor: records?.cursor || undefined,
        total: records?.totalRecords ?? 0,
        at: new Date(answer?.headers.get("date") ?? Date.now()),
      };
    },
    transcripts: (ids) =>
      halving(ids, async (some) => {
        const fetch = async (cursor: string | null) => {
          const body = { ...(cursor === null ? {} : { cursor }), filter: { callIds: some } };
          const answer = await emptyIfNone(() => post("/v2/calls/transcript", body, transcriptsPageSchema));
          return { items: answer?.data.callTranscripts ?? [], next: answer?.data.records?.cursor };
        };
        const found = await allOf(cursorPages({ start: null, fetch }));
        return new Map(found.map(({ callId, transcript }) => [callId, transcript]));
      }),
    users: () => {
      const fetch = async (cursor: string | null) => {
        const { data } = await get("/v2/users", { cursor: cursor ?? undefined }, usersPageSchema);
        return { items: data.users, next: data.records?.cursor };
      };
      return allOf(cursorPages({ start: null, fetch }));
    },
    workspaces: async () => (await get("/v2/workspaces", {}, workspacesSchema)).data.workspaces,
  };
}

const contentOf = (detailed: boolean) => (detailed ? { contentSelector: CONTENT } : {});

/** Gong answers 404 where a filter fits no call. Any other 404 is a wrong address, and must not pass for "all gone". */
async function emptyIfNone<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingError && /\bno (?:calls?|transcripts?)\b.* found/i.test(error.detail))
      return undefined;
    throw error;
  }
}

/** True when a listing has to begin again. */
export function isExpiredCursor(error: unknown): boolean {
  const refused = error instanceof RequestRefusedError || error instanceof MissingError;
  return refused && /cursor.*expired/i.test(error.detail);
}

/** Asks for fewer ids at once where the answer is too large to be taken; what is too large by itself is named so. */
async function halving<Value>(
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<Map<string, Value>>,
): Promise<Map<string, Value | "too large">> {
  if (ids.length === 0) return new Map();
  try {
    return await ask(ids);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
  }
  if (ids.length === 1) return new Map(ids.map((id) => [id, "too large"]));
  const middle = Math.ceil(ids.length / 2);
  const parts = [await halving(ids.slice(0, middle), ask), await halving(ids.slice(middle), ask)];
  return new Map(parts.flatMap((part) => [...part]));
}
