/** Firecrawl's API v2, hosted or on a server of one's own: docs.firecrawl.dev/api-reference. */
import { PermanentError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { Credential, IntegrationServices } from "@/core/models/models";
import type { JsonAnswer } from "@/core/models/http";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import {
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  unlessRefused,
} from "@/core/services/http/errors";
import { z } from "zod";
import {
  activeSchema,
  type CrawlAnswer,
  type CrawlErrors,
  crawlSchema,
  creditsSchema,
  errorsSchema,
  startedSchema,
} from "./models/models";

export const HOSTED = "https://api.firecrawl.dev";

export interface FirecrawlApi {
  /** Undefined where the server does not count credits, as most of one's own do not. */
  credits: () => Promise<number | undefined>;
  /** Asked once only: each answer is a crawl that is paid for. @returns its id. */
  start: (body: unknown) => Promise<string>;
  /** Crawls under way, newest last. */
  active: () => Promise<{ id: string; url: string }[]>;
  /** How the crawl stands, without what it brought; the request after it waits `pauseMs`. @throws LostCrawlError */
  look: (id: string, pauseMs: number) => Promise<CrawlAnswer>;
  /** What the crawl brought from this place on. @throws LostCrawlError */
  read: (id: string, skip: number) => Promise<CrawlAnswer>;
  /** Ends a crawl that nobody waits for any more; nothing where it has ended, or is not known. */
  cancel: (id: string) => Promise<void>;
  /** Undefined where the server has no such list. */
  errors: (id: string) => Promise<CrawlErrors | undefined>;
}

/** Firecrawl knows the crawl no longer: it keeps what a crawl brought for a day. */
export class LostCrawlError extends Error {
  constructor(
    readonly id: string,
    cause: unknown,
  ) {
    super(`Firecrawl has forgotten the crawl ${id}.`, { cause });
  }
}

type Known = Pick<Credential, "apiKey" | "baseUrl">;

/** Beyond everything that a crawl can bring: an answer from there on holds its state alone. */
const NOTHING = 1_000_000;
/** How often a limit is waited for before the sync is parked. */
const MOST_REFUSALS = 5;

export function createFirecrawlApi(
  { http, apiUrl }: Pick<IntegrationServices, "http" | "apiUrl">,
  { apiKey, baseUrl }: Known,
  signal: AbortSignal,
): FirecrawlApi {
  const base = `${apiUrl(baseUrl ?? HOSTED)}/v2`;
  const auth = bearerAuth(apiKey);
  const clientOf = (spacingMs: number) =>
    http({ auth, errorInBody, hostLimits: { "*": { concurrency: 1, spacingMs } } });
  const client = clientOf(200);
  const get = async <Output>(
    path: string,
    schema: z.ZodType<Output>,
    query: Record<string, number> = {},
    by = client,
  ) => (await by.request({ url: `${base}${path}`, query, expect: "json", schema, signal })).data;
  return {
    credits: async () => {
      const told = await unlessRefused(get("/team/credit-usage", creditsSchema), MissingError);
      return told?.data.remainingCredits ?? undefined;
    },
    start: async (json) => {
      const asked = {
        method: "POST",
        url: `${base}/crawl`,
        json,
        attempts: 1,
        expect: "json",
        signal,
      } as const;
      for (let left = MOST_REFUSALS; ; left--) {
        try {
          return (await client.request({ ...asked, schema: startedSchema })).data.id;
        } catch (error) {
          // A limit is the one refusal after which it is known that nothing was begun; the next question waits its time.
          if (!(error instanceof RateLimitedError) || left === 0) throw error;
        }
      }
    },
    active: async () => (await get("/crawl/active", activeSchema)).crawls,
    look: (id, pauseMs) =>
      unlessLost(id, get(`/crawl/${id}`, crawlSchema, { skip: NOTHING }, clientOf(pauseMs))),
    read: (id, skip) => unlessLost(id, get(`/crawl/${id}`, crawlSchema, { skip })),
    cancel: async (id) => {
      const asked = { method: "DELETE", url: `${base}/crawl/${id}`, expect: "json", signal } as const;
      await unlessRefused(client.request(asked), MissingError, ForbiddenError, RequestRefusedError);
    },
    errors: (id) => unlessRefused(get(`/crawl/${id}/errors`, errorsSchema), MissingError, ForbiddenError),
  };
}

async function unlessLost<Answer>(id: string, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof MissingError ? new LostCrawlError(id, error) : error;
  }
}

const refusalSchema = z.looseObject({ error: z.string().catch("") });

/** What the status alone does not say: that credits are used up, and how long a limit lasts. */
function errorInBody({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  if (status === 402) {
    return new PermanentError("Firecrawl refuses to crawl: the team's credits do not suffice (402).", {
      action:
        "Get more at firecrawl.dev, wait for the next billing period, or set a lower page limit. Everything that was read stays.",
    });
  }
  if (status !== 429 || headers.has("retry-after")) return undefined;
  const words = refusalSchema.safeParse(json).data?.error ?? "";
  const seconds = Number(/retry after (\d{1,5})\s*s/i.exec(words)?.[1] ?? Number.NaN);
  if (Number.isNaN(seconds)) return undefined;
  const retryAt = new Date(now + Math.max(1, seconds) * 1_000);
  return new RateLimitedError("Firecrawl was asked more often than the plan allows (429).", retryAt);
}
