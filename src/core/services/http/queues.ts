/**
 * The queues that a request waits in. Requests of one credential to one host share one. Where the provider limits its
 * routes apart (Discord), a request also has a bucket: one at a time, with pauses of its own. The provider names its
 * buckets in `X-RateLimit-Bucket`; routes that turn out to share a name share the queue from then on.
 */
import type { HttpRequest } from "@/core/models/http";
import type { HttpClientOptions } from "./types";

export interface Queues {
  host: string;
  bucket: string | undefined;
}

/** Names of buckets by host and route, as providers told them. */
export type BucketNames = Map<string, string>;

export function queuesOf(
  url: URL,
  request: Pick<HttpRequest, "bucket">,
  options: Pick<HttpClientOptions, "credentialKey">,
  names: BucketNames,
): Queues {
  const host = `${url.host} ${options.credentialKey}`;
  if (request.bucket === undefined) return { host, bucket: undefined };
  const { route, place } = request.bucket;
  return { host, bucket: `${host} ${names.get(`${url.host} ${route}`) ?? route} ${place}` };
}

/** Remembers the name that an answer gives the request's bucket. */
export function learnBucket(
  url: URL,
  request: Pick<HttpRequest, "bucket">,
  headers: Headers,
  names: BucketNames,
): void {
  const name = headers.get("x-ratelimit-bucket");
  if (request.bucket !== undefined && name !== null) names.set(`${url.host} ${request.bucket.route}`, name);
}

/** The queue that a limit holds for: the bucket's, unless the answer says that it is everyone's. */
export function limitedQueue({ host, bucket }: Queues, headers: Headers | undefined): string {
  const forAll =
    headers?.get("x-ratelimit-global") === "true" || headers?.get("x-ratelimit-scope") === "global";
  return forAll || bucket === undefined ? host : bucket;
}
