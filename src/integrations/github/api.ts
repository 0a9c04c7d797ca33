/** Requests to GitHub's REST API (docs.github.com/rest) and GraphQL API (docs.github.com/graphql), parsed. */
import { z } from "zod";
import { PermanentError } from "@/core/models/errors";
import type { HttpAuth, QueryValue } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/integration";
import { MissingError, UnchangedError } from "@/core/services/http/errors";
import { nextLink } from "@/core/services/http/link-header";
import { limitIn } from "./limits";

export const PUBLIC_API = "https://api.github.com";
const HEADERS = { "X-GitHub-Api-Version": "2022-11-28", Accept: "application/vnd.github+json" };
/** 900 points a minute are granted, a request to read is one; and some requests at once. */
const PACE = { "*": { concurrency: 4, spacingMs: 70 } };

/** A blob comes as base64, a third larger than the file. */
const MOST_BYTES = 4 * 1_024 * 1_024;

/** One answer of a listing. */
export interface Listed<Data> {
  data: Data;
  /** Where the listing goes on; undefined after its last page. */
  next: string | undefined;
  /** Names this answer: asked for again with it, an answer that did not change costs nothing. */
  etag: string | undefined;
}

export interface Asked {
  query?: Readonly<Record<string, QueryValue>>;
  /** Of an earlier answer to the same question: undefined is returned when it still holds. */
  etag?: string | undefined;
}

export interface GithubApi {
  /** @param path below the API's address, or a whole address of a `next`. */
  get: {
    <Data>(path: string, schema: z.ZodType<Data>): Promise<Listed<Data>>;
    <Data>(path: string, schema: z.ZodType<Data>, asked: Asked): Promise<Listed<Data> | undefined>;
  };
  /** A file's text by its hash. @throws TooLargeError over 4 MiB. */
  blob: (repository: string, sha: string) => Promise<Uint8Array>;
  /** The `data` of a GraphQL answer, which may lack what its `errors` speak of. */
  graphql: <Data>(
    query: string,
    variables: Record<string, unknown>,
    schema: z.ZodType<Data>,
    /** Attempts in all, where less than usual. */
    asked?: { attempts?: number },
  ) => Promise<{ data: Data; errors: readonly GraphqlError[] }>;
  /** The time by GitHub's clock, as its latest answer gave it. */
  now: () => Date;
}

const errorSchema = z.looseObject({
  type: z.string().nullish(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
});
export type GraphqlError = z.infer<typeof errorSchema>;
const blobSchema = z.looseObject({ content: z.string(), encoding: z.string() });
const answerSchema = z.looseObject({ data: z.unknown(), errors: z.array(errorSchema).nullish() });

/** @param address of the REST API: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
export function createGithubApi(
  services: IntegrationServices,
  auth: HttpAuth,
  signal: AbortSignal,
  address = PUBLIC_API,
): GithubApi {
  const base = services.apiUrl(address);
  const http = services.http({ auth, hostLimits: PACE, errorInBody: limitIn });
  let now = new Date();
  const get = async <Data>(path: string, schema: z.ZodType<Data>, { query, etag }: Asked = {}) => {
    const url = /^https?:/.test(path) ? path : `${base}${path}`;
    const headers = { ...HEADERS, ...(etag === undefined ? {} : { "If-None-Match": etag }) };
    const wanted = { expect: "json", schema, signal, ...(query === undefined ? {} : { query }) } as const;
    const answer = await orUnchanged(() => http.request({ url, headers, ...wanted }));
    if (answer === undefined) return undefined;
    staysAt(base, answer.url);
    const next = atBase(base, nextLink(answer.headers.get("link"), answer.url));
    now = timeOf(answer.headers) ?? now;
    return { data: answer.data, next, etag: answer.headers.get("etag") ?? undefined };
  };
  return {
    // The overloads say when an answer may be missing: only where an ETag was given.
    get: get as GithubApi["get"],
    async blob(repository, sha) {
      const url = `${base}/repos/${repository}/git/blobs/${sha}`;
      const wanted = { expect: "json", schema: blobSchema, maxBytes: MOST_BYTES, signal } as const;
      const { content, encoding } = (await http.request({ url, headers: HEADERS, ...wanted })).data;
      return Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
    },
    async graphql(query, variables, schema, asked = {}) {
      const question = { method: "POST", json: { query, variables }, headers: HEADERS } as const;
      const wanted = { expect: "json", schema: answerSchema, signal, ...asked } as const;
      const url = `${base.replace(/\/v3$/, "")}/graphql`;
      const { data: answer, headers } = await http.request({ url, ...question, ...wanted });
      const errors = answer.errors ?? [];
      const parsed = schema.safeParse(answer.data);
      now = timeOf(headers) ?? now;
      if (parsed.success) return { data: parsed.data, errors };
      throw notAnswered(errors, parsed.error);
    },
    now: () => now,
  };
}

async function orUnchanged<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UnchangedError) return undefined;
    throw error;
  }
}

/** Where a listing goes on, always at the API that is asked: a proxy before it may show links of the host behind. */
function atBase(base: string, next: string | undefined): string | undefined {
  const url = next === undefined ? null : URL.parse(next);
  if (url === null || url.origin === new URL(base).origin) return next;
  return `${base}${url.pathname}${url.search}`;
}

/** A renamed repository answers with a redirect to its new address, at the same host; nothing else is followed. */
function staysAt(base: string, url: string): void {
  if (new URL(url).origin === new URL(base).origin) return;
  throw new PermanentError("GitHub leads to another host than its API's, which is not followed.", {
    action: "Check the API address of the account.",
  });
}

function timeOf(headers: Headers): Date | undefined {
  const date = new Date(headers.get("date") ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function notAnswered(errors: readonly GraphqlError[], cause: z.ZodError): PermanentError {
  const [first] = errors;
  const detail = first?.message.slice(0, 200) ?? "";
  if (first?.type === "NOT_FOUND")
    return new MissingError(`GitHub does not find it: ${detail}`, { status: 404, detail });
  const fields = cause.issues
    .map(({ path }) => path.join("."))
    .slice(0, 5)
    .join(", ");
  const said = detail === "" ? `an answer without what was asked for (${fields})` : `“${detail}”`;
  return new PermanentError(`GitHub's GraphQL API gave ${said}.`, {
    action: "Check what the token may read; if that is right, the API may have changed.",
    cause,
  });
}

/**
 * The ETag of a listing that fits on its first page with room to spare. The first page of others may stay as it is
 * whatever happens behind it, so "not modified" would say nothing of them.
 */
export function etagOfWhole(
  { data, next, etag }: Listed<readonly unknown[]>,
  perPage: number,
): string | undefined {
  return next === undefined && data.length < perPage ? etag : undefined;
}
