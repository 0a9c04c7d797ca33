/** The content of files (https://docs.slack.dev/reference/objects/file-object): `url_private`, with the token. */
import { ForbiddenError, MissingError, TooLargeError } from "@/core/services/http/errors";
import type { ApiAccess } from "./web-api";

export type Download = (address: string, maxBytes: number) => Promise<Uint8Array | undefined>;

/**
 * Undefined where there is nothing to be had: another host than Slack's, which is never shown the token; a file that is
 * gone, closed or too large; or Slack's sign-in page, to which it leads a token without `files:read`.
 */
export function createDownload({ auth, services, signal }: ApiAccess): Download {
  const client = services.http({ auth, hostLimits: { "*": { concurrency: 2, spacingMs: 200 } } });
  return async (address, maxBytes) => {
    const given = URL.parse(address);
    if (given?.protocol !== "https:" || !/(?:^|\.)slack\.com$/.test(given.hostname)) return undefined;
    const url = `${services.apiUrl(given.origin, "files")}${given.pathname}${given.search}`;
    try {
      const answer = await client.request({ url, expect: "bytes", maxBytes, signal });
      return new URL(answer.url).pathname === given.pathname ? answer.data : undefined;
    } catch (error) {
      const kinds = [ForbiddenError, MissingError, TooLargeError];
      if (kinds.some((kind) => error instanceof kind)) return undefined;
      throw error;
    }
  };
}
