/** How Slack's methods are called: `POST https://slack.com/api/METHOD` with a form (https://docs.slack.dev/apis/web-api). */
import { z } from "zod";
import type { HttpAuth } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/integration";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { metadataSchema } from "./models/api";
import { refusalOf } from "./refusals";

/** Fifty requests a minute of one method (tier 3) are the least that a workspace's own app is granted. */
const hostLimits = { "*": { concurrency: 2, spacingMs: 1_200 } };
/** The slow tier asks to wait a minute between two pages, which is sat out. */
const policy = { parkAfterMs: 90_000, maxElapsedMs: 900_000, attempts: 10 };

export interface ApiAccess {
  auth: HttpAuth;
  services: IntegrationServices;
  signal: AbortSignal;
}

/** Calls a method. Rejects with the typed errors of `refusals.ts` and of the HTTP client. */
export type Call = <Output>(
  method: string,
  schema: z.ZodType<Output>,
  form?: Record<string, string | number | undefined>,
) => Promise<Output>;

export function createCall({ auth, services, signal }: ApiAccess): Call {
  const base = services.apiUrl("https://slack.com/api");
  const client = services.http({ auth, hostLimits, policy, errorInBody: refusalOf });
  return async (method, schema, form = {}) => {
    const given = Object.entries(form).filter(([, value]) => value !== undefined);
    const { data } = await client.request({
      method: "POST",
      url: `${base}/${method}`,
      form: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
      expect: "json",
      schema,
      signal,
      // Each method has a limit of its own.
      bucket: { route: method, place: "" },
    });
    return data;
  };
}

/**
 * All entries of a listing by cursor; `name` is the field that holds them.
 *
 * @throws PermanentError when the listing does not end: what is not in it would pass for gone.
 */
export function allEntries<Entry>(
  call: Call,
  method: string,
  { name, entry, form }: { name: string; entry: z.ZodType<Entry>; form: Record<string, string | number> },
): Promise<Entry[]> {
  const schema = z.looseObject({ [name]: z.array(z.unknown()), response_metadata: metadataSchema });
  const fetchPage = async (cursor: string | null) => {
    const answer = await call(method, schema, { ...form, cursor: cursor ?? undefined });
    const next = metadataSchema.parse(answer["response_metadata"])?.next_cursor;
    return { items: z.array(entry).parse(answer[name]), next };
  };
  return allOf(cursorPages({ start: null, fetch: fetchPage }));
}
